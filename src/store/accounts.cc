#include "store/accounts.h"

namespace store {
namespace {

using base::Done;
using base::Error;
using base::Result;

/// Reads the columns id, organization_id, email, role.
model::User read_user(const Query& query) {
  return {base::UserId(query.text(0)), base::OrgId(query.text(1)), query.text(2),
          read_role(query.text(3))};
}

}  // namespace

model::Role read_role(const std::string& name) {
  return model::parse_role(name).value_or(model::Role::kExplorer);
}

Result<Done> insert_organization(Connection& connection, const model::Organization& organization) {
  return connection.query("INSERT INTO organizations (id, name, active) VALUES (?, ?, ?)")
      .bind(organization.id)
      .bind(organization.name)
      .bind(organization.active)
      .run();
}

Result<std::vector<model::Organization>> list_organizations(Connection& connection) {
  Query query = connection.query("SELECT id, name, active FROM organizations ORDER BY name");
  std::vector<model::Organization> organizations;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return organizations;
    organizations.push_back({base::OrgId(query.text(0)), query.text(1), query.flag(2)});
  }
}

Result<Done> insert_user(Connection& connection, const model::User& user,
                         const std::string& password_hash) {
  return connection
      .query(
          "INSERT INTO users (organization_id, id, email, role, password_hash)"
          " VALUES (?, ?, ?, ?, ?)")
      .bind(user.organization)
      .bind(user.id)
      .bind(user.email)
      .bind(model::role_name(user.role))
      .bind(password_hash)
      .run();
}

Result<std::optional<UserWithPassword>> find_user_for_sign_in(Connection& connection,
                                                              const std::string& email) {
  Query query = connection.query(
      "SELECT users.id, organization_id, email, role, password_hash FROM users"
      " JOIN organizations ON organizations.id = organization_id AND active"
      " WHERE email = ?");
  query.bind(email);
  ASSIGN_OR_RETURN(const bool row, query.next());
  if (!row) return std::optional<UserWithPassword>();
  return std::optional(UserWithPassword{read_user(query), query.text(4)});
}

Result<Done> replace_password_hash(Connection& connection, const model::User& user,
                                   const std::string& old_hash, const std::string& new_hash) {
  RETURN_IF_ERROR(
      connection
          .query("UPDATE users SET password_hash = ? WHERE organization_id = ? AND id = ?"
                 " AND password_hash = ?")
          .bind(new_hash)
          .bind(user.organization)
          .bind(user.id)
          .bind(old_hash)
          .run());
  if (connection.changes() == 0) {
    return Error{base::Code::kConflict, "The password was changed in the meantime."};
  }
  return Done{};
}

}  // namespace store
