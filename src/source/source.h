#pragma once

// Runs sealed queries on customer data, and nothing else. There is no function here that takes SQL.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "guard/sealed_query.h"
#include "model/value.h"

namespace source {

/// One column of a result. Every cell is NULL or of `type`. UUID, TIME, INTERVAL and ENUM arrive as
/// String; BLOB, nested and other types are refused.
struct ResultColumn {
  std::string name;
  model::ValueType type;
  std::vector<model::Cell> cells;
};

struct ResultSet {
  std::vector<ResultColumn> columns;
  [[nodiscard]] std::size_t rows() const {
    return columns.empty() ? 0 : columns.front().cells.size();
  }
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
};

struct DuckDbOptions {
  std::string file;                 ///< Opened read-only.
  std::string temporary_directory;  ///< Where each source makes a folder to spill into.
  std::int64_t memory_bytes;
  int threads;
};

/// Opens a DuckDB file, locked: read-only, no other file, no extension, no change of configuration.
/// kSourceUnavailable when the file is missing or damaged or the library has another version;
/// kStorageFull or kStorageFailed when the temporary directory can not be used.
[[nodiscard]] base::Result<std::unique_ptr<Source>> open_duckdb(const DuckDbOptions& options);

}  // namespace source
