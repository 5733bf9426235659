// What the order of stored rows is worth: all charts of Departures, each tenant in turn in random
// order, on the engine alone, with the flights stored in several ways. The way in which we store
// them is the bound for what the server makes of it. Every answer is the same in all ways before
// its time counts. Prints JSON: the processor time of a dashboard, the mean of all tenants.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include <fmt/format.h>

#include "catalog/dashboards.h"
#include "catalog/rule_columns.h"
#include "demo_world.h"
#include "engine_query.h"
#include "guard/guard.h"
#include "query/chart_plan.h"
#include "query/sources.h"
#include "source/duckdb_instance.h"
#include "source/table_layout.h"

namespace bench {
namespace {

constexpr std::size_t kRounds = 5;
constexpr std::size_t kTenants = 50;
constexpr std::int64_t kEngineMemoryBytes = std::int64_t{1} << 30;

struct Way {
  std::string name;
  std::string order;
  std::int64_t row_group_rows;
};
/// The first is as the rows came, the second as we store them.
const std::vector<Way>& ways() {
  static const std::vector<Way> all = {
      {"as they came", "ORDER BY date, origin, destination, distance", 122'880},
      {"sorted", "ORDER BY origin_state, date", 122'880},
      {"sorted", "ORDER BY origin_state, date", 61'440},
      {"sorted", "ORDER BY origin_state, date", 30'720},
      {"sorted", "ORDER BY origin_state, date", 10'240}};
  return all;
}

void run_plain(const source::ConnectionHandle& connection, const std::string& text) {
  source::ResultHandle result;
  const auto done = duckdb_query(connection.get(), text.c_str(), result.address());
  require(done == DuckDBSuccess, duckdb_result_error(result.address()));
}

/// The flights of the demo's file stored in another way.
void store(const std::string& demo_file, const Way& way, const std::string& file) {
  const auto instance = must(source::open_instance(":memory:", {{"memory_limit", "1GiB"}}));
  const auto connection = must(source::connect(instance));
  run_plain(connection, fmt::format("ATTACH '{}' AS old (READ_ONLY)", demo_file));
  run_plain(connection,
            fmt::format("ATTACH '{}' AS new (ROW_GROUP_SIZE {})", file, way.row_group_rows));
  run_plain(connection, fmt::format("CREATE TABLE new.flights AS FROM old.flights {}", way.order));
  run_plain(connection, "DETACH new");
}

/// One file, with the statements of the dashboard prepared.
struct Stored {
  Stored(const Way& how, std::string where, const std::vector<std::string>& statements)
      : way(how),
        file(std::move(where)),
        instance(
            must(source::open_locked_instance({file, file + "-spill", kEngineMemoryBytes, 1}))),
        connection(must(source::connect(instance.database))) {
    for (const std::string& statement : statements) {
      queries.emplace_back(connection.get(), statement);
    }
  }

  Way way;
  std::string file;
  source::LockedInstance instance;
  source::ConnectionHandle connection;
  std::vector<EngineQuery> queries;
  double microseconds = 0;
};

using Dashboard = std::vector<sql::Statement>;

/// What the guard makes of the charts for one tenant.
Dashboard seal_for(DemoWorld& world, const std::string& state) {
  const std::string body = fmt::format(
      R"({{"user":{{"distinctId":"{0}","attributes":{{"state":"{0}"}}}},"expiresIn":"1h"}})",
      state);
  const std::string token = must(world.mint.mint(world.api_key.key, body)).token;
  const model::Principal principal = must(world.verifier.verify(token, std::nullopt));
  const auto& view = *world.view;
  const guard::Policies policies(world.organization, view.tables, view.databases, {});
  Dashboard dashboard;
  for (const model::Chart* chart : catalog::charts_of(principal, world.departures(), view)) {
    const auto plan =
        must(query::plan_chart(chart->spec, view.tables.at(chart->spec.table), {}, {}));
    dashboard.push_back(must(guard::seal(plan.select, principal, policies)).statement());
  }
  require(dashboard.size() == 8, "Departures has eight charts");
  return dashboard;
}

std::vector<std::string> find_states(const std::string& demo_file) {
  const auto instance = must(source::open_instance(demo_file, {{"access_mode", "READ_ONLY"}}));
  const auto connection = must(source::connect(instance));
  EngineQuery query(connection.get(),
                    "SELECT origin_state FROM flights WHERE origin_state IS NOT NULL"
                    " GROUP BY 1 ORDER BY 1");
  std::vector<std::string> states;
  std::string state;
  for (const char c : query.rows({})) {
    if (c == '\t') states.push_back(std::exchange(state, ""));
    if (c != '\t' && c != '\n') state += c;
  }
  require(states.size() >= kTenants, "there are fifty states");
  states.resize(kTenants);
  return states;
}

void require_same_answers(std::vector<Stored>& stored, const std::vector<Dashboard>& tenants) {
  for (const Dashboard& dashboard : tenants) {
    for (std::size_t i = 0; i < dashboard.size(); ++i) {
      const std::string rows = stored.front().queries[i].rows(dashboard[i].arguments);
      require(!rows.empty(), "a chart has rows");
      for (Stored& other : stored) {
        require(other.queries[i].rows(dashboard[i].arguments) == rows, "another order, other rows");
      }
    }
  }
}

void measure(std::vector<Stored>& stored, std::vector<Dashboard> tenants) {
  std::mt19937 random(4711);  // NOLINT(cert-msc51-cpp): the same order at each run
  for (std::size_t round = 0; round < kRounds; ++round) {
    std::ranges::shuffle(tenants, random);
    for (const Dashboard& dashboard : tenants) {
      for (Stored& each : stored) {
        for (std::size_t i = 0; i < dashboard.size(); ++i) {
          each.microseconds += each.queries[i].run_microseconds(dashboard[i].arguments);
        }
      }
    }
  }
  for (Stored& each : stored) each.microseconds /= static_cast<double>(kRounds * tenants.size());
}

void compare_ways() {
  DemoWorld world;
  const auto& database = world.view->databases.begin()->second;
  const std::string demo_file = query::database_path(world.directory, database.file);
  const std::string folder = world.directory + "/layouts";
  std::filesystem::create_directory(folder);
  std::vector<Dashboard> tenants;
  for (const std::string& state : find_states(demo_file)) tenants.push_back(seal_for(world, state));
  std::vector<std::string> statements;
  for (const sql::Statement& statement : tenants.front()) statements.push_back(statement.text);
  std::vector<Stored> stored;
  for (const Way& way : ways()) {
    const std::string file = fmt::format("{}/{}.duckdb", folder, stored.size());
    store(demo_file, way, file);
    stored.emplace_back(way, file, statements);
  }
  require_same_answers(stored, tenants);
  measure(stored, std::move(tenants));
  fmt::print("[\n");
  for (const Stored& each : stored) {
    fmt::print(R"({}{{"way":"{}","row_group_rows":{},"bytes":{},"dashboard_us":{:.1f}}})",
               &each == stored.data() ? "" : ",\n", each.way.name, each.way.row_group_rows,
               std::filesystem::file_size(each.file), each.microseconds);
  }
  fmt::print("]\n");
  stored.clear();
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace bench

int main() { bench::compare_ways(); }
