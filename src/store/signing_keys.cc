#include "store/signing_keys.h"

// A macro, because statements are literals (store::Sql).
#define ARACARI_SIGNING_KEY_COLUMNS                                                             \
  "id, organization_id, environment, public_key, sealed_private_key, created_at, activates_at," \
  " revoked_at"

namespace store {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

/// Reads the columns ARACARI_SIGNING_KEY_COLUMNS of every row.
Result<std::vector<SigningKeyRecord>> read_all(Query& query) {
  std::vector<SigningKeyRecord> records;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return records;
    const auto environment = model::parse_environment(query.text(2));
    if (!environment) {
      return Error{Code::kStorageFailed, "A stored signing key can not be read.", query.text(0)};
    }
    records.push_back({base::SigningKeyId(query.text(0)), base::OrgId(query.text(1)), *environment,
                       query.text(3), query.text(4), query.time(5), query.time(6),
                       query.optional_time(7)});
  }
}

}  // namespace

Result<Done> insert_signing_key(Connection& connection, const SigningKeyRecord& record) {
  return connection
      .query(
          "INSERT INTO signing_keys (organization_id, id, environment, public_key,"
          " sealed_private_key, created_at, activates_at, revoked_at)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(record.organization)
      .bind(record.id)
      .bind(model::environment_name(record.environment))
      .bind(record.public_key)
      .bind(record.sealed_private_key)
      .bind(record.created_at)
      .bind(record.activates_at)
      .bind(record.revoked_at)
      .run();
}

Result<std::vector<SigningKeyRecord>> list_signing_keys(Connection& connection) {
  Query query = connection.query("SELECT " ARACARI_SIGNING_KEY_COLUMNS
                                 " FROM signing_keys ORDER BY activates_at, created_at, id");
  return read_all(query);
}

Result<std::vector<SigningKeyRecord>> list_signing_keys(Connection& connection,
                                                        const base::OrgId& organization,
                                                        model::Environment environment) {
  Query query = connection.query("SELECT " ARACARI_SIGNING_KEY_COLUMNS
                                 " FROM signing_keys WHERE organization_id = ? AND environment = ?"
                                 " ORDER BY activates_at, created_at, id");
  query.bind(organization).bind(model::environment_name(environment));
  return read_all(query);
}

Result<Done> revoke_signing_keys(Connection& connection, const base::OrgId& organization,
                                 model::Environment environment, base::Seconds now) {
  return connection
      .query(
          "UPDATE signing_keys SET revoked_at = ?"
          " WHERE organization_id = ? AND environment = ? AND revoked_at IS NULL")
      .bind(now)
      .bind(organization)
      .bind(model::environment_name(environment))
      .run();
}

Result<Done> set_sealed_private_key(Connection& connection, const base::OrgId& organization,
                                    const base::SigningKeyId& id, const std::string& sealed) {
  RETURN_IF_ERROR(connection
                      .query("UPDATE signing_keys SET sealed_private_key = ?"
                             " WHERE organization_id = ? AND id = ?")
                      .bind(sealed)
                      .bind(organization)
                      .bind(id)
                      .run());
  if (connection.changes() == 0) return Error{Code::kNotFound, "There is no such signing key."};
  return Done{};
}

Result<std::optional<std::string>> find_master_key_fingerprint(Connection& connection) {
  Query query = connection.query("SELECT fingerprint FROM master_key");
  ASSIGN_OR_RETURN(const bool row, query.next());
  if (!row) return std::optional<std::string>();
  return std::optional(query.text(0));
}

Result<Done> set_master_key_fingerprint(Connection& connection, const std::string& fingerprint) {
  return connection
      .query(
          "INSERT INTO master_key (one, fingerprint) VALUES (1, ?)"
          " ON CONFLICT (one) DO UPDATE SET fingerprint = excluded.fingerprint")
      .bind(fingerprint)
      .run();
}

}  // namespace store
