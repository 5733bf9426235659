#include "store/keys.h"

// A macro, because statements are literals (store::Sql).
#define ARACARI_API_KEY_COLUMNS                                                          \
  "id, organization_id, name, environment, scopes, last_four, created_at, last_used_at," \
  " expires_at, revoked_at, limits, token_form, requests_per_minute, parent_id, rolled_to_id"

namespace store {
namespace {

using base::Done;
using base::Error;
using base::Result;

std::string render_scopes(const std::set<model::Scope>& scopes) {
  std::string text;
  for (const model::Scope scope : scopes) {
    if (!text.empty()) text += ' ';
    text += model::enum_name(model::kScopeNames, scope);
  }
  return text;
}

/// Unknown words give no scope.
std::set<model::Scope> parse_scopes(std::string_view text) {
  std::set<model::Scope> scopes;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const auto scope = model::parse_enum<model::Scope>(model::kScopeNames, text.substr(0, end));
    if (scope) scopes.insert(*scope);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return scopes;
}

model::Environment read_environment(const std::string& name) {
  return model::parse_environment(name).value_or(model::Environment::kSandbox);
}

template <typename Id>
std::optional<Id> optional_id(const Query& query, int column) {
  std::string text = query.text(column);
  if (text.empty()) return std::nullopt;
  return Id(std::move(text));
}

/// Limits that can not be read make the whole key unreadable, never unlimited.
Result<model::KeyLimits> parse_limits(const std::string& text) {
  ASSIGN_OR_RETURN(const base::json::value json, base::parse_json(text));
  const base::json::value holder = base::json::object{{"limits", json}};
  base::ObjectReader reader(holder, "");
  const base::json::value* given = reader.required_object("limits");
  model::KeyLimits limits;
  if (given != nullptr)
    limits = model::read_key_limits(*given, "limits", std::move(limits), reader);
  RETURN_IF_ERROR(reader.finish());
  return limits;
}

/// Reads the columns ARACARI_API_KEY_COLUMNS.
Result<model::ApiKey> read_api_key(const Query& query) {
  const auto limits = parse_limits(query.text(10));
  if (!limits) {
    return Error{base::Code::kStorageFailed, "A stored API key can not be read.",
                 limits.error().what};
  }
  return model::ApiKey{
      base::ApiKeyId(query.text(0)),
      base::OrgId(query.text(1)),
      query.text(2),
      read_environment(query.text(3)),
      parse_scopes(query.text(4)),
      query.text(5),
      *limits,
      query.text(11) == "encrypted" ? model::TokenForm::kEncrypted : model::TokenForm::kSigned,
      query.integer(12),
      query.time(6),
      optional_id<base::ApiKeyId>(query, 13),
      optional_id<base::ApiKeyId>(query, 14),
      query.optional_time(7),
      query.optional_time(8),
      query.optional_time(9)};
}

Result<std::optional<model::ApiKey>> read_one(Query& query) {
  ASSIGN_OR_RETURN(const bool row, query.next());
  if (!row) return std::optional<model::ApiKey>();
  ASSIGN_OR_RETURN(model::ApiKey key, read_api_key(query));
  return std::optional(std::move(key));
}

Result<std::vector<model::ApiKey>> read_all(Query& query) {
  std::vector<model::ApiKey> keys;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return keys;
    ASSIGN_OR_RETURN(model::ApiKey key, read_api_key(query));
    keys.push_back(std::move(key));
  }
}

}  // namespace

Result<Done> insert_api_key(Connection& connection, const model::ApiKey& key,
                            const std::string& secret_hash) {
  return connection
      .query(
          "INSERT INTO api_keys (organization_id, id, name, environment, scopes, secret_hash,"
          " last_four, created_at, last_used_at, expires_at, revoked_at, limits, token_form,"
          " requests_per_minute, parent_id, rolled_to_id)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
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
      .bind(base::render_json(model::render_key_limits(key.limits)))
      .bind(model::enum_name(model::kTokenFormNames, key.token_form))
      .bind(key.requests_per_minute)
      .bind(key.parent)
      .bind(key.rolled_to)
      .run();
}

Result<std::vector<model::ApiKey>> list_api_keys(Connection& connection,
                                                 const base::OrgId& organization) {
  Query query = connection.query("SELECT " ARACARI_API_KEY_COLUMNS
                                 " FROM api_keys WHERE organization_id = ?"
                                 " ORDER BY created_at DESC, id");
  query.bind(organization);
  return read_all(query);
}

Result<std::optional<model::ApiKey>> find_api_key_by_secret(Connection& connection,
                                                            const std::string& secret_hash) {
  Query query =
      connection.query("SELECT " ARACARI_API_KEY_COLUMNS " FROM api_keys WHERE secret_hash = ?");
  query.bind(secret_hash);
  return read_one(query);
}

Result<std::optional<model::ApiKey>> find_api_key(Connection& connection,
                                                  const base::OrgId& organization,
                                                  const base::ApiKeyId& id) {
  Query query = connection.query("SELECT " ARACARI_API_KEY_COLUMNS
                                 " FROM api_keys WHERE organization_id = ? AND id = ?");
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

Result<std::int64_t> replace_api_key(Connection& connection, const base::OrgId& organization,
                                     const base::ApiKeyId& old_key, const base::ApiKeyId& new_key,
                                     base::Seconds ends_at) {
  RETURN_IF_ERROR(connection
                      .query("UPDATE api_keys SET rolled_to_id = ?,"
                             " expires_at = min(coalesce(expires_at, ?), ?)"
                             " WHERE organization_id = ? AND id = ?")
                      .bind(new_key)
                      .bind(ends_at)
                      .bind(ends_at)
                      .bind(organization)
                      .bind(old_key)
                      .run());
  RETURN_IF_ERROR(
      connection
          .query("UPDATE api_keys SET parent_id = ? WHERE organization_id = ? AND parent_id = ?")
          .bind(new_key)
          .bind(organization)
          .bind(old_key)
          .run());
  return connection.changes();
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

}  // namespace store
