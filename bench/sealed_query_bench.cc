// What the guard costs in the database: each chart of Departures as sealed for Texas, against the
// same question with a hand-written WHERE, once with the state bound, as we bind it, and once with
// the state in the text, which spares the database planning at each run and fits one customer only.
// All are prepared once and run in turns, so that a slow moment of the machine meets each. Prints
// JSON with medians of processor time.

#include <algorithm>
#include <array>
#include <ctime>
#include <vector>

#include <fmt/format.h>

#include "catalog/dashboards.h"
#include "demo_world.h"
#include "guard/guard.h"
#include "query/chart_plan.h"
#include "query/sources.h"
#include "source/duckdb_instance.h"

namespace bench {
namespace {

constexpr std::size_t kRounds = 31;
constexpr std::int64_t kEngineMemoryBytes = std::int64_t{1} << 30;
const model::Value kState = std::string("TX");

/// `{}` stands for the state.
struct HandWritten {
  std::string_view chart;
  const char* text;
};
constexpr std::array<HandWritten, 8> kHandWritten = {{
    {"Number of flights", "SELECT count(*) FROM flights WHERE origin_state = {}"},
    {"Average delay", "SELECT avg(delay) FROM flights WHERE origin_state = {}"},
    {"Flights by month",
     "SELECT make_date(m // 12, m % 12 + 1, 1), n FROM ("
     "SELECT year(date) * 12 + month(date) - 1 AS m, count(*) AS n FROM flights "
     "WHERE origin_state = {} GROUP BY 1) ORDER BY 1 LIMIT 6"},
    {"Average delay by origin, top 10",
     "SELECT origin, avg(delay) FROM flights WHERE origin_state = {} "
     "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10"},
    {"Flights over 15 min late by state",
     "SELECT origin_state, count(*) FILTER (WHERE delay > 15) / count(*)::DOUBLE "
     "FROM flights WHERE origin_state = {} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 60"},
    {"Flights by hour of day",
     "SELECT hour(date), count(*) FROM flights WHERE origin_state = {} GROUP BY 1 ORDER BY 1"},
    {"Flights by distance (miles)",
     "SELECT b * 250.0::DOUBLE, n FROM ("
     "SELECT TRY_CAST(floor(distance / 250.0::DOUBLE) AS BIGINT) AS b, count(*) AS n FROM flights "
     "WHERE origin_state = {} GROUP BY 1) ORDER BY 1"},
    {"Top 10 routes",
     "SELECT origin, destination, count(*), avg(delay) FROM flights WHERE origin_state = {} "
     "GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 10"},
}};

std::string hand_written(const std::string& chart, std::string_view state) {
  const auto found = std::ranges::find(kHandWritten, chart, &HandWritten::chart);
  require(found != kHandWritten.end(), chart.c_str());
  return fmt::format(fmt::runtime(found->text), state);
}

/// Of this thread, on which an engine with one thread runs: another program's share does not count.
double processor_microseconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

class Query {
 public:
  Query(duckdb_connection connection, const std::string& text,
        const std::vector<model::Value>& values) {
    const auto prepared = duckdb_prepare(connection, text.c_str(), prepared_.address());
    require(prepared == DuckDBSuccess, "a query is not prepared");
    for (idx_t i = 0; i < values.size(); ++i) bind(i + 1, values[i]);
  }

  [[nodiscard]] double run_microseconds() { return run().first; }
  [[nodiscard]] std::string rows() {
    auto result = run().second;
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
  std::pair<double, source::ResultHandle> run() {
    source::ResultHandle result;
    const double start = processor_microseconds();
    const auto done = duckdb_execute_prepared(prepared_.get(), result.address());
    const double took = processor_microseconds() - start;
    require(done == DuckDBSuccess, duckdb_result_error(result.address()));
    return {took, std::move(result)};
  }
  source::PreparedHandle prepared_;
};

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

/// Microseconds of each, in the order of `queries`, after their rows were found equal.
std::array<double, 3> compare(const std::string& chart, std::array<Query, 3>& queries) {
  const std::string rows = queries.front().rows();
  require(!rows.empty(), chart.c_str());
  for (Query& query : queries) require(query.rows() == rows, chart.c_str());
  std::array<std::vector<double>, 3> times;
  for (std::size_t turn = 0; turn < kRounds * queries.size(); ++turn) {
    // Each goes first, second and third equally often.
    const std::size_t which = (turn + turn / queries.size()) % queries.size();
    times[which].push_back(queries[which].run_microseconds());
  }
  return {median(std::move(times[0])), median(std::move(times[1])), median(std::move(times[2]))};
}

void compare_all() {
  DemoWorld world;
  const auto& view = *world.view;
  const model::Principal principal = world.principal();
  const guard::Policies policies(world.organization, view.tables, view.databases, {});
  const auto& database = view.databases.begin()->second;
  const auto instance =
      must(source::open_locked_instance({query::database_path(world.directory, database.file),
                                         world.directory + "/spill", kEngineMemoryBytes, 1}));
  const auto connection = must(source::connect(instance));
  const auto charts = catalog::charts_of(principal, world.departures(), view);
  fmt::print("[\n");
  for (const model::Chart* chart : charts) {
    const auto plan = must(query::plan_chart(chart->spec, view.tables.at(chart->spec.table), {}));
    const auto sealed = must(guard::seal(plan.select, principal, policies));
    const sql::Statement& statement = sealed.statement();
    const auto handle = connection.get();
    std::array<Query, 3> queries{Query(handle, statement.text, statement.arguments),
                                 Query(handle, hand_written(chart->name, "$1"), {kState}),
                                 Query(handle, hand_written(chart->name, "'TX'"), {})};
    const auto [ours, bound, literal] = compare(chart->name, queries);
    fmt::print(R"({}{{"chart":"{}","sealed_us":{:.1f},"bound_us":{:.1f},"literal_us":{:.1f}}})",
               chart == charts.front() ? "" : ",\n", chart->name, ours, bound, literal);
  }
  fmt::print("]\n");
}

}  // namespace
}  // namespace bench

int main() { bench::compare_all(); }
