// What the guard costs in the database: each chart of Departures as sealed for Texas, against the
// same question with a hand-written WHERE, once with the state bound, as we bind it, and once with
// the state in the text, which spares the database planning at each run and fits one customer only.
// All are prepared once and run in turns, so that a slow moment of the machine meets each. Prints
// JSON with medians of processor time.
//
// With an argument N, each flight is there N times, in a file that is made for it and removed.

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "catalog/dashboards.h"
#include "demo_world.h"
#include "engine_query.h"
#include "guard/guard.h"
#include "median.h"
#include "query/chart_plan.h"
#include "query/sources.h"
#include "source/duckdb_instance.h"

namespace bench {
namespace {

constexpr std::size_t kRounds = 31;
constexpr std::size_t kRoundsOfCopies = 5;
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

/// A statement with the values that it runs with.
class Query {
 public:
  Query(duckdb_connection connection, const std::string& text, std::vector<model::Value> values)
      : query_(connection, text), values_(std::move(values)) {}
  [[nodiscard]] double run_microseconds() { return query_.run_microseconds(values_); }
  [[nodiscard]] std::string rows() { return query_.rows(values_); }

 private:
  EngineQuery query_;
  std::vector<model::Value> values_;
};

/// Microseconds of each, in the order of `queries`, after their rows were found equal.
std::array<double, 3> compare(const std::string& chart, std::array<Query, 3>& queries,
                              std::size_t rounds) {
  const std::string rows = queries.front().rows();
  require(!rows.empty(), chart.c_str());
  for (Query& query : queries) require(query.rows() == rows, chart.c_str());
  std::array<std::vector<double>, 3> times;
  for (std::size_t turn = 0; turn < rounds * queries.size(); ++turn) {
    // Each goes first, second and third equally often.
    const std::size_t which = (turn + turn / queries.size()) % queries.size();
    times[which].push_back(queries[which].run_microseconds());
  }
  return {median(std::move(times[0])), median(std::move(times[1])), median(std::move(times[2]))};
}

/// The flights of `demo_file`, each `copies` times, in the order of the demo; gone with this.
class Copies {
 public:
  Copies(const std::string& demo_file, int copies) : file_(demo_file + ".copies") {
    std::filesystem::remove(file_);
    const auto instance = must(source::open_instance(":memory:", {{"memory_limit", "1GiB"}}));
    const auto connection = must(source::connect(instance));
    for (const std::string& text :
         {fmt::format("ATTACH '{}' AS old (READ_ONLY)", demo_file),
          fmt::format("ATTACH '{}' AS new", file_),
          fmt::format("CREATE TABLE new.flights AS SELECT * EXCLUDE copy FROM"
                      " (SELECT *, unnest(range({})) AS copy FROM old.flights)",
                      copies),
          std::string("DETACH new")}) {
      source::ResultHandle result;
      const auto done = duckdb_query(connection.get(), text.c_str(), result.address());
      require(done == DuckDBSuccess, duckdb_result_error(result.address()));
    }
  }
  Copies(const Copies&) = delete;
  Copies& operator=(const Copies&) = delete;
  ~Copies() {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
  }
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  std::string file_;
};

void compare_all(int copies) {
  DemoWorld world;
  const auto& view = *world.view;
  const model::Principal principal = world.principal();
  const guard::Policies policies(world.organization, view.tables, view.databases, {});
  const auto& database = view.databases.begin()->second;
  std::string file = query::database_path(world.directory, database.file);
  std::optional<Copies> many;
  if (copies > 1) file = many.emplace(file, copies).file();
  const auto instance =
      must(source::open_locked_instance({file, world.directory + "/spill", kEngineMemoryBytes, 1}));
  const auto connection = must(source::connect(instance.database));
  const auto charts = catalog::charts_of(principal, world.departures(), view);
  fmt::print("[\n");
  for (const model::Chart* chart : charts) {
    const auto plan =
        must(query::plan_chart(chart->spec, view.tables.at(chart->spec.table), {}, {}));
    const auto sealed = must(guard::seal(plan.select, principal, policies));
    const sql::Statement& statement = sealed.statement();
    const auto handle = connection.get();
    std::array<Query, 3> queries{Query(handle, statement.text, statement.arguments),
                                 Query(handle, hand_written(chart->name, "$1"), {kState}),
                                 Query(handle, hand_written(chart->name, "'TX'"), {})};
    const auto [ours, bound, literal] =
        compare(chart->name, queries, copies > 1 ? kRoundsOfCopies : kRounds);
    fmt::print(R"({}{{"chart":"{}","sealed_us":{:.1f},"bound_us":{:.1f},"literal_us":{:.1f}}})",
               chart == charts.front() ? "" : ",\n", chart->name, ours, bound, literal);
  }
  fmt::print("]\n");
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  int copies = 1;
  if (argc > 1) {
    const std::string_view text = argv[1];
    const auto read = std::from_chars(text.data(), text.data() + text.size(), copies);
    bench::require(read.ec == std::errc() && copies > 0, "the argument is a number of copies");
  }
  bench::compare_all(copies);
}
