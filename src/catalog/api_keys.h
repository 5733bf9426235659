#pragma once

// Use cases on API keys: create, list, revoke.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "model/account.h"
#include "model/principal.h"
#include "store/store.h"

namespace catalog {

struct NewApiKey {
  std::string name;
  model::Environment environment;
  std::set<model::Scope> scopes;
  model::KeyLimits limits;
  model::TokenForm token_form;
  std::int64_t requests_per_minute;
  std::optional<base::Seconds> expires_at;
};

[[nodiscard]] constexpr std::int64_t default_requests_per_minute(model::Environment environment) {
  return environment == model::Environment::kSandbox ? 600 : 6000;
}

struct CreatedApiKey {
  model::ApiKey key;
  base::Secret secret;  ///< Shown once; only its hash is stored.
};

/// kInvalidBody names the field.
[[nodiscard]] base::Result<CreatedApiKey> create_api_key(store::Store& store,
                                                         const base::OrgId& organization,
                                                         const NewApiKey& wanted,
                                                         base::Seconds now);

/// The same for a signed-in user: kForbidden for roles that may not.
[[nodiscard]] base::Result<CreatedApiKey> create_api_key(store::Store& store,
                                                         const model::Principal& principal,
                                                         const NewApiKey& wanted,
                                                         base::Seconds now);

[[nodiscard]] base::Result<std::vector<model::ApiKey>> list_api_keys(
    store::Store& store, const model::Principal& principal);

/// Ends the key and, with it, every token that it minted. kNotFound.
[[nodiscard]] base::Result<model::ApiKey> revoke_api_key(store::Store& store,
                                                         const model::Principal& principal,
                                                         const base::ApiKeyId& id,
                                                         base::Seconds now);

}  // namespace catalog
