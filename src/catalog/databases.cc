#include "catalog/databases.h"

#include <algorithm>

#include <fmt/format.h>

#include "auth/master_key.h"
#include "base/base64url.h"
#include "catalog/authorize.h"
#include "catalog/schema_merge.h"
#include "catalog/table_definition.h"
#include "catalog/tables.h"
#include "crypto/aes_gcm.h"
#include "crypto/random.h"
#include "model/table_check.h"
#include "store/audit.h"
#include "store/databases.h"
#include "store/tables.h"

namespace catalog {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using model::AuditAction;
using store::Connection;

constexpr std::size_t kMaxNameBytes = 100;
constexpr std::size_t kMaxLabelBytes = 200;
constexpr std::string_view kFileMissing = "The database file is missing.";

Error no_such_database() { return {Code::kNotFound, "There is no such database."}; }

Error refusal(std::string_view field, std::string what) {
  return {Code::kInvalidBody, std::move(what), {}, std::string(field)};
}

Result<Done> check_name(const std::string& name) {
  if (!name.empty() && name.size() <= kMaxNameBytes) return Done{};
  return refusal("name", fmt::format("Must have 1 to {} bytes.", kMaxNameBytes));
}

/// A database that can not be read is refused in the source's words.
Error refused_database(Error error) {
  if (error.code == Code::kSourceUnavailable) error.code = Code::kDatabaseRefused;
  return error;
}

Error name_taken(Error error) {
  if (error.code == Code::kConflict) {
    return {Code::kConflict, "There is a database of this name.", std::move(error.detail), "name"};
  }
  return error;
}

Result<Done> note(Connection& connection, const Caller& caller, AuditAction action,
                  const model::Database& database, base::Seconds now, std::string detail = "") {
  return store::insert_audit_event(connection, caller.principal.organization(),
                                   {now,
                                    action,
                                    caller.actor,
                                    {"database", database.id.text(), database.name},
                                    std::nullopt,
                                    1,
                                    std::move(detail)});
}

Result<Done> check_file_unused(Connection& connection, const std::string& file) {
  ASSIGN_OR_RETURN(const auto used, store::list_database_files(connection));
  if (std::ranges::find(used, file) == used.end()) return Done{};
  return Error{Code::kDatabaseRefused, std::string(kFileMissing), "used by another database",
               "file"};
}

/// The tables of one database, in the transaction of a change.
Result<std::vector<model::Table>> tables_of(Connection& connection, const base::OrgId& organization,
                                            const base::DatabaseId& database) {
  ASSIGN_OR_RETURN(auto tables, store::list_tables(connection, organization));
  std::erase_if(tables, [&](const model::Table& table) { return table.database != database; });
  return tables;
}

Result<std::vector<source::SchemaTable>> read_schema(source::Source& source) {
  auto schema = source.read_schema();
  if (!schema) return refused_database(std::move(schema).error());
  return schema;
}

/// The tables that a SQL table of `database` may read.
std::vector<std::string> readable_tables(const store::OrganizationView& view,
                                         const base::DatabaseId& database) {
  std::vector<std::string> names;
  for (const auto& [id, table] : view.tables) {
    if (table.database == database && !table.statement) names.push_back(table.name);
  }
  return names;
}

/// The SQL tables of `database` that can still be read.
std::vector<source::SchemaTable> describe_sql_tables(const store::OrganizationView& view,
                                                     const base::DatabaseId& database,
                                                     source::Source& source) {
  const std::vector<std::string> readable = readable_tables(view, database);
  std::vector<source::SchemaTable> described;
  for (const auto& [id, table] : view.tables) {
    if (table.database != database || !table.statement) continue;
    auto columns = source.describe_statement(*table.statement, readable);
    if (columns) described.push_back({table.name, std::move(columns).value()});
  }
  return described;
}

/// Brings the stored tables of one database to what a schema says.
class Refresh {
 public:
  Refresh(Connection& connection, const Caller& caller, const model::Database& database,
          base::Seconds now)
      : connection_(connection), caller_(caller), database_(database), now_(now) {}

  /// `schema` is of the database, `defined` of the SQL tables that can still be read.
  Result<SchemaChanges> run(const std::vector<source::SchemaTable>& schema,
                            const std::vector<source::SchemaTable>& defined) {
    ASSIGN_OR_RETURN(auto tables,
                     tables_of(connection_, caller_.principal.organization(), database_.id));
    for (const source::SchemaTable& described : schema) {
      const auto known = std::ranges::find(tables, described.name, &model::Table::name);
      if (known == tables.end()) {
        changes_.added.push_back(described.name);
        RETURN_IF_ERROR(
            insert_new_table(connection_, caller_, table_of(described, database_.id), now_));
      } else if (!known->statement && merge_columns(*known, described.columns, changes_)) {
        RETURN_IF_ERROR(store_next(*known));
      }
    }
    for (model::Table& table : tables) {
      if (table.statement) RETURN_IF_ERROR(merge_defined(table, defined));
      RETURN_IF_ERROR(empty_if_gone(table, table.statement ? defined : schema));
    }
    RETURN_IF_ERROR(note(connection_, caller_, AuditAction::kDatabaseRefreshed, database_, now_));
    return std::move(changes_);
  }

 private:
  Result<Done> store_next(model::Table& table) {
    table.version += 1;
    return update_with_version(connection_, caller_, table, AuditAction::kTableChanged,
                               "Schema refreshed", now_);
  }

  Result<Done> merge_defined(model::Table& table, const std::vector<source::SchemaTable>& defined) {
    const auto found = std::ranges::find(defined, table.name, &source::SchemaTable::name);
    if (found == defined.end() || !merge_columns(table, found->columns, changes_)) return Done{};
    return store_next(table);
  }

  /// A table that its database no longer has keeps its rules and loses its columns.
  Result<Done> empty_if_gone(model::Table& table, const std::vector<source::SchemaTable>& schema) {
    const bool there =
        std::ranges::find(schema, table.name, &source::SchemaTable::name) != schema.end();
    if (there || table.columns.empty()) return Done{};
    changes_.vanished.push_back({table.name, ""});
    table.columns.clear();
    return store_next(table);
  }

  Connection& connection_;
  const Caller& caller_;
  const model::Database& database_;
  base::Seconds now_;
  SchemaChanges changes_;
};

}  // namespace

Result<model::Database> Databases::find(const model::Principal& principal,
                                        const base::DatabaseId& id) {
  ASSIGN_OR_RETURN(const auto view, views_.get(principal.organization()));
  const auto found = view->databases.find(id);
  if (found == view->databases.end()) return no_such_database();
  return found->second;
}

Result<std::unique_ptr<source::Source>> Databases::open(const model::Database& database) {
  auto source = sources_.open(database);
  if (!source) return refused_database(std::move(source).error());
  return source;
}

Result<std::vector<DatabaseFile>> Databases::list_unused_files(const model::Principal& principal) {
  RETURN_IF_ERROR(authorize(principal, Verb::kManageDatabases));
  ASSIGN_OR_RETURN(const auto used, store_.read([](Connection& connection) {
    return store::list_database_files(connection);
  }));
  std::vector<DatabaseFile> files = list_files(folder_);
  std::erase_if(files, [&](const DatabaseFile& file) {
    return std::ranges::find(used, file.name) != used.end();
  });
  return files;
}

Result<model::Database> Databases::add(const Caller& caller, const NewDatabase& wanted,
                                       base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kManageDatabases));
  RETURN_IF_ERROR(check_name(wanted.name));
  ASSIGN_OR_RETURN(const auto files, list_unused_files(caller.principal));
  if (std::ranges::find(files, wanted.file, &DatabaseFile::name) == files.end()) {
    return Error{Code::kDatabaseRefused, std::string(kFileMissing), {}, "file"};
  }
  const model::Database added{crypto::new_id<base::DatabaseId>(), wanted.name,
                              model::DatabaseKind::kDuckDb, wanted.file};
  ASSIGN_OR_RETURN(const auto source, open(added));
  ASSIGN_OR_RETURN(const auto schema, read_schema(*source));
  return store_new(caller, added, schema, now);
}

/// The condition of a password's sealing, in the transaction that stores it.
Result<Done> Databases::check_key(Connection& connection, const model::Database& database) {
  if (database.kind != model::DatabaseKind::kPostgres) return Done{};
  return auth::check_sealing_key(connection, master_key_);
}

Result<model::Database> Databases::store_new(const Caller& caller, const model::Database& added,
                                             const std::vector<source::SchemaTable>& schema,
                                             base::Seconds now) {
  auto stored = store_.write([&](Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(check_key(connection, added));
    if (!added.file.empty()) RETURN_IF_ERROR(check_file_unused(connection, added.file));
    RETURN_IF_ERROR(store::insert_database(connection, caller.principal.organization(), added));
    RETURN_IF_ERROR(note(connection, caller, AuditAction::kDatabaseAdded, added, now));
    for (const source::SchemaTable& described : schema) {
      RETURN_IF_ERROR(insert_new_table(connection, caller, table_of(described, added.id), now));
    }
    return Done{};
  });
  if (!stored) return name_taken(std::move(stored).error());
  return added;
}

Result<model::Database> Databases::change(const Caller& caller, const base::DatabaseId& id,
                                          const DatabaseChange& wanted, base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kManageDatabases));
  RETURN_IF_ERROR(check_name(wanted.name));
  if (wanted.freshness < std::chrono::seconds::zero() || wanted.freshness > kFreshnessMax) {
    return refusal("freshnessSeconds",
                   fmt::format("Must be between 0 and {}.", kFreshnessMax.count()));
  }
  ASSIGN_OR_RETURN(model::Database database, find(caller.principal, id));
  const model::Database before = database;
  database.name = wanted.name;
  database.freshness = wanted.freshness;
  ASSIGN_OR_RETURN(database, change_server(caller.principal, std::move(database), wanted));
  const bool reconnects =
      database.postgres != before.postgres || database.sandbox != before.sandbox;
  if (reconnects) RETURN_IF_ERROR(read_server(database));
  auto stored = store_.write([&](Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(check_key(connection, database));
    RETURN_IF_ERROR(store::update_database(connection, caller.principal.organization(), database));
    return note(connection, caller, AuditAction::kDatabaseChanged, database, now,
                reconnects ? "connection" : "");
  });
  if (!stored) return name_taken(std::move(stored).error());
  if (reconnects) {
    sources_.close(id);
    cache_.purge(id);
  }
  return database;
}

/// `wanted` with a sealed password: a new one, or that of `database` for the same login.
Result<model::PostgresSettings> Databases::settle(const model::Principal& principal,
                                                  const WantedPostgres& wanted,
                                                  const model::Database& database,
                                                  std::string_view field) {
  ASSIGN_OR_RETURN(const auto view, views_.get(principal.organization()));
  RETURN_IF_ERROR(check_postgres(wanted, view->attributes, field));
  model::PostgresSettings settings = wanted.settings;
  if (wanted.password) {
    settings.sealed_password = base::render_base64url(
        crypto::seal_aes_gcm(*wanted.password, master_key_, database.id.text()));
    return settings;
  }
  for (const auto& stored : {database.postgres, database.sandbox}) {
    if (!stored || !is_same_login(*stored, settings)) continue;
    settings.sealed_password = stored->sealed_password;
    return settings;
  }
  return refusal(fmt::format("{}.password", field),
                 "Is required: a stored password is kept for the same host, port, user and TLS.");
}

/// `database` with the connections that are wanted. kInvalidBody for a file.
Result<model::Database> Databases::change_server(const model::Principal& principal,
                                                 model::Database database,
                                                 const DatabaseChange& wanted) {
  const bool changes = wanted.postgres || wanted.sandbox_change != DatabaseChange::Sandbox::kStays;
  if (!changes) return database;
  if (database.kind != model::DatabaseKind::kPostgres) {
    return refusal("postgres", "This database is no PostgreSQL server.");
  }
  const model::Database before = database;
  if (wanted.postgres) {
    ASSIGN_OR_RETURN(database.postgres, settle(principal, *wanted.postgres, before, "postgres"));
  }
  if (wanted.sandbox_change == DatabaseChange::Sandbox::kGoes) database.sandbox.reset();
  if (wanted.sandbox) {
    ASSIGN_OR_RETURN(database.sandbox, settle(principal, *wanted.sandbox, before, "sandbox"));
  }
  return database;
}

/// What one connection of a database shows. kDatabaseRefused at `field`.
Result<std::vector<source::SchemaTable>> Databases::read_connection(const model::Database& database,
                                                                    std::string_view field) {
  auto source = open(database);
  auto schema = source ? read_schema(**source) : std::move(source).error();
  if (schema) return schema;
  Error problem = std::move(schema).error();
  problem.field = field;
  return problem;
}

/// What signed-in users may read, where each of its connections answers.
Result<std::vector<source::SchemaTable>> Databases::read_server(const model::Database& database) {
  if (database.sandbox) {
    model::Database tried = database;
    tried.postgres = database.sandbox;
    RETURN_IF_ERROR(read_connection(tried, "sandbox"));
  }
  return read_connection(database, "postgres");
}

Result<model::Database> Databases::add_server(const Caller& caller, const NewServer& wanted,
                                              base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kManageDatabases));
  RETURN_IF_ERROR(check_name(wanted.name));
  model::Database added{crypto::new_id<base::DatabaseId>(), wanted.name,
                        model::DatabaseKind::kPostgres};
  ASSIGN_OR_RETURN(added.postgres, settle(caller.principal, wanted.postgres, added, "postgres"));
  if (wanted.sandbox) {
    ASSIGN_OR_RETURN(added.sandbox, settle(caller.principal, *wanted.sandbox, added, "sandbox"));
  }
  ASSIGN_OR_RETURN(const auto schema, read_server(added));
  return store_new(caller, added, schema, now);
}

Result<Done> Databases::remove(const Caller& caller, const base::DatabaseId& id,
                               base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kManageDatabases));
  ASSIGN_OR_RETURN(const model::Database database, find(caller.principal, id));
  const base::OrgId& organization = caller.principal.organization();
  RETURN_IF_ERROR(store_.write([&](Connection& connection) -> Result<Done> {
    ASSIGN_OR_RETURN(const auto tables, tables_of(connection, organization, id));
    std::vector<base::TableId> ids;
    for (const model::Table& table : tables) ids.push_back(table.id);
    RETURN_IF_ERROR(check_unused(connection, organization, ids));
    RETURN_IF_ERROR(store::delete_database(connection, organization, id));
    return note(connection, caller, AuditAction::kDatabaseRemoved, database, now);
  }));
  sources_.close(id);
  cache_.purge(id);
  return Done{};
}

Result<ConnectionTest> Databases::test(const model::Principal& principal,
                                       const base::DatabaseId& id) {
  RETURN_IF_ERROR(authorize(principal, Verb::kManageDatabases));
  ASSIGN_OR_RETURN(const model::Database database, find(principal, id));
  return try_out(database);
}

Result<ConnectionTest> Databases::test_settings(const model::Principal& principal,
                                                const WantedPostgres& wanted,
                                                const std::optional<base::DatabaseId>& id) {
  RETURN_IF_ERROR(authorize(principal, Verb::kManageDatabases));
  model::Database tried{crypto::new_id<base::DatabaseId>(), "", model::DatabaseKind::kPostgres};
  if (id) {
    ASSIGN_OR_RETURN(tried, find(principal, *id));
  }
  ASSIGN_OR_RETURN(tried.postgres, settle(principal, wanted, tried, "postgres"));
  tried.kind = model::DatabaseKind::kPostgres;
  return try_out(tried);
}

ConnectionTest Databases::try_out(const model::Database& database) {
  const auto began = std::chrono::steady_clock::now();
  const auto took = [&] {
    return std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
  };
  const auto source = sources_.open(database);
  if (!source) return ConnectionTest{source.error().what, took(), ""};
  const auto schema = (*source)->read_schema();
  if (!schema) return ConnectionTest{schema.error().what, took(), ""};
  return ConnectionTest{"", took(), (*source)->engine()};
}

Result<SchemaChanges> Databases::refresh(const Caller& caller, const base::DatabaseId& id,
                                         base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kManageDatabases));
  ASSIGN_OR_RETURN(const model::Database database, find(caller.principal, id));
  ASSIGN_OR_RETURN(const auto view, views_.get(caller.principal.organization()));
  ASSIGN_OR_RETURN(const auto source, open(database));
  ASSIGN_OR_RETURN(const auto schema, read_schema(*source));
  const auto defined = describe_sql_tables(*view, id, *source);
  ASSIGN_OR_RETURN(SchemaChanges changes, store_.write([&](Connection& connection) {
    return Refresh(connection, caller, database, now).run(schema, defined);
  }));
  sources_.close(id);
  cache_.purge(id);
  return changes;
}

Result<std::vector<source::SchemaColumn>> Databases::describe(const model::Principal& principal,
                                                              const base::DatabaseId& id,
                                                              const std::string& statement) {
  ASSIGN_OR_RETURN(const auto view, views_.get(principal.organization()));
  ASSIGN_OR_RETURN(const model::Database database, find(principal, id));
  ASSIGN_OR_RETURN(const auto source, open(database));
  return source->describe_statement(statement, readable_tables(*view, id));
}

Result<model::Table> Databases::add_sql_table(const Caller& caller, const base::DatabaseId& id,
                                              const NewSqlTable& wanted, base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kManageDatabases));
  RETURN_IF_ERROR(find(caller.principal, id));
  RETURN_IF_ERROR(check_name(wanted.name));
  if (wanted.label.empty() || wanted.label.size() > kMaxLabelBytes) {
    return refusal("label", fmt::format("Must have 1 to {} bytes.", kMaxLabelBytes));
  }
  ASSIGN_OR_RETURN(auto columns, describe(caller.principal, id, wanted.statement));
  model::Table table = table_of({wanted.name, std::move(columns)}, id);
  table.label = wanted.label;
  table.statement = wanted.statement;
  auto stored = store_.write(
      [&](Connection& connection) { return insert_new_table(connection, caller, table, now); });
  if (stored) return table;
  if (stored.error().code != Code::kConflict) return std::move(stored).error();
  return Error{Code::kConflict, "The database has a table of this name.", {}, "name"};
}

Result<Done> Databases::settle_statement(const model::Principal& principal, model::Table& table) {
  ASSIGN_OR_RETURN(const auto view, views_.get(principal.organization()));
  const auto present = view->tables.find(table.id);
  const bool same = present != view->tables.end() && present->second.statement == table.statement;
  if (same || !table.statement) return Done{};
  ASSIGN_OR_RETURN(const auto columns, describe(principal, table.database, *table.statement));
  SchemaChanges changes;
  (void)merge_columns(table, columns, changes);
  return check_definition(table, view->attributes);
}

Result<std::int64_t> Databases::purge(const Caller& caller, const base::DatabaseId& id,
                                      base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kManageDatabases));
  ASSIGN_OR_RETURN(const model::Database database, find(caller.principal, id));
  RETURN_IF_ERROR(store_.write([&](Connection& connection) {
    return note(connection, caller, AuditAction::kDatabasePurged, database, now);
  }));
  return cache_.purge(id);
}

TableCounts count_tables(const store::OrganizationView& view, const base::DatabaseId& database) {
  TableCounts counts;
  for (const auto& [id, table] : view.tables) {
    if (table.database != database) continue;
    ++counts.tables;
    if (model::is_undecided(table, view.attributes)) ++counts.undecided;
  }
  return counts;
}

Result<std::vector<const model::Database*>> list_databases(const model::Principal& principal,
                                                           const store::OrganizationView& view) {
  RETURN_IF_ERROR(authorize(principal, Verb::kViewDatabases));
  std::vector<const model::Database*> databases;
  for (const auto& [id, database] : view.databases) databases.push_back(&database);
  std::ranges::sort(databases, {}, &model::Database::name);
  return databases;
}

}  // namespace catalog
