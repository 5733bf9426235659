#include "store/revocations.h"

// A macro, because statements are literals (store::Sql).
#define ARACARI_REVOCATION_COLUMNS \
  "id, kind, subject, environment, revoked_at, until, revoked_by, reason"

namespace store {
namespace {

using base::Done;
using base::Error;
using base::Result;
using model::RevocationKind;

Result<model::Revocation> read_revocation(const Query& query) {
  const auto kind = model::parse_enum<RevocationKind>(model::kRevocationKindNames, query.text(1));
  const auto environment = model::parse_environment(query.text(3));
  if (!kind || !environment) {
    return Error{base::Code::kStorageFailed, "A stored revocation can not be read."};
  }
  return model::Revocation{base::RevocationId(query.text(0)),
                           *kind,
                           query.text(2),
                           *environment,
                           query.time(4),
                           query.time(5),
                           query.text(6),
                           query.text(7)};
}

Result<std::vector<model::Revocation>> read_all(Query& query) {
  std::vector<model::Revocation> revocations;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return revocations;
    ASSIGN_OR_RETURN(model::Revocation revocation, read_revocation(query));
    revocations.push_back(std::move(revocation));
  }
}

}  // namespace

Result<Done> insert_revocation(Connection& connection, const base::OrgId& organization,
                               const model::Revocation& revocation) {
  return connection
      .query(
          "INSERT INTO revocations (organization_id, id, kind, subject, environment, revoked_at,"
          " until, revoked_by, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
          " ON CONFLICT (organization_id, environment, kind, subject) DO UPDATE SET"
          " id = excluded.id, revoked_at = max(revoked_at, excluded.revoked_at),"
          " until = max(until, excluded.until), revoked_by = excluded.revoked_by,"
          " reason = excluded.reason")
      .bind(organization)
      .bind(revocation.id)
      .bind(model::enum_name(model::kRevocationKindNames, revocation.kind))
      .bind(std::string_view(revocation.subject))
      .bind(model::environment_name(revocation.environment))
      .bind(revocation.revoked_at)
      .bind(revocation.until)
      .bind(std::string_view(revocation.revoked_by))
      .bind(std::string_view(revocation.reason))
      .run();
}

Result<std::vector<model::Revocation>> find_token_revocations(Connection& connection,
                                                              const base::OrgId& organization,
                                                              model::Environment environment,
                                                              const std::string& token_id,
                                                              const std::string& distinct_id) {
  Query query = connection.query(
      "WITH mine (kind, subject) AS (VALUES ('token', ?), ('end_user', ?), ('environment', ''))"
      " SELECT " ARACARI_REVOCATION_COLUMNS
      " FROM mine CROSS JOIN revocations USING (kind, subject)"
      " WHERE organization_id = ? AND environment = ?");
  query.bind(std::string_view(token_id))
      .bind(std::string_view(distinct_id))
      .bind(organization)
      .bind(model::environment_name(environment));
  return read_all(query);
}

Result<std::vector<model::Revocation>> list_content_revocations(Connection& connection,
                                                                const base::OrgId& organization) {
  Query query = connection.query(
      "SELECT " ARACARI_REVOCATION_COLUMNS
      " FROM revocations WHERE organization_id = ? AND environment IN ('sandbox', 'production')"
      " AND kind IN ('dashboard', 'chart')");
  query.bind(organization);
  return read_all(query);
}

Result<std::optional<base::Seconds>> find_last_revocation_time(Connection& connection,
                                                               const base::OrgId& organization) {
  Query query =
      connection.query("SELECT max(revoked_at) FROM revocations WHERE organization_id = ?");
  query.bind(organization);
  RETURN_IF_ERROR(query.next());
  return query.optional_time(0);
}

Result<RevocationPage> list_revocations(Connection& connection, const base::OrgId& organization,
                                        std::int64_t rows_max) {
  Query count = connection.query("SELECT count(*) FROM revocations WHERE organization_id = ?");
  count.bind(organization);
  RETURN_IF_ERROR(count.next());
  Query query = connection.query("SELECT " ARACARI_REVOCATION_COLUMNS
                                 " FROM revocations WHERE organization_id = ?"
                                 " ORDER BY revoked_at DESC LIMIT ?");
  query.bind(organization).bind(rows_max);
  ASSIGN_OR_RETURN(auto newest, read_all(query));
  return RevocationPage{std::move(newest), count.integer(0)};
}

Result<std::int64_t> delete_ended_revocations(Connection& connection, base::Seconds now,
                                              std::int64_t rows_max) {
  // A table WITHOUT ROWID has no other short name for a row than its primary key.
  RETURN_IF_ERROR(
      connection
          .query("DELETE FROM revocations WHERE (organization_id, environment, kind, subject) IN"
                 " (SELECT organization_id, environment, kind, subject FROM revocations"
                 " WHERE until <= ? ORDER BY until LIMIT ?)")
          .bind(now - model::kEndedRevocationKept)
          .bind(rows_max)
          .run());
  return connection.changes();
}

}  // namespace store
