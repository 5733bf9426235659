#pragma once

// Organizations, users, sessions.

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/account.h"
#include "store/connection.h"

namespace store {

[[nodiscard]] base::Result<base::Done> insert_organization(Connection& connection,
                                                           const model::Organization& organization);
[[nodiscard]] base::Result<std::vector<model::Organization>> list_organizations(
    Connection& connection);

[[nodiscard]] base::Result<base::Done> insert_user(Connection& connection, const model::User& user,
                                                   const std::string& password_hash);

struct UserWithPassword {
  model::User user;
  std::string password_hash;
};
/// By email, which is unique across organizations: it decides the organization at sign-in.
[[nodiscard]] base::Result<std::optional<UserWithPassword>> find_user_for_sign_in(
    Connection& connection, const std::string& email);

/// `secret_hash` is base64url(SHA-256) of the session's secret.
[[nodiscard]] base::Result<base::Done> insert_session(Connection& connection,
                                                      const model::User& user,
                                                      const std::string& secret_hash,
                                                      base::Seconds now, base::Seconds expires_at);
/// The user of a session that has not expired, in an active organization.
[[nodiscard]] base::Result<std::optional<model::User>> find_session_user(
    Connection& connection, const std::string& secret_hash, base::Seconds now);
[[nodiscard]] base::Result<base::Done> delete_session(Connection& connection,
                                                      const std::string& secret_hash);
[[nodiscard]] base::Result<base::Done> delete_expired_sessions(Connection& connection,
                                                               base::Seconds now);

}  // namespace store
