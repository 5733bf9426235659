#pragma once

// A prepared statement of the engine with its processor time. For bench/ only.

#include <ctime>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "demo_world.h"
#include "model/value.h"
#include "source/duckdb_handles.h"

namespace bench {

/// Of this thread, on which an engine with one thread runs: another program's share does not count.
inline double processor_microseconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

class EngineQuery {
 public:
  EngineQuery(duckdb_connection connection, const std::string& text) {
    const auto prepared = duckdb_prepare(connection, text.c_str(), prepared_.address());
    require(prepared == DuckDBSuccess, "a query is not prepared");
  }

  /// With binding, until the last row is there.
  [[nodiscard]] double run_microseconds(const std::vector<model::Value>& values) {
    return run(values).first;
  }
  [[nodiscard]] std::string rows(const std::vector<model::Value>& values) {
    auto result = run(values).second;
    std::string text;
    for (idx_t row = 0; row < duckdb_row_count(result.address()); ++row) {
      for (idx_t column = 0; column < duckdb_column_count(result.address()); ++column) {
        const source::TextHandle cell(duckdb_value_varchar(result.address(), column, row));
        text += fmt::format("{}\t", cell.get() == nullptr ? "NULL" : cell.get());
      }
      text += '\n';
    }
    return text;
  }

 private:
  void bind(idx_t place, const model::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      duckdb_bind_varchar_length(prepared_.get(), place, text->data(), text->size());
    } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
      duckdb_bind_int64(prepared_.get(), place, *whole);
    } else {
      duckdb_bind_double(prepared_.get(), place, std::get<double>(value));
    }
  }
  std::pair<double, source::ResultHandle> run(const std::vector<model::Value>& values) {
    source::ResultHandle result;
    const double start = processor_microseconds();
    for (idx_t i = 0; i < values.size(); ++i) bind(i + 1, values[i]);
    const auto done = duckdb_execute_prepared(prepared_.get(), result.address());
    const double took = processor_microseconds() - start;
    require(done == DuckDBSuccess, duckdb_result_error(result.address()));
    return {took, std::move(result)};
  }
  source::PreparedHandle prepared_;
};

}  // namespace bench
