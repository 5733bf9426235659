#include "store/accounts.h"

namespace store {
namespace {

using base::Done;
using base::Result;

/// Reads the columns id, organization_id, email, role. The schema only admits known roles.
model::User read_user(const Query& query) {
  return {base::UserId(query.text(0)), base::OrgId(query.text(1)), query.text(2),
          model::parse_role(query.text(3)).value_or(model::Role::kExplorer)};
}

}  // namespace

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

Result<Done> insert_session(Connection& connection, const model::User& user,
                            const std::string& secret_hash, base::Seconds now,
                            base::Seconds expires_at) {
  return connection
      .query(
          "INSERT INTO sessions (organization_id, user_id, secret_hash, created_at, expires_at)"
          " VALUES (?, ?, ?, ?, ?)")
      .bind(user.organization)
      .bind(user.id)
      .bind(secret_hash)
      .bind(now)
      .bind(expires_at)
      .run();
}

Result<std::optional<model::User>> find_session_user(Connection& connection,
                                                     const std::string& secret_hash,
                                                     base::Seconds now) {
  Query query = connection.query(
      "SELECT users.id, users.organization_id, email, role FROM sessions"
      " JOIN users ON users.id = user_id AND users.organization_id = sessions.organization_id"
      " JOIN organizations ON organizations.id = users.organization_id AND active"
      " WHERE secret_hash = ? AND expires_at > ?");
  query.bind(secret_hash).bind(now);
  ASSIGN_OR_RETURN(const bool row, query.next());
  if (!row) return std::optional<model::User>();
  return std::optional(read_user(query));
}

Result<Done> delete_session(Connection& connection, const std::string& secret_hash) {
  return connection.query("DELETE FROM sessions WHERE secret_hash = ?").bind(secret_hash).run();
}

Result<Done> delete_expired_sessions(Connection& connection, base::Seconds now) {
  return connection.query("DELETE FROM sessions WHERE expires_at <= ?").bind(now).run();
}

}  // namespace store
