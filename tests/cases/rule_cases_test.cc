// Runs every file of tests/cases/rules/: what the guard makes of it, and what DuckDB and, where it
// is installed, PostgreSQL answer.

#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/folder_test_support.h"
#include "rule_case.h"
#include "source/duckdb_test_support.h"
#include "source/fair_share.h"
#include "source/postgres_test_support.h"

namespace cases {
namespace {

const std::string kFolder = "tests/cases/rules/";

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".test") names.push_back(entry.path().stem());
  }
  std::ranges::sort(names);
  return names;
}

/// The table `orders` of orders.sql on both engines, opened as a customer's databases are.
struct OrdersDatabases {
  OrdersDatabases() {
    const std::string orders = base::read_whole_file(kFolder + "orders.sql");
    source::make_database(folder.path("orders.duckdb"), {orders});
    duckdb = source::open_duckdb(source::options_for(folder, "orders.duckdb")).value();
    server = source::TestPostgres::start();
    if (server == nullptr) return;
    server->run(orders + "GRANT SELECT ON orders TO reader");
    postgres = source::make_postgres_server(server->options(), share).value()->open("postgres");
  }

  source::TestFolder folder;
  std::unique_ptr<source::Source> duckdb;
  source::FairShare share{16, 16};
  std::unique_ptr<source::TestPostgres> server;
  std::unique_ptr<source::Source> postgres;
};

std::string normal_json(const std::string& text) {
  return base::render_json(base::parse_json(text).value());
}

std::string render_arguments(const std::vector<model::Value>& arguments) {
  base::json::array array;
  for (const model::Value& argument : arguments) array.push_back(model::render_value(argument));
  return base::render_json(array);
}

std::string run_on(source::Source& source, const guard::SealedQuery& query) {
  auto result = source.run(query, source::kGenerous, source::Cancellation());
  if (!result) return result.error().what + " " + result.error().detail;
  std::vector<std::vector<model::Cell>> columns;
  for (source::ResultColumn& column : result->columns) columns.push_back(std::move(column.cells));
  return render_cells(columns);
}

void expect_refusal(const RuleCase& rule_case, const base::Error& error) {
  std::string refusal(base::code_name(error.code));
  if (!error.field.empty()) refusal += " " + error.field;
  EXPECT_EQ(refusal, rule_case.sections.at("refusal"));
  for (const std::string absent : {"SELECT", "orders", "dbs_", "tbl_", "rul_", "amount"}) {
    EXPECT_THAT(error.what, ::testing::Not(::testing::HasSubstr(absent)));
  }
}

std::string without(std::string text, std::string_view part) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part)) {
    text.erase(at, part.size());
  }
  return text;
}

/// The statement of a SQL table stands on lines of its own.
std::string on_one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

void expect_statement(const RuleCase& rule_case, const guard::SealedQuery& sealed) {
  const sql::Statement& statement = sealed.statement();
  EXPECT_EQ(on_one_line(statement.text), rule_case.sections.at("sql"));
  EXPECT_EQ(render_arguments(statement.arguments), normal_json(rule_case.sections.at("arguments")));
  EXPECT_THAT(without(statement.text, "'infinity'"), ::testing::Not(::testing::HasSubstr("'")))
      << "a value stands in the text";
}

void expect_rows(const RuleCase& rule_case, const guard::SealedQuery& sealed,
                 source::Source& source) {
  EXPECT_EQ(run_on(source, sealed), normal_json(rule_case.sections.at("rows")));
}

using EngineAndName = std::tuple<model::DatabaseKind, std::string>;

class RuleCases : public ::testing::TestWithParam<EngineAndName> {
 protected:
  static void SetUpTestSuite() { orders_ = new OrdersDatabases; }
  /// Not at exit, when the engine's thread-local state is gone.
  static void TearDownTestSuite() { delete orders_; }

  static OrdersDatabases* orders_;
};

OrdersDatabases* RuleCases::orders_ = nullptr;

TEST_P(RuleCases, GiveTheirRowsOrTheirRefusal) {
  const auto& [kind, name] = GetParam();
  const bool on_postgres = kind == model::DatabaseKind::kPostgres;
  if (on_postgres) SKIP_WITHOUT_POSTGRES(orders_->postgres);
  RuleCase rule_case = read_rule_case(base::read_whole_file(kFolder + name + ".test"));
  model::Database& database = rule_case.databases.begin()->second;
  database.kind = kind;
  if (on_postgres) database.postgres = {"host", 1, "postgres", "", "user", "", {}};
  const bool refused = rule_case.sections.contains("refusal");
  if (rule_case.unsaved) {
    ASSERT_TRUE(refused) << rule_case.unsaved->field << " " << rule_case.unsaved->what;
    return expect_refusal(rule_case, *rule_case.unsaved);
  }
  const guard::Policies policies(auth::kTestOrganization, rule_case.tables, rule_case.databases,
                                 std::chrono::sys_days(std::chrono::days(20'000)));
  const auto sealed = guard::seal(rule_case.plan, rule_case.principal, policies);
  if (refused) {
    ASSERT_FALSE(sealed.ok()) << sealed->statement().text;
    return expect_refusal(rule_case, sealed.error());
  }
  if (on_postgres && rule_case.sections.contains("statement")) {
    ASSERT_FALSE(sealed.ok()) << "SQL tables are not offered on PostgreSQL";
    return;
  }
  ASSERT_TRUE(sealed.ok()) << sealed.error().what;
  if (!on_postgres) expect_statement(rule_case, *sealed);
  expect_rows(rule_case, *sealed, on_postgres ? *orders_->postgres : *orders_->duckdb);
}

std::string name_of(const ::testing::TestParamInfo<EngineAndName>& each) {
  const auto& [kind, name] = each.param;
  return std::string(model::database_kind_name(kind)) + "_" + name;
}

INSTANTIATE_TEST_SUITE_P(Files, RuleCases,
                         ::testing::Combine(::testing::Values(model::DatabaseKind::kDuckDb,
                                                              model::DatabaseKind::kPostgres),
                                            ::testing::ValuesIn(case_names())),
                         name_of);

TEST(RuleCaseFiles, AreAsManyRefusalsAsTheRulesNeed) {
  std::size_t refusals = 0;
  const std::vector<std::string> names = case_names();
  for (const std::string& name : names) {
    const std::string text = base::read_whole_file(kFolder + name + ".test");
    if (text.find("--- refusal") != std::string::npos) ++refusals;
  }
  EXPECT_GE(names.size(), 300U);
  EXPECT_GE(refusals, names.size() / 3);
}

}  // namespace
}  // namespace cases
