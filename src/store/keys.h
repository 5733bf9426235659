#pragma once

// API keys. Secrets come in hashed; none is ever read back in clear.

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/account.h"
#include "store/connection.h"

namespace store {

/// `secret_hash` is base64url(SHA-256) of the whole key.
[[nodiscard]] base::Result<base::Done> insert_api_key(Connection& connection,
                                                      const model::ApiKey& key,
                                                      const std::string& secret_hash);
/// Newest first.
[[nodiscard]] base::Result<std::vector<model::ApiKey>> list_api_keys(
    Connection& connection, const base::OrgId& organization);
/// A presented key decides its organization, so this look-up has none to start from.
[[nodiscard]] base::Result<std::optional<model::ApiKey>> find_api_key_by_secret(
    Connection& connection, const std::string& secret_hash);
[[nodiscard]] base::Result<std::optional<model::ApiKey>> find_api_key(
    Connection& connection, const base::OrgId& organization, const base::ApiKeyId& id);
/// Keeps the first time of revocation. kNotFound.
[[nodiscard]] base::Result<base::Done> revoke_api_key(Connection& connection,
                                                      const base::OrgId& organization,
                                                      const base::ApiKeyId& id, base::Seconds now);
[[nodiscard]] base::Result<base::Done> touch_api_key(Connection& connection,
                                                     const base::OrgId& organization,
                                                     const base::ApiKeyId& id, base::Seconds used);

/// Lets `old_key` end at `ends_at` at the latest, names its successor and gives it the children;
/// the number of those.
[[nodiscard]] base::Result<std::int64_t> replace_api_key(Connection& connection,
                                                         const base::OrgId& organization,
                                                         const base::ApiKeyId& old_key,
                                                         const base::ApiKeyId& new_key,
                                                         base::Seconds ends_at);

}  // namespace store
