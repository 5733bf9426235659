#pragma once

// Use cases on databases: add, look at, test, refresh, remove. Each change writes its audit event
// in its own transaction. No row of customer data is read here, only names and types.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "catalog/caller.h"
#include "catalog/database_files.h"
#include "catalog/postgres_check.h"
#include "model/database.h"
#include "query/result_cache.h"
#include "query/sources.h"
#include "store/organization_view.h"
#include "store/store.h"

namespace catalog {

inline constexpr std::chrono::seconds kFreshnessMax = std::chrono::days(7);

struct NewDatabase {
  std::string name;
  std::string file;  ///< Base name.
};

/// A PostgreSQL database.
struct NewServer {
  std::string name;
  WantedPostgres postgres;
  std::optional<WantedPostgres> sandbox;
};

struct NewSqlTable {
  std::string name;
  std::string label;
  std::string statement;  ///< One SELECT over tables of the database.
};

struct DatabaseChange {
  /// What becomes of the sandbox's own connection.
  enum class Sandbox { kStays, kGoes, kIsWanted };

  std::string name;
  std::chrono::seconds freshness;
  std::optional<WantedPostgres> postgres = {};  ///< Nothing: it stays.
  Sandbox sandbox_change = Sandbox::kStays;
  std::optional<WantedPostgres> sandbox = {};  ///< kIsWanted.
};

/// How a trial opening went.
struct ConnectionTest {
  std::string problem;  ///< In plain words; empty where it went well.
  std::chrono::milliseconds took;
  std::string engine;
};

/// What a refresh found. Names of tables and columns as the database has them.
struct SchemaChanges {
  struct ChangedType {
    std::string table;
    std::string column;
    model::ValueType from;
    model::ValueType to;
  };
  struct Vanished {
    std::string table;
    std::string column;  ///< Empty: the whole table.
  };
  std::vector<std::string> added;  ///< "table" or "table.column".
  std::vector<ChangedType> changed;
  std::vector<Vanished> vanished;
};

/// Every call is kForbidden for who may not, and kNotFound alike for a database of another
/// organization and one that does not exist. Thread-safe; what it is made of outlives it.
class Databases {
 public:
  Databases(store::Store& store, store::OrganizationViews& views, query::Sources& sources,
            query::ResultCache& cache, std::string folder, base::Secret master_key)
      : store_(store),
        views_(views),
        sources_(sources),
        cache_(cache),
        folder_(std::move(folder)),
        master_key_(std::move(master_key)) {}

  /// Those that no database uses, of whatever organization.
  [[nodiscard]] base::Result<std::vector<DatabaseFile>> list_unused_files(
      const model::Principal& principal);

  /// Opens the file and adds its tables, hidden. kInvalidBody; kConflict (name); kDatabaseRefused
  /// with the reason, alike for a file that is missing and one that another database uses.
  [[nodiscard]] base::Result<model::Database> add(const Caller& caller, const NewDatabase& wanted,
                                                  base::Seconds now);
  /// Connects and adds the tables that the user may read, hidden. kInvalidBody; kConflict (name);
  /// kDatabaseRefused with the reason. The passwords are stored sealed.
  [[nodiscard]] base::Result<model::Database> add_server(const Caller& caller,
                                                         const NewServer& wanted,
                                                         base::Seconds now);
  /// A password that is left out stays as long as server, user and protection do. kInvalidBody,
  /// kConflict; kDatabaseRefused where changed settings do not connect.
  [[nodiscard]] base::Result<model::Database> change(const Caller& caller,
                                                     const base::DatabaseId& id,
                                                     const DatabaseChange& wanted,
                                                     base::Seconds now);
  /// With its tables. kContentInUse while charts use them, whom it names.
  [[nodiscard]] base::Result<base::Done> remove(const Caller& caller, const base::DatabaseId& id,
                                                base::Seconds now);

  [[nodiscard]] base::Result<ConnectionTest> test(const model::Principal& principal,
                                                  const base::DatabaseId& id);
  /// Settings that are not stored. With `id`, a password that is left out is the stored one, under
  /// the condition of change(). kInvalidBody.
  [[nodiscard]] base::Result<ConnectionTest> test_settings(
      const model::Principal& principal, const WantedPostgres& wanted,
      const std::optional<base::DatabaseId>& id);
  /// Opens the database anew and takes over what it is made of now. New tables and new columns are
  /// hidden. A column that is gone is no longer in its table, whatever still names it.
  /// kDatabaseRefused.
  [[nodiscard]] base::Result<SchemaChanges> refresh(const Caller& caller,
                                                    const base::DatabaseId& id, base::Seconds now);
  /// A table that is made of others by a SELECT, hidden. kInvalidStatement with the reason;
  /// kInvalidBody; kConflict (name).
  [[nodiscard]] base::Result<model::Table> add_sql_table(const Caller& caller,
                                                         const base::DatabaseId& id,
                                                         const NewSqlTable& wanted,
                                                         base::Seconds now);
  /// Gives a SQL table whose statement is to change the columns of the new one: what is known of a
  /// column stays, a new one is hidden. Done for every other table. kInvalidStatement.
  [[nodiscard]] base::Result<base::Done> settle_statement(const model::Principal& principal,
                                                          model::Table& table);

  /// Forgets the kept answers; says how many.
  [[nodiscard]] base::Result<std::int64_t> purge(const Caller& caller, const base::DatabaseId& id,
                                                 base::Seconds now);

 private:
  [[nodiscard]] base::Result<model::Database> find(const model::Principal& principal,
                                                   const base::DatabaseId& id);
  /// Another opening than that of queries. kDatabaseRefused.
  [[nodiscard]] base::Result<std::unique_ptr<source::Source>> open(const model::Database& database);
  [[nodiscard]] base::Result<std::vector<source::SchemaColumn>> describe(
      const model::Principal& principal, const base::DatabaseId& database,
      const std::string& statement);

  [[nodiscard]] base::Result<model::PostgresSettings> settle(const model::Principal& principal,
                                                             const WantedPostgres& wanted,
                                                             const model::Database& database,
                                                             std::string_view field);
  [[nodiscard]] base::Result<model::Database> change_server(const model::Principal& principal,
                                                            model::Database database,
                                                            const DatabaseChange& wanted);
  [[nodiscard]] base::Result<std::vector<source::SchemaTable>> read_connection(
      const model::Database& database, std::string_view field);
  [[nodiscard]] base::Result<std::vector<source::SchemaTable>> read_server(
      const model::Database& database);
  [[nodiscard]] base::Result<base::Done> check_key(store::Connection& connection,
                                                   const model::Database& database);
  [[nodiscard]] ConnectionTest try_out(const model::Database& database);
  [[nodiscard]] base::Result<model::Database> store_new(
      const Caller& caller, const model::Database& added,
      const std::vector<source::SchemaTable>& schema, base::Seconds now);

  store::Store& store_;
  store::OrganizationViews& views_;
  query::Sources& sources_;
  query::ResultCache& cache_;
  std::string folder_;
  base::Secret master_key_;
};

/// How many of the tables of `database` there are, and how many are undecided.
struct TableCounts {
  std::int64_t tables = 0;
  std::int64_t undecided = 0;
};
[[nodiscard]] TableCounts count_tables(const store::OrganizationView& view,
                                       const base::DatabaseId& database);

/// By name. kForbidden.
[[nodiscard]] base::Result<std::vector<const model::Database*>> list_databases(
    const model::Principal& principal, const store::OrganizationView& view);

}  // namespace catalog
