#pragma once

// Use cases on API keys: create, list, roll, revoke; by people for their organization, and by a key
// with the scope `manage` for its child keys.

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "catalog/caller.h"
#include "model/account.h"
#include "store/store.h"

namespace catalog {

inline constexpr std::chrono::days kKeyOverlapMax{30};

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

/// Whose keys someone may make and change.
struct KeyOwner {
  base::OrgId organization;
  model::Actor actor;
  std::set<model::Environment> environments;
  std::optional<model::ApiKey> parent;  ///< Then only its children.
};

/// kForbidden for roles that may not. Makers have the sandbox keys, admins all.
[[nodiscard]] base::Result<KeyOwner> owner_of(const Caller& caller);
/// `parent` was authenticated with the scope `manage`.
[[nodiscard]] KeyOwner owner_of(const model::ApiKey& parent, std::string_view remote_address);
/// The command line, which has the data directory and so everything.
[[nodiscard]] KeyOwner owner_at_command_line(const base::OrgId& organization);

struct CreatedApiKey {
  model::ApiKey key;
  base::Secret secret;  ///< Shown once; only its hash is stored.
};

/// kInvalidBody names the field; kKeyLimit where a child would be wider than its parent; kForbidden
/// for another environment.
[[nodiscard]] base::Result<CreatedApiKey> create_api_key(store::Store& store, const KeyOwner& owner,
                                                         const NewApiKey& wanted,
                                                         base::Seconds now);

/// Newest first. Of a person all of the organization, with the children.
[[nodiscard]] base::Result<std::vector<model::ApiKey>> list_api_keys(store::Store& store,
                                                                     const KeyOwner& owner);

struct RolledApiKey {
  CreatedApiKey created;
  model::ApiKey rolled;
  std::int64_t children_moved;
};
/// A key like the old one, which ends after `overlap` together with its tokens. All children of the
/// old one, ended ones too, become the new one's and go on as they are: customers of the customer
/// hold them, and are not to notice a roll. Whoever wants them to end rolls or revokes each, or
/// revokes the old key instead of rolling it. The audit log says how many moved. kNotFound;
/// kConflict when the key has ended or was rolled already; kInvalidBody (field overlapSeconds).
[[nodiscard]] base::Result<RolledApiKey> roll_api_key(store::Store& store, const KeyOwner& owner,
                                                      const base::ApiKeyId& id,
                                                      std::chrono::seconds overlap,
                                                      base::Seconds now);

/// Ends the key, its children, and every token that they minted. kNotFound.
[[nodiscard]] base::Result<model::ApiKey> revoke_api_key(store::Store& store, const KeyOwner& owner,
                                                         const base::ApiKeyId& id,
                                                         base::Seconds now);

}  // namespace catalog
