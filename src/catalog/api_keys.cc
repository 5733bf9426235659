#include "catalog/api_keys.h"

#include <fmt/format.h>

#include "auth/api_key_format.h"
#include "catalog/authorize.h"
#include "crypto/random.h"
#include "store/keys.h"

namespace catalog {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

constexpr std::size_t kMaxNameBytes = 100;

Result<Done> check(const NewApiKey& wanted, base::Seconds now) {
  const auto invalid = [](std::string_view field, std::string what) {
    return Error{Code::kInvalidBody, std::move(what), {}, std::string(field)};
  };
  if (wanted.name.empty() || wanted.name.size() > kMaxNameBytes) {
    return invalid("name", fmt::format("Must have 1 to {} bytes.", kMaxNameBytes));
  }
  if (wanted.scopes.empty()) return invalid("scopes", "Needs at least one scope.");
  if (wanted.expires_at && *wanted.expires_at <= now)
    return invalid("expiresAt", "Is in the past.");
  return Done{};
}

}  // namespace

Result<CreatedApiKey> create_api_key(store::Store& store, const base::OrgId& organization,
                                     const NewApiKey& wanted, base::Seconds now) {
  RETURN_IF_ERROR(check(wanted, now));
  base::Secret secret = auth::new_api_key(wanted.environment);
  const std::string& text = secret.reveal_secret();
  model::ApiKey key{crypto::new_id<base::ApiKeyId>(),
                    organization,
                    wanted.name,
                    wanted.environment,
                    wanted.scopes,
                    text.substr(text.size() - 4),
                    wanted.limits,
                    wanted.token_form,
                    wanted.requests_per_minute,
                    now};
  key.expires_at = wanted.expires_at;
  RETURN_IF_ERROR(store.write([&](store::Connection& connection) {
    return store::insert_api_key(connection, key, auth::hash_of_secret(text));
  }));
  return CreatedApiKey{std::move(key), std::move(secret)};
}

Result<CreatedApiKey> create_api_key(store::Store& store, const model::Principal& principal,
                                     const NewApiKey& wanted, base::Seconds now) {
  RETURN_IF_ERROR(authorize(principal, Verb::kManageApiKeys));
  return create_api_key(store, principal.organization(), wanted, now);
}

Result<std::vector<model::ApiKey>> list_api_keys(store::Store& store,
                                                 const model::Principal& principal) {
  RETURN_IF_ERROR(authorize(principal, Verb::kManageApiKeys));
  return store.read([&](store::Connection& connection) {
    return store::list_api_keys(connection, principal.organization());
  });
}

Result<model::ApiKey> revoke_api_key(store::Store& store, const model::Principal& principal,
                                     const base::ApiKeyId& id, base::Seconds now) {
  RETURN_IF_ERROR(authorize(principal, Verb::kManageApiKeys));
  return store.write([&](store::Connection& connection) -> Result<model::ApiKey> {
    RETURN_IF_ERROR(store::revoke_api_key(connection, principal.organization(), id, now));
    ASSIGN_OR_RETURN(auto key, store::find_api_key(connection, principal.organization(), id));
    if (!key) return Error{Code::kNotFound, "There is no such API key."};
    return std::move(*key);
  });
}

}  // namespace catalog
