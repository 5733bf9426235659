#include "store/keys.h"

namespace store {
namespace {

using base::Done;
using base::Error;
using base::Result;

std::string render_scopes(const std::set<model::Scope>& scopes) {
  std::string text;
  for (const model::Scope scope : scopes) {
    if (!text.empty()) text += ' ';
    text += model::scope_name(scope);
  }
  return text;
}

/// Unknown words give no scope.
std::set<model::Scope> parse_scopes(std::string_view text) {
  std::set<model::Scope> scopes;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (const auto scope = model::parse_scope(text.substr(0, end))) scopes.insert(*scope);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return scopes;
}

model::Environment read_environment(const std::string& name) {
  return model::parse_environment(name).value_or(model::Environment::kSandbox);
}

model::ApiKey read_api_key(const Query& query) {
  return {base::ApiKeyId(query.text(0)),
          base::OrgId(query.text(1)),
          query.text(2),
          read_environment(query.text(3)),
          parse_scopes(query.text(4)),
          query.text(5),
          query.time(6),
          query.optional_time(7),
          query.optional_time(8),
          query.optional_time(9)};
}

Result<std::optional<model::ApiKey>> read_one(Query& query) {
  ASSIGN_OR_RETURN(const bool row, query.next());
  if (!row) return std::optional<model::ApiKey>();
  return std::optional(read_api_key(query));
}

}  // namespace

Result<Done> insert_api_key(Connection& connection, const model::ApiKey& key,
                            const std::string& secret_hash) {
  return connection
      .query(
          "INSERT INTO api_keys (organization_id, id, name, environment, scopes, secret_hash,"
          " last_four, created_at, last_used_at, expires_at, revoked_at)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(key.organization)
      .bind(key.id)
      .bind(key.name)
      .bind(model::environment_name(key.environment))
      .bind(render_scopes(key.scopes))
      .bind(secret_hash)
      .bind(key.last_four)
      .bind(key.created_at)
      .bind(key.last_used_at)
      .bind(key.expires_at)
      .bind(key.revoked_at)
      .run();
}

Result<std::vector<model::ApiKey>> list_api_keys(Connection& connection,
                                                 const base::OrgId& organization) {
  Query query = connection.query(
      "SELECT id, organization_id, name, environment, scopes, last_four, created_at, last_used_at,"
      " expires_at, revoked_at FROM api_keys WHERE organization_id = ?"
      " ORDER BY created_at DESC, id");
  query.bind(organization);
  std::vector<model::ApiKey> keys;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return keys;
    keys.push_back(read_api_key(query));
  }
}

Result<std::optional<model::ApiKey>> find_api_key_by_secret(Connection& connection,
                                                            const std::string& secret_hash) {
  Query query = connection.query(
      "SELECT id, organization_id, name, environment, scopes, last_four, created_at, last_used_at,"
      " expires_at, revoked_at FROM api_keys WHERE secret_hash = ?");
  query.bind(secret_hash);
  return read_one(query);
}

Result<std::optional<model::ApiKey>> find_api_key(Connection& connection,
                                                  const base::OrgId& organization,
                                                  const base::ApiKeyId& id) {
  Query query = connection.query(
      "SELECT id, organization_id, name, environment, scopes, last_four, created_at, last_used_at,"
      " expires_at, revoked_at FROM api_keys WHERE organization_id = ? AND id = ?");
  query.bind(organization).bind(id);
  return read_one(query);
}

Result<Done> revoke_api_key(Connection& connection, const base::OrgId& organization,
                            const base::ApiKeyId& id, base::Seconds now) {
  RETURN_IF_ERROR(connection
                      .query("UPDATE api_keys SET revoked_at = coalesce(revoked_at, ?)"
                             " WHERE organization_id = ? AND id = ?")
                      .bind(now)
                      .bind(organization)
                      .bind(id)
                      .run());
  if (connection.changes() == 0) return Error{base::Code::kNotFound, "There is no such API key."};
  return Done{};
}

Result<Done> touch_api_key(Connection& connection, const base::OrgId& organization,
                           const base::ApiKeyId& id, base::Seconds used) {
  return connection
      .query(
          "UPDATE api_keys SET last_used_at = max(coalesce(last_used_at, 0), ?)"
          " WHERE organization_id = ? AND id = ?")
      .bind(used)
      .bind(organization)
      .bind(id)
      .run();
}

Result<Done> insert_signing_key(Connection& connection, const SigningKeyRecord& record) {
  return connection
      .query(
          "INSERT INTO signing_keys (organization_id, id, environment, public_key,"
          " sealed_private_key, created_at) VALUES (?, ?, ?, ?, ?, ?)")
      .bind(record.organization)
      .bind(record.id)
      .bind(model::environment_name(record.environment))
      .bind(record.public_key)
      .bind(record.sealed_private_key)
      .bind(record.created_at)
      .run();
}

Result<std::vector<SigningKeyRecord>> list_signing_keys(Connection& connection) {
  Query query = connection.query(
      "SELECT id, organization_id, environment, public_key, sealed_private_key, created_at"
      " FROM signing_keys ORDER BY created_at, id");
  std::vector<SigningKeyRecord> records;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return records;
    records.push_back({base::SigningKeyId(query.text(0)), base::OrgId(query.text(1)),
                       read_environment(query.text(2)), query.text(3), query.text(4),
                       query.time(5)});
  }
}

}  // namespace store
