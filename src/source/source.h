#pragma once

// Runs sealed queries on customer data, and tells what the data is made of. No function here runs a
// text that it is given.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "guard/sealed_query.h"
#include "model/database.h"
#include "model/value.h"

namespace source {

/// One column of a result. Every cell is NULL or of `type`. UUID, TIME, INTERVAL and ENUM arrive as
/// String, and so do JSON, arrays and network addresses of PostgreSQL; BLOB, nested and other types
/// are refused.
struct ResultColumn {
  std::string name;
  model::ValueType type;
  std::vector<model::Cell> cells;
};

struct ResultSet {
  std::vector<ResultColumn> columns;
  std::chrono::microseconds queued{};  ///< Waited for a connection.
  std::chrono::microseconds ran{};     ///< From then on, until the last row was here.
  [[nodiscard]] std::size_t rows() const {
    return columns.empty() ? 0 : columns.front().cells.size();
  }
};

/// A column as its database describes it.
struct SchemaColumn {
  std::string name;
  model::ValueType type;  ///< Of its cells, but a whole number may turn out too large for Integer.
};

struct SchemaTable {
  std::string name;
  std::vector<SchemaColumn> columns;  ///< In the order of the database; at least one.
};

/// How much of one table a query read. A row group is what the engine reads or skips as a whole.
struct TableScan {
  std::string table;  ///< In the database.
  std::int64_t row_groups;
  std::int64_t row_groups_read;
};

struct Limits {
  std::int64_t rows_max;
  std::chrono::milliseconds time_max;
};

/// Stops running queries from another thread. Copies share one state. Thread-safe.
class Cancellation {
 public:
  Cancellation();
  void cancel() const;
  [[nodiscard]] bool cancelled() const;
  /// `interrupt` runs at cancel(), at once if that was already called; the registration ends with
  /// the returned handle, after which it is not running. It has to be short, and touches no
  /// Cancellation.
  [[nodiscard]] std::shared_ptr<void> watch(std::function<void()> interrupt) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// Takes some rows of a result; its columns are the same in each call, but one may turn from
/// Integer to Numeric. A refusal ends the query.
using BatchSink = std::function<base::Result<base::Done>(const ResultSet&)>;

/// One attached database. Thread-safe; connections are pooled inside.
class Source {
 public:
  virtual ~Source() = default;
  /// Differs whenever the data may differ from that of an earlier opening.
  [[nodiscard]] virtual const std::string& version() const = 0;
  /// kQueryTimeout, kQueryTooLarge (more than rows_max, or than 64 MiB of text), kCancelled,
  /// kSourceUnavailable (driver text in `detail` only; also a column of a type without a form).
  [[nodiscard]] virtual base::Result<ResultSet> run(const guard::SealedQuery& query,
                                                    const Limits& limits,
                                                    const Cancellation& cancellation) = 0;
  /// Hands the rows over as they come, in batches that bound the memory, however many they are. A
  /// connection is held until `take` had the last one. Errors as run, with the text of one batch in
  /// place of all, and those of `take`, which may have had rows before.
  [[nodiscard]] virtual base::Result<base::Done> stream(const guard::SealedQuery& query,
                                                        const Limits& limits,
                                                        const Cancellation& cancellation,
                                                        const BatchSink& take) = 0;
  /// How `query` reads its tables, a scan each. Runs it, and gives its rows to nobody. Empty where
  /// the engine does not tell. Errors as run.
  [[nodiscard]] virtual base::Result<std::vector<TableScan>> measure_scans(
      const guard::SealedQuery& query, const Limits& limits, const Cancellation& cancellation) = 0;
  /// The engine's plan of `query`, lines of text for those who see all rows of its tables; the
  /// query is not run. Errors as run.
  [[nodiscard]] virtual base::Result<std::string> explain_plan(
      const guard::SealedQuery& query, const Limits& limits, const Cancellation& cancellation) = 0;
  /// The tables and views by name; no row is read. Columns of a type without a form are left out,
  /// and so are tables without any other, and views that can not be read. kSourceUnavailable,
  /// kQueryTooLarge (more than kSchemaColumnsMax), kQueryTimeout.
  [[nodiscard]] virtual base::Result<std::vector<SchemaTable>> read_schema() = 0;
  /// The columns of a maker's SELECT, which is read and bound and not run. kInvalidStatement, with
  /// a reason for its author, where it is not one SELECT over `tables` with pure functions.
  [[nodiscard]] virtual base::Result<std::vector<SchemaColumn>> describe_statement(
      const std::string& statement, const std::vector<std::string>& tables) = 0;
  /// The engine and its version, for people: "DuckDB v1.5.0".
  [[nodiscard]] virtual std::string engine() const = 0;
};

inline constexpr std::int64_t kSchemaColumnsMax = 100'000;

struct DuckDbOptions {
  std::string file;                 ///< Opened read-only.
  std::string temporary_directory;  ///< Where each source makes a folder to spill into.
  std::int64_t memory_bytes;
  int threads;
};

/// Opens a DuckDB file, locked: read-only, no other file, no extension, no change of configuration.
/// kSourceUnavailable when the file is missing or damaged or the library has another version, with
/// a `what` that says which, without its path;
/// kStorageFull or kStorageFailed when the temporary directory can not be used.
[[nodiscard]] base::Result<std::unique_ptr<Source>> open_duckdb(const DuckDbOptions& options);

/// Which PostgreSQL server, and as whom.
struct PostgresOptions {
  std::string host;  ///< A name or address: neither a path nor a list.
  std::uint16_t port;
  std::string user;
  base::Secret password;
  model::TlsMode tls;
  std::string ca_certificate;       ///< PEM; empty: those that the system trusts.
  std::string temporary_directory;  ///< Where each server makes a folder for its certificate.
  std::size_t connections_max;
};

/// One PostgreSQL server as one user. Thread-safe; its sources share its connections.
class PostgresServer {
 public:
  virtual ~PostgresServer() = default;
  /// `database` is a name, never a connection string. Nothing is connected before the first query;
  /// why that fails is told in plain words by read_schema, and to nobody by run.
  [[nodiscard]] virtual std::unique_ptr<Source> open(const std::string& database) = 0;
};

class FairShare;

/// `share` is between the organizations whose queries run in this process, and outlives the server.
/// kStorageFull or kStorageFailed when the temporary directory can not be used.
[[nodiscard]] base::Result<std::unique_ptr<PostgresServer>> make_postgres_server(
    const PostgresOptions& options, FairShare& share);

}  // namespace source
