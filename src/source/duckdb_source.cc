#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "source/deadline_timer.h"
#include "source/duckdb_instance.h"
#include "source/duckdb_profile.h"
#include "source/duckdb_result.h"
#include "source/duckdb_schema.h"
#include "source/duckdb_sessions.h"
#include "source/duckdb_statement.h"
#include "source/file_version.h"
#include "source/source.h"
#include "source/spill_folder.h"
#include "source/stopping.h"

namespace source {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

/// How long the reading of a schema waits for a session.
constexpr std::chrono::seconds kSchemaPatience{10};

/// Stops what runs on one connection; the first reason stands.
class Interruption {
 public:
  explicit Interruption(duckdb_connection connection) : connection_(connection) {}

  void stop(Code reason) {
    Code running = kRunning;
    if (reason_.compare_exchange_strong(running, reason)) duckdb_interrupt(connection_);
  }
  /// Why the driver gave up: `failure`, unless it was told to stop.
  [[nodiscard]] Error explain(const Error& failure) const {
    const Code reason = reason_;
    return reason == kRunning ? failure : stopped_error(reason);
  }

 private:
  static constexpr Code kRunning = Code::kInternal;
  duckdb_connection connection_;
  std::atomic<Code> reason_ = kRunning;
};

duckdb_state bind(duckdb_prepared_statement statement, idx_t place, const model::Value& value) {
  switch (model::type_of(value)) {
    case model::ValueType::kString: {
      const auto& text = std::get<std::string>(value);
      return duckdb_bind_varchar_length(statement, place, text.data(), text.size());
    }
    case model::ValueType::kInteger:
      return duckdb_bind_int64(statement, place, std::get<std::int64_t>(value));
    case model::ValueType::kNumeric:
      return duckdb_bind_double(statement, place, std::get<double>(value));
    case model::ValueType::kBoolean:
      return duckdb_bind_boolean(statement, place, std::get<bool>(value));
    case model::ValueType::kDate: {
      const auto days = std::get<model::Date>(value).time_since_epoch();
      return duckdb_bind_date(statement, place, {static_cast<std::int32_t>(days.count())});
    }
    case model::ValueType::kDatetime: {
      const std::chrono::microseconds moment = std::get<model::Datetime>(value).time_since_epoch();
      return duckdb_bind_timestamp(statement, place, {moment.count()});
    }
  }
  return DuckDBError;
}

Result<duckdb_prepared_statement> prepare(Session& session, const sql::Statement& statement) {
  ASSIGN_OR_RETURN(duckdb_prepared_statement prepared, session.prepare(statement.text));
  for (idx_t i = 0; i < statement.arguments.size(); ++i) {
    if (bind(prepared, i + 1, statement.arguments[i]) != DuckDBSuccess) {
      return driver_error("argument not bound");
    }
  }
  return prepared;
}

/// Streams the rows of `pending`, so that a result that is too large is given up early. `take`,
/// where there is one, gets each chunk; what is left of the rows is what it gives back.
Result<ResultSet> fetch(duckdb_pending_result pending, std::int64_t rows_max,
                        const BatchSink& take) {
  ResultHandle result;
  if (duckdb_execute_pending(pending, result.address()) != DuckDBSuccess) {
    return driver_error(duckdb_result_error(result.address()));
  }
  ASSIGN_OR_RETURN(ResultDecoder decoder, ResultDecoder::for_columns_of(*result.address()));
  while (true) {
    const ChunkHandle chunk(duckdb_fetch_chunk(result.get()));
    if (chunk.get() == nullptr) break;
    RETURN_IF_ERROR(decoder.append(chunk.get(), rows_max));
    if (take) RETURN_IF_ERROR(take(decoder.take_batch()));
  }
  const char* problem = duckdb_result_error(result.address());
  if (problem != nullptr && *problem != '\0') return driver_error(problem);
  return std::move(decoder).take();
}

class DuckDbSource final : public Source {
 public:
  DuckDbSource(SpillFolder spill, LockedInstance instance, std::string version)
      : spill_(std::move(spill)),
        sessions_(std::move(instance.database)),
        profiled_(std::move(instance.profiled)),
        version_(std::move(version)) {}

  [[nodiscard]] const std::string& version() const override { return version_; }

  Result<ResultSet> run(const guard::SealedQuery& query, const Limits& limits,
                        const Cancellation& cancellation) override;

  Result<Done> stream(const guard::SealedQuery& query, const Limits& limits,
                      const Cancellation& cancellation, const BatchSink& take) override;

  Result<std::vector<TableScan>> measure_scans(const guard::SealedQuery& query,
                                               const Limits& limits,
                                               const Cancellation& cancellation) override;

  Result<std::string> explain_plan(const guard::SealedQuery& query, const Limits& limits,
                                   const Cancellation& cancellation) override;

  Result<std::vector<SchemaTable>> read_schema() override;

  Result<std::vector<SchemaColumn>> describe_statement(
      const std::string& statement, const std::vector<std::string>& tables) override;

  [[nodiscard]] std::string engine() const override {
    return fmt::format("DuckDB {}", duckdb_library_version());
  }

 private:
  /// The rows, or nothing of them where `take` has them all.
  Result<ResultSet> run_on(Session& session, const sql::Statement& statement, std::int64_t rows_max,
                           DeadlineTimer::Moment deadline, const Cancellation& cancellation,
                           const BatchSink& take = nullptr);
  Result<ResultSet> run(const guard::SealedQuery& query, const Limits& limits,
                        const Cancellation& cancellation, const BatchSink& take);

  /// The second column of what EXPLAIN answers: the first names it.
  Result<std::string> run_explain(const sql::Statement& statement, const Limits& limits,
                                  const Cancellation& cancellation);

  SpillFolder spill_;  ///< Outlives the instance that spills into it.
  SessionPool sessions_;
  std::timed_mutex profiled_mutex_;
  Session profiled_;  ///< For one explanation at a time.
  std::string version_;
  DeadlineTimer timer_;
};

Result<ResultSet> DuckDbSource::run(const guard::SealedQuery& query, const Limits& limits,
                                    const Cancellation& cancellation) {
  return run(query, limits, cancellation, nullptr);
}

Result<Done> DuckDbSource::stream(const guard::SealedQuery& query, const Limits& limits,
                                  const Cancellation& cancellation, const BatchSink& take) {
  RETURN_IF_ERROR(run(query, limits, cancellation, take));
  return Done{};
}

Result<ResultSet> DuckDbSource::run(const guard::SealedQuery& query, const Limits& limits,
                                    const Cancellation& cancellation, const BatchSink& take) {
  using std::chrono::duration_cast;
  using std::chrono::microseconds;
  if (query.statement().dialect != sql::Dialect::kDuckDb) return driver_error("another dialect");
  const auto asked = std::chrono::steady_clock::now();
  const auto deadline = asked + limits.time_max;
  ASSIGN_OR_RETURN(SessionPool::Lease lease, sessions_.acquire(deadline, cancellation));
  const auto began = std::chrono::steady_clock::now();
  auto result =
      run_on(lease.session(), query.statement(), limits.rows_max, deadline, cancellation, take);
  // A stream that was not read to its end keeps its query, and what that holds, in the connection.
  if (!result) {
    lease.discard();
    return result;
  }
  result->queued = duration_cast<microseconds>(began - asked);
  result->ran = duration_cast<microseconds>(std::chrono::steady_clock::now() - began);
  return result;
}

Result<std::string> DuckDbSource::run_explain(const sql::Statement& statement, const Limits& limits,
                                              const Cancellation& cancellation) {
  if (statement.dialect != sql::Dialect::kDuckDb) return driver_error("another dialect");
  const auto deadline = std::chrono::steady_clock::now() + limits.time_max;
  const std::unique_lock lock(profiled_mutex_, deadline);
  if (!lock) return stopped_error(Code::kQueryTimeout);
  ASSIGN_OR_RETURN(const ResultSet told,
                   run_on(profiled_, statement, limits.rows_max, deadline, cancellation));
  std::string text;
  for (std::size_t row = 0; told.columns.size() == 2 && row < told.rows(); ++row) {
    const model::Cell& cell = told.columns[1].cells[row];
    if (cell) text += std::get<std::string>(*cell);
  }
  return text;
}

Result<std::vector<TableScan>> DuckDbSource::measure_scans(const guard::SealedQuery& query,
                                                           const Limits& limits,
                                                           const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(const std::string profile,
                   run_explain(query.profile_statement(), limits, cancellation));
  return read_scan_profile(profile);
}

Result<std::string> DuckDbSource::explain_plan(const guard::SealedQuery& query,
                                               const Limits& limits,
                                               const Cancellation& cancellation) {
  return run_explain(query.plan_statement(), limits, cancellation);
}

Result<std::vector<SchemaTable>> DuckDbSource::read_schema() {
  const auto deadline = std::chrono::steady_clock::now() + kSchemaPatience;
  ASSIGN_OR_RETURN(const SessionPool::Lease lease, sessions_.acquire(deadline, {}));
  return source::read_schema(lease.session().connection());
}

Result<std::vector<SchemaColumn>> DuckDbSource::describe_statement(
    const std::string& statement, const std::vector<std::string>& tables) {
  const auto deadline = std::chrono::steady_clock::now() + kSchemaPatience;
  ASSIGN_OR_RETURN(const SessionPool::Lease lease, sessions_.acquire(deadline, {}));
  return source::describe_statement(lease.session().connection(), statement, tables);
}

Result<ResultSet> DuckDbSource::run_on(Session& session, const sql::Statement& statement,
                                       std::int64_t rows_max, DeadlineTimer::Moment deadline,
                                       const Cancellation& cancellation, const BatchSink& take) {
  ASSIGN_OR_RETURN(duckdb_prepared_statement prepared, prepare(session, statement));
  PendingHandle pending;
  if (duckdb_pending_prepared_streaming(prepared, pending.address()) != DuckDBSuccess) {
    return driver_error(duckdb_pending_error(pending.get()));
  }
  // Only from here on: making the pending result forgets an interrupt that came before.
  Interruption interruption(session.connection());
  const auto late = timer_.watch(deadline, [&] { interruption.stop(Code::kQueryTimeout); });
  const auto unwanted = cancellation.watch([&] { interruption.stop(Code::kCancelled); });
  auto result = fetch(pending.get(), rows_max, take);
  if (!result && result.error().code == Code::kSourceUnavailable) {
    return interruption.explain(result.error());
  }
  return result;
}

/// How often the file may be replaced while it is opened.
constexpr int kOpeningsMax = 5;

}  // namespace

Result<std::unique_ptr<Source>> open_duckdb(const DuckDbOptions& options) {
  ASSIGN_OR_RETURN(SpillFolder spill, SpillFolder::make_below(options.temporary_directory));
  DuckDbOptions own = options;
  own.temporary_directory = spill.path();
  for (int opening = 0; opening < kOpeningsMax; ++opening) {
    std::string version = file_version(own.file);
    ASSIGN_OR_RETURN(LockedInstance instance, open_locked_instance(own));
    // Else the version could be that of one file and the rows those of another.
    if (file_version(own.file) != version) continue;
    return std::unique_ptr<Source>(
        std::make_unique<DuckDbSource>(std::move(spill), std::move(instance), std::move(version)));
  }
  return Error{Code::kSourceUnavailable, "The database file keeps changing."};
}

}  // namespace source
