#include "store/databases.h"

#include "base/json.h"

namespace store {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

std::string render_settings(const std::optional<model::PostgresSettings>& settings) {
  return settings ? base::render_json(model::render_postgres_settings(*settings)) : std::string();
}

Result<std::optional<model::PostgresSettings>> read_settings(const std::string& text) {
  std::optional<model::PostgresSettings> settings;
  if (text.empty()) return settings;
  ASSIGN_OR_RETURN(const base::json::value json, base::parse_json(text));
  ASSIGN_OR_RETURN(settings, model::parse_postgres_settings(json));
  return settings;
}

/// Columns from `first` on: id, name, file, kind, postgres, sandbox, freshness_seconds, imported.
Result<model::Database> read_database(const Query& query, int first) {
  const auto kind = model::parse_database_kind(query.text(first + 3));
  if (!kind) return Error{Code::kStorageFailed, "A stored database has an unknown kind."};
  model::Database database{base::DatabaseId(query.text(first)), query.text(first + 1), *kind,
                           query.text(first + 2)};
  ASSIGN_OR_RETURN(database.postgres, read_settings(query.text(first + 4)));
  ASSIGN_OR_RETURN(database.sandbox, read_settings(query.text(first + 5)));
  database.freshness = std::chrono::seconds(query.integer(first + 6));
  database.imported = query.integer(first + 7) != 0;
  return database;
}

Result<Done> require_change(Connection& connection) {
  if (connection.changes() == 1) return Done{};
  return Error{Code::kNotFound, "There is no such database."};
}

}  // namespace

Result<Done> insert_database(Connection& connection, const base::OrgId& organization,
                             const model::Database& database) {
  return connection
      .query(
          "INSERT INTO databases (organization_id, id, name, file, kind, postgres, sandbox,"
          " freshness_seconds, imported) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(organization)
      .bind(database.id)
      .bind(database.name)
      .bind(database.file)
      .bind(model::database_kind_name(database.kind))
      .bind(render_settings(database.postgres))
      .bind(render_settings(database.sandbox))
      .bind(std::int64_t{database.freshness.count()})
      .bind(std::int64_t{database.imported ? 1 : 0})
      .run();
}

Result<Done> update_database(Connection& connection, const base::OrgId& organization,
                             const model::Database& database) {
  RETURN_IF_ERROR(connection
                      .query("UPDATE databases SET name = ?, file = ?, postgres = ?, sandbox = ?,"
                             " freshness_seconds = ? WHERE organization_id = ? AND id = ?")
                      .bind(database.name)
                      .bind(database.file)
                      .bind(render_settings(database.postgres))
                      .bind(render_settings(database.sandbox))
                      .bind(std::int64_t{database.freshness.count()})
                      .bind(organization)
                      .bind(database.id)
                      .run());
  return require_change(connection);
}

Result<Done> delete_database(Connection& connection, const base::OrgId& organization,
                             const base::DatabaseId& id) {
  RETURN_IF_ERROR(connection
                      .query("DELETE FROM access_rules WHERE organization_id = ?1 AND table_id IN"
                             " (SELECT id FROM tables WHERE organization_id = ?1"
                             " AND database_id = ?2)")
                      .bind(organization)
                      .bind(id)
                      .run());
  RETURN_IF_ERROR(
      connection.query("DELETE FROM tables WHERE organization_id = ? AND database_id = ?")
          .bind(organization)
          .bind(id)
          .run());
  RETURN_IF_ERROR(connection.query("DELETE FROM databases WHERE organization_id = ? AND id = ?")
                      .bind(organization)
                      .bind(id)
                      .run());
  return require_change(connection);
}

Result<std::vector<model::Database>> list_databases(Connection& connection,
                                                    const base::OrgId& organization) {
  Query query = connection.query(
      "SELECT id, name, file, kind, postgres, sandbox, freshness_seconds, imported FROM databases"
      " WHERE organization_id = ? ORDER BY name");
  query.bind(organization);
  std::vector<model::Database> databases;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return databases;
    ASSIGN_OR_RETURN(model::Database database, read_database(query, 0));
    databases.push_back(std::move(database));
  }
}

Result<std::vector<std::string>> list_database_files(Connection& connection) {
  Query query = connection.query("SELECT file FROM databases WHERE file <> ''");
  std::vector<std::string> files;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return files;
    files.push_back(query.text(0));
  }
}

Result<std::vector<SealedPasswords>> list_databases_with_passwords(Connection& connection) {
  Query query = connection.query(
      "SELECT organization_id, id, name, file, kind, postgres, sandbox, freshness_seconds, imported"
      " FROM databases WHERE postgres <> '' OR sandbox <> ''");
  std::vector<SealedPasswords> found;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return found;
    ASSIGN_OR_RETURN(model::Database database, read_database(query, 1));
    found.push_back({base::OrgId(query.text(0)), std::move(database)});
  }
}

Result<std::vector<ImportedDatabase>> list_imported_databases(Connection& connection) {
  Query query = connection.query(
      "SELECT organization_id, id, name, file, kind, postgres, sandbox, freshness_seconds, imported"
      " FROM databases WHERE imported = 1 ORDER BY id");
  std::vector<ImportedDatabase> found;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return found;
    ASSIGN_OR_RETURN(model::Database database, read_database(query, 1));
    found.push_back({base::OrgId(query.text(0)), std::move(database)});
  }
}

}  // namespace store
