#pragma once

// Organizations and users.

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

/// The role that a column holds. The schema only admits known ones.
[[nodiscard]] model::Role read_role(const std::string& name);

struct UserWithPassword {
  model::User user;
  std::string password_hash;
};
/// By email, which is unique across organizations: it decides the organization at sign-in.
[[nodiscard]] base::Result<std::optional<UserWithPassword>> find_user_for_sign_in(
    Connection& connection, const std::string& email);

/// kConflict unless the user's hash is still `old_hash`: somebody else changed it.
[[nodiscard]] base::Result<base::Done> replace_password_hash(Connection& connection,
                                                             const model::User& user,
                                                             const std::string& old_hash,
                                                             const std::string& new_hash);

}  // namespace store
