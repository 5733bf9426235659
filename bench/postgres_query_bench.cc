// What the guard costs in PostgreSQL: each chart of Departures as sealed for Texas, against the
// same question with a hand-written WHERE, on a server of its own that holds the demo's flights
// with an index on what the rule tests. Both are sent as the product sends them, in turns, so that
// a slow moment of the machine meets each. Prints JSON with medians of the time to the last row.

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "catalog/dashboards.h"
#include "demo_world.h"
#include "guard/guard.h"
#include "median.h"
#include "query/chart_plan.h"
#include "query/sources.h"
#include "source/duckdb_test_support.h"
#include "source/postgres_arguments.h"
#include "source/postgres_test_support.h"

namespace bench {
namespace {

constexpr std::size_t kRounds = 15;

struct HandWritten {
  std::string_view chart;
  std::string_view text;
};
constexpr std::array<HandWritten, 8> kHandWritten = {{
    {"Number of flights", "SELECT count(*) FROM flights WHERE origin_state = $1"},
    {"Average delay", "SELECT avg(delay)::float8 FROM flights WHERE origin_state = $1"},
    {"Flights by month",
     "SELECT date_trunc('month', date)::date, count(*) FROM flights WHERE origin_state = $1 "
     "GROUP BY 1 ORDER BY 1 LIMIT 6"},
    {"Average delay by origin, top 10",
     "SELECT origin, avg(delay) FROM flights WHERE origin_state = $1 "
     "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10"},
    {"Flights over 15 min late by state",
     "SELECT origin_state, count(*) FILTER (WHERE delay > 15) / count(*)::float8 "
     "FROM flights WHERE origin_state = $1 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 60"},
    {"Flights by hour of day",
     "SELECT date_part('hour', date), count(*) FROM flights WHERE origin_state = $1 "
     "GROUP BY 1 ORDER BY 1"},
    {"Flights by distance (miles)",
     "SELECT floor(distance / 250.0::float8) * 250, count(*) FROM flights WHERE origin_state = $1 "
     "GROUP BY 1 ORDER BY 1"},
    {"Top 10 routes",
     "SELECT origin, destination, count(*), avg(delay) FROM flights WHERE origin_state = $1 "
     "GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 10"},
}};

sql::Statement hand_written(const std::string& chart) {
  const auto found = std::ranges::find(kHandWritten, chart, &HandWritten::chart);
  require(found != kHandWritten.end(), chart.c_str());
  return {std::string(found->text), {std::string("TX")}, sql::Dialect::kPostgres};
}

/// The flights of the demo's file, as a customer would keep them.
void copy_flights(const std::string& demo_file, source::TestPostgres& server) {
  const source::TestFolder folder;
  const std::string csv = folder.path("flights.csv");
  source::make_database(folder.path("copy.duckdb"),
                        {fmt::format("ATTACH '{}' AS demo (READ_ONLY)", demo_file),
                         fmt::format("COPY demo.flights TO '{}' (HEADER false)", csv)});
  // The server reads with the rights of its own user.
  std::filesystem::permissions(folder.path("."), std::filesystem::perms::others_exec,
                               std::filesystem::perm_options::add);
  server.run(
      fmt::format("CREATE TABLE flights (date timestamp, delay integer, distance integer,"
                  " origin text, origin_city text, origin_state text,"
                  " origin_latitude float8, origin_longitude float8,"
                  " destination text, destination_city text, destination_state text,"
                  " destination_latitude float8, destination_longitude float8);"
                  "COPY flights FROM '{}' (FORMAT csv);"
                  "CREATE INDEX ON flights (origin_state);"
                  "ANALYZE flights; GRANT SELECT ON flights TO reader",
                  csv));
}

struct Timed {
  double milliseconds;
  int rows;
};

Timed run(PGconn* connection, const sql::Statement& statement) {
  const auto start = std::chrono::steady_clock::now();
  const source::PostgresArguments arguments(statement.arguments);
  const source::PgResultHandle result(PQexecParams(
      connection, statement.text.c_str(), arguments.count(), arguments.types.data(),
      arguments.pointers.data(), arguments.lengths.data(), arguments.formats.data(), 0));
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  require(PQresultStatus(result.get()) == PGRES_TUPLES_OK, PQerrorMessage(connection));
  return {took.count(), PQntuples(result.get())};
}

/// Milliseconds of the sealed and of the hand-written statement.
std::array<double, 2> compare(PGconn* connection, const std::string& chart,
                              const sql::Statement& sealed) {
  const sql::Statement by_hand = hand_written(chart);
  require(run(connection, sealed).rows == run(connection, by_hand).rows, chart.c_str());
  std::array<std::vector<double>, 2> times;
  for (std::size_t round = 0; round < kRounds; ++round) {
    const bool sealed_first = round % 2 == 0;
    for (const bool first : {true, false}) {
      const bool ours = first == sealed_first;
      times[ours ? 0 : 1].push_back(run(connection, ours ? sealed : by_hand).milliseconds);
    }
  }
  return {median(std::move(times[0])), median(std::move(times[1]))};
}

void compare_all(source::TestPostgres& server) {
  DemoWorld world;
  const auto& view = *world.view;
  const model::Principal principal = world.principal();
  guard::Policies::Databases databases = view.databases;
  model::Database& database = databases.begin()->second;
  copy_flights(query::database_path(world.directory, database.file), server);
  database.kind = model::DatabaseKind::kPostgres;
  database.postgres = {"127.0.0.1", server.port(), "postgres", "", "reader", "", {}};
  const guard::Policies policies(world.organization, view.tables, databases, {});
  const auto connection = server.connect("postgres");
  source::PgResultHandle(PQexec(connection.get(), "SET max_parallel_workers_per_gather = 0"));
  const auto charts = catalog::charts_of(principal, world.departures(), view);
  fmt::print("[\n");
  for (const model::Chart* chart : charts) {
    const auto plan =
        must(query::plan_chart(chart->spec, view.tables.at(chart->spec.table), {}, {}));
    const auto sealed = must(guard::seal(plan.select, principal, policies));
    const auto [ours, by_hand] = compare(connection.get(), chart->name, sealed.statement());
    fmt::print(R"({}{{"chart":"{}","sealed_ms":{:.2f},"by_hand_ms":{:.2f}}})",
               chart == charts.front() ? "" : ",\n", chart->name, ours, by_hand);
  }
  fmt::print("]\n");
}

}  // namespace
}  // namespace bench

int main() {
  const auto server = source::TestPostgres::start();
  bench::require(server != nullptr, "PostgreSQL is not installed: apt-get install postgresql-15");
  bench::compare_all(*server);
}
