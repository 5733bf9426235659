// What every source does alike: each test runs on DuckDB and, where it is installed, on a
// PostgreSQL server that the tests start.

#include <algorithm>
#include <chrono>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/duckdb_test_support.h"
#include "source/fair_share.h"
#include "source/postgres_test_support.h"
#include "source/sealed_test_support.h"

namespace source {
namespace {

using base::Code;
using model::Cell;
using model::DatabaseKind;
using model::Value;
using model::ValueType;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::size_t kConnections = 16;

// Read by both engines, but for the tables of many rows.
const std::vector<std::string> kCommon = {
    "CREATE TABLE typed (b BOOLEAN, i BIGINT, d DOUBLE PRECISION, s VARCHAR, day DATE, t "
    "TIMESTAMP)",
    "INSERT INTO typed VALUES (true, -5, 0.5, 'it''s \"ü\"', '2001-01-31', '2001-01-31 13:14:15'), "
    "(false, 5, 1.5, '', '1969-12-31', '1969-12-31 23:59:59')",
    "CREATE TABLE kinds (n INTEGER, small SMALLINT, big BIGINT, whole BIGINT, exact DECIMAL(18, 3),"
    " single REAL, num DOUBLE PRECISION, truth BOOLEAN, words VARCHAR, id UUID, day DATE,"
    " moment TIMESTAMP, zoned TIMESTAMP WITH TIME ZONE, clock TIME)",
    "INSERT INTO kinds VALUES"
    " (1, 1, 1, 9223372036854775807, 0.001, 0.5, 0.1, true, 'x', "
    "'0B4E2F5C-0000-4000-8000-00000000000a', '0001-01-01', '1969-12-31 23:59:58.999',"
    " '2001-01-31 13:14:15+05', '13:14:15'),"
    " (2, -1, -9223372036854775807, 1, -123456789012.125, -0.25, CAST('NaN' AS DOUBLE "
    "PRECISION),"
    " false, '', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '9999-12-31', '9999-12-31 23:59:59',"
    " '1970-01-01 00:00:00+00', '00:00:00'),"
    " (3, 0, 0, 0, 0, 0, CAST('Infinity' AS DOUBLE PRECISION), NULL, 'it''s', NULL, 'infinity',"
    " 'infinity', 'infinity', NULL),"
    " (4, NULL, NULL, NULL, NULL, NULL, CAST('-Infinity' AS DOUBLE PRECISION), NULL, NULL, NULL,"
    " '-infinity', '-infinity', '-infinity', NULL),"
    " (5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
    "CREATE TABLE texts (n INTEGER, s VARCHAR)",
};
const std::vector<std::string> kDuckDb = {
    "CREATE TABLE numbers AS SELECT range AS n FROM range(100000)",
    "CREATE VIEW endless AS SELECT a.range AS n FROM range(1000000) a, range(1000000) b",
    // Fails in the middle of its rows.
    "CREATE VIEW faulty AS SELECT CAST(CASE WHEN range = 300000 THEN 'x' ELSE '1' END AS INTEGER) "
    "AS n FROM range(900000)",
    "CREATE VIEW long_texts AS SELECT repeat('x', 100000) AS n FROM range(700)",
};
const std::vector<std::string> kPostgres = {
    "CREATE TABLE numbers AS SELECT n FROM generate_series(0::bigint, 99999) AS n",
    "CREATE VIEW endless AS SELECT a AS n FROM generate_series(1, 1000000) a, "
    "generate_series(1, 1000000) b",
    "CREATE VIEW faulty AS SELECT CAST(CASE WHEN n = 300000 THEN 'canary' ELSE '1' END AS INTEGER) "
    "AS n FROM generate_series(1, 900000) AS n",
    "CREATE VIEW long_texts AS SELECT repeat('x', 100000) AS n FROM generate_series(1, 700)",
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader",
};

/// Both engines with the same tables.
struct Engines {
  Engines() {
    std::vector<std::string> statements = kCommon;
    statements.insert(statements.end(), kDuckDb.begin(), kDuckDb.end());
    make_database(folder.path("main.db"), statements);
    duckdb = open_duckdb(options_for(folder, "main.db")).value();
    server = TestPostgres::start();
    if (server == nullptr) return;
    for (const auto* list : {&kCommon, &kPostgres}) {
      for (const std::string& statement : *list) server->run(statement);
    }
    postgres_server = make_postgres_server(server->options(), share).value();
    postgres = postgres_server->open("postgres");
  }

  TestFolder folder;
  std::unique_ptr<Source> duckdb;
  FairShare share{kConnections, kConnections};
  std::unique_ptr<TestPostgres> server;
  std::unique_ptr<PostgresServer> postgres_server;
  std::unique_ptr<Source> postgres;
};

class SourceConformance : public ::testing::TestWithParam<DatabaseKind> {
 protected:
  static void SetUpTestSuite() { engines_ = new Engines; }
  static void TearDownTestSuite() { delete engines_; }
  void SetUp() override {
    if (GetParam() == DatabaseKind::kPostgres) SKIP_WITHOUT_POSTGRES(engines_->postgres);
  }

  static Source& source() {
    return GetParam() == DatabaseKind::kPostgres ? *engines_->postgres : *engines_->duckdb;
  }
  static TestTable table(const std::string& name,
                         std::vector<std::pair<std::string, ValueType>> columns) {
    return {name, std::move(columns), GetParam()};
  }
  static TestTable numbers(const std::string& name) {
    return table(name, {{"n", ValueType::kInteger}});
  }
  static guard::SealedQuery sum_of(const std::string& name) {
    return seal_shared(numbers(name),
                       {{{sql::call(sql::Function::kSum, {sql::column("n")}), "sum"}},
                        sql::TableReference{base::TableId("tbl_test")}});
  }
  static Code code_of(const base::Result<ResultSet>& result) {
    EXPECT_FALSE(result.ok());
    return result.ok() ? Code::kInternal : result.error().code;
  }
  static std::vector<Cell> cells_of(const std::string& column, ValueType type) {
    sql::Select plan{{{sql::column("n"), "n"}, {sql::column(column), "x"}},
                     sql::TableReference{base::TableId("tbl_test")}};
    plan.order_by = {{0, false}};
    const auto result = source().run(
        seal_shared(table("kinds", {{"n", ValueType::kInteger}, {column, type}}), plan), kGenerous,
        Cancellation());
    EXPECT_TRUE(result.ok()) << column << ": " << result.error().detail;
    if (!result) return {};
    EXPECT_EQ(result->columns[1].type, type) << column;
    return result->columns[1].cells;
  }

  static Engines* engines_;
};

Engines* SourceConformance::engines_ = nullptr;

TEST_P(SourceConformance, GivesTypedColumns) {
  const auto result = source().run(seal_all(numbers("numbers")), kGenerous, Cancellation());
  ASSERT_TRUE(result.ok()) << result.error().detail;
  ASSERT_EQ(result->columns.size(), 1U);
  EXPECT_EQ(result->rows(), 100'000U);
  EXPECT_EQ(result->columns[0].name, "n");
  EXPECT_EQ(result->columns[0].type, ValueType::kInteger);
}

constexpr std::int64_t kAnyRows = std::numeric_limits<std::int64_t>::max();

base::Result<base::Done> take_all(const ResultSet& /*batch*/) { return base::Done{}; }

TEST_P(SourceConformance, StreamsAllRowsInBatches) {
  const Limits few{100'000, kGenerous.time_max};
  std::int64_t next = 0;
  std::size_t largest = 0;
  std::vector<bool> seen(100'000);
  const auto streamed =
      source().stream(seal_all(numbers("numbers")), few, Cancellation(),
                      [&](const ResultSet& batch) -> base::Result<base::Done> {
                        EXPECT_EQ(batch.columns.at(0).name, "n");
                        EXPECT_EQ(batch.columns.at(0).type, ValueType::kInteger);
                        largest = std::max(largest, batch.rows());
                        for (const Cell& cell : batch.columns[0].cells) {
                          seen.at(static_cast<std::size_t>(std::get<std::int64_t>(*cell))) = true;
                          ++next;
                        }
                        return base::Done{};
                      });
  ASSERT_TRUE(streamed.ok()) << streamed.error().detail;
  EXPECT_EQ(next, 100'000);
  EXPECT_TRUE(std::ranges::all_of(seen, [](bool each) { return each; }));
  EXPECT_LE(largest, 4096U) << "not one batch";
}

TEST_P(SourceConformance, StreamsMoreTextThanOneResultHolds) {
  std::size_t bytes = 0;
  const auto streamed =
      source().stream(seal_all(table("long_texts", {{"n", ValueType::kString}})), kGenerous,
                      Cancellation(), [&](const ResultSet& batch) -> base::Result<base::Done> {
                        for (const Cell& cell : batch.columns.at(0).cells) {
                          bytes += std::get<std::string>(*cell).size();
                        }
                        return base::Done{};
                      });
  if (GetParam() == DatabaseKind::kDuckDb && !streamed) {
    EXPECT_EQ(streamed.error().code, Code::kQueryTooLarge) << "one chunk is over the bound";
    return;
  }
  ASSERT_TRUE(streamed.ok()) << streamed.error().detail;
  EXPECT_EQ(bytes, 70'000'000U);
}

TEST_P(SourceConformance, AStreamEndsWhereItsSinkRefusesAndTheSourceLivesOn) {
  int batches = 0;
  const auto refused =
      source().stream(seal_all(numbers("endless")), kGenerous, Cancellation(),
                      [&](const ResultSet&) -> base::Result<base::Done> {
                        if (++batches < 3) return base::Done{};
                        return base::Error{Code::kStorageFull, "The disk is full."};
                      });
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kStorageFull);
  EXPECT_EQ(batches, 3);
  const Cancellation cancellation;
  const auto cancelled = source().stream(seal_all(numbers("endless")), kGenerous, cancellation,
                                         [&](const ResultSet&) -> base::Result<base::Done> {
                                           cancellation.cancel();
                                           return base::Done{};
                                         });
  ASSERT_FALSE(cancelled.ok());
  EXPECT_EQ(cancelled.error().code, Code::kCancelled);
  const auto late = source().stream(seal_all(numbers("endless")), {kAnyRows, milliseconds(300)},
                                    Cancellation(), take_all);
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code, Code::kQueryTimeout);
  EXPECT_TRUE(source().run(seal_all(numbers("numbers")), kGenerous, Cancellation()).ok());
}

TEST_P(SourceConformance, AStreamTellsOfAFailureInTheMiddleOfItsRows) {
  const auto failed = source().stream(seal_all(numbers("faulty")), {kAnyRows, kGenerous.time_max},
                                      Cancellation(), take_all);
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().code, Code::kSourceUnavailable);
  EXPECT_THAT(failed.error().what, Not(HasSubstr("canary")));
}

TEST_P(SourceConformance, GivesColumnsWithoutRows) {
  const auto result = source().run(
      seal_all(table("texts", {{"n", ValueType::kInteger}, {"s", ValueType::kString}})), kGenerous,
      Cancellation());
  ASSERT_TRUE(result.ok()) << result.error().detail;
  ASSERT_EQ(result->columns.size(), 2U);
  EXPECT_EQ(result->rows(), 0U);
  EXPECT_EQ(result->columns[1].type, ValueType::kString);
}

TEST_P(SourceConformance, BindsAnArgumentOfEachType) {
  const std::vector<std::pair<std::string, Value>> conditions = {
      {"b", true},
      {"i", std::int64_t{-5}},
      {"d", 0.5},
      {"s", std::string("it's \"ü\"")},
      {"day", model::Date(std::chrono::days(11353))},
      {"t", model::Datetime(std::chrono::seconds(980946855))}};
  for (const auto& [column, value] : conditions) {
    sql::Select plan{{{sql::column(column), "x"}, {sql::bound(value), "y"}},
                     sql::TableReference{base::TableId("tbl_test")}};
    plan.where = sql::call(sql::Function::kEqual, {sql::column(column), sql::bound(value)});
    const auto result =
        source().run(seal_shared(table("typed", {{column, model::type_of(value)}}), plan),
                     kGenerous, Cancellation());
    ASSERT_TRUE(result.ok()) << column << ": " << result.error().detail;
    ASSERT_EQ(result->rows(), 1U) << column;
    EXPECT_EQ(result->columns[0].cells[0], Cell(value)) << column;
    EXPECT_EQ(result->columns[1].cells[0], Cell(value)) << column;
  }
}

TEST_P(SourceConformance, GivesBackEveryTextAsItWasBound) {
  for (const std::string& text :
       {std::string("'; DROP TABLE typed; --"), std::string("$1 %s \\ \" ''"), std::string("🦜"),
        std::string("\u202eParis"), std::string("a\nb\tc\x01"), std::string(1 << 20, 'x')}) {
    sql::Select plan{{{sql::bound(text), "x"}}, sql::TableReference{base::TableId("tbl_test")}};
    plan.limit_rows = 1;
    const auto result =
        source().run(seal_shared(numbers("numbers"), plan), kGenerous, Cancellation());
    ASSERT_TRUE(result.ok()) << result.error().detail;
    EXPECT_EQ(result->columns[0].cells.at(0), Cell(text));
  }
}

TEST_P(SourceConformance, RefusesTextThatIsNotUtf8) {
  sql::Select plan{{{sql::bound(Value("\xff\xfe")), "x"}},
                   sql::TableReference{base::TableId("tbl_test")}};
  EXPECT_EQ(code_of(source().run(seal_shared(numbers("numbers"), plan), kGenerous, Cancellation())),
            Code::kSourceUnavailable);
}

TEST_P(SourceConformance, DecodesEveryType) {
  using namespace std::chrono;  // NOLINT(google-build-using-namespace): dates
  const Cell null;
  EXPECT_THAT(cells_of("small", ValueType::kInteger),
              ::testing::ElementsAre(Cell(1L), Cell(-1L), Cell(0L), null, null));
  EXPECT_THAT(cells_of("big", ValueType::kInteger),
              ::testing::ElementsAre(Cell(1L), Cell(-9223372036854775807L), Cell(0L), null, null));
  EXPECT_THAT(cells_of("exact", ValueType::kNumeric),
              ::testing::ElementsAre(Cell(0.001), Cell(-123456789012.125), Cell(0.0), null, null));
  EXPECT_THAT(cells_of("single", ValueType::kNumeric),
              ::testing::ElementsAre(Cell(0.5), Cell(-0.25), Cell(0.0), null, null));
  EXPECT_THAT(cells_of("num", ValueType::kNumeric),
              ::testing::ElementsAre(Cell(0.1), null, null, null, null));
  EXPECT_THAT(cells_of("truth", ValueType::kBoolean),
              ::testing::ElementsAre(Cell(true), Cell(false), null, null, null));
  EXPECT_THAT(cells_of("words", ValueType::kString),
              ::testing::ElementsAre(Cell("x"), Cell(""), Cell("it's"), null, null));
  EXPECT_THAT(
      cells_of("id", ValueType::kString),
      ::testing::ElementsAre(Cell("0b4e2f5c-0000-4000-8000-00000000000a"),
                             Cell("ffffffff-ffff-ffff-ffff-ffffffffffff"), null, null, null));
  EXPECT_THAT(cells_of("day", ValueType::kDate),
              ::testing::ElementsAre(Cell(sys_days(year(1) / 1 / 1)),
                                     Cell(sys_days(year(9999) / 12 / 31)), null, null, null));
  EXPECT_THAT(cells_of("moment", ValueType::kDatetime),
              ::testing::ElementsAre(Cell(sys_seconds(seconds(-2))),
                                     Cell(sys_seconds(seconds(253402300799))), null, null, null));
  EXPECT_THAT(cells_of("zoned", ValueType::kDatetime),
              ::testing::ElementsAre(Cell(sys_seconds(seconds(980928855))),
                                     Cell(sys_seconds(seconds(0))), null, null, null));
  EXPECT_THAT(cells_of("clock", ValueType::kString),
              ::testing::ElementsAre(Cell("13:14:15"), Cell("00:00:00"), null, null, null));
}

TEST_P(SourceConformance, AWholeSumThatIsTooLargeIsANumber) {
  const auto sum = [](const std::string& column) {
    const auto result = source().run(
        seal_shared(table("kinds", {{column, ValueType::kInteger}}),
                    {{{sql::call(sql::Function::kWhole,
                                 {sql::call(sql::Function::kSum, {sql::column(column)})}),
                       "x"}},
                     sql::TableReference{base::TableId("tbl_test")}}),
        kGenerous, Cancellation());
    return result ? result->columns[0].cells.at(0) : Cell(result.error().detail);
  };
  EXPECT_EQ(sum("small"), Cell(0L));
  EXPECT_EQ(sum("big"), Cell(-9223372036854775806L));
  EXPECT_EQ(sum("whole"), Cell(9223372036854775808.0));
}

TEST_P(SourceConformance, GroupsByEveryGrain) {
  using sql::Function;
  using namespace std::chrono;  // NOLINT(google-build-using-namespace): dates
  const auto grouped = [](const std::string& column, ValueType type, Function key,
                          std::optional<Function> value) {
    sql::Expression x = sql::call(key, {sql::column(column)});
    if (value) x = sql::call(*value, {x});
    sql::Select plan{{{x, "x"}, {sql::call(Function::kCount, {}), "rows"}},
                     sql::TableReference{base::TableId("tbl_test")}};
    plan.group_by = {0};
    plan.order_by = {{0, false}};
    const auto result = source().run(seal_shared(table("kinds", {{column, type}}), plan), kGenerous,
                                     Cancellation());
    EXPECT_TRUE(result.ok()) << result.error().detail;
    return result ? result->columns[0].cells : std::vector<Cell>{};
  };
  const auto day = [](int y, int m, int d) { return Cell(sys_days(year(y) / m / d)); };
  EXPECT_THAT(grouped("day", ValueType::kDate, Function::kMonthNumber, Function::kMonthStart),
              ::testing::ElementsAre(day(1, 1, 1), day(9999, 12, 1), Cell()));
  EXPECT_THAT(
      grouped("moment", ValueType::kDatetime, Function::kMonthNumber, Function::kMonthStart),
      ::testing::ElementsAre(day(1969, 12, 1), day(9999, 12, 1), Cell()));
  EXPECT_THAT(grouped("day", ValueType::kDate, Function::kYearNumber, Function::kYearStart),
              ::testing::ElementsAre(day(1, 1, 1), day(9999, 1, 1), Cell()));
  EXPECT_THAT(grouped("zoned", ValueType::kDatetime, Function::kYearNumber, Function::kYearStart),
              ::testing::ElementsAre(day(1970, 1, 1), day(2001, 1, 1), Cell()));
  const auto at = [](std::int64_t second) { return Cell(sys_seconds(seconds(second))); };
  EXPECT_THAT(
      grouped("moment", ValueType::kDatetime, Function::kQuarterNumber, Function::kQuarterStart),
      ::testing::ElementsAre(day(1969, 10, 1), day(9999, 10, 1), Cell()));
  EXPECT_THAT(grouped("day", ValueType::kDate, Function::kWeekNumber, Function::kWeekStart),
              ::testing::ElementsAre(day(1, 1, 1), day(9999, 12, 27), Cell()));
  EXPECT_THAT(grouped("moment", ValueType::kDatetime, Function::kWeekNumber, Function::kWeekStart),
              ::testing::ElementsAre(day(1969, 12, 29), day(9999, 12, 27), Cell()));
  EXPECT_THAT(grouped("moment", ValueType::kDatetime, Function::kHourNumber, Function::kHourStart),
              ::testing::ElementsAre(at(-3600), at(253402297200), Cell()));
  EXPECT_THAT(grouped("zoned", ValueType::kDatetime, Function::kHourNumber, Function::kHourStart),
              ::testing::ElementsAre(at(0), at(980928000), Cell()));
  EXPECT_THAT(
      grouped("zoned", ValueType::kDatetime, Function::kMinuteNumber, Function::kMinuteStart),
      ::testing::ElementsAre(at(0), at(980928840), Cell()));
  EXPECT_THAT(grouped("moment", ValueType::kDatetime, Function::kDayOfWeek, std::nullopt),
              ::testing::ElementsAre(Cell(3L), Cell(5L), Cell()));
  EXPECT_THAT(grouped("day", ValueType::kDate, Function::kMonthOfYear, std::nullopt),
              ::testing::ElementsAre(Cell(1L), Cell(12L), Cell()));
  EXPECT_THAT(grouped("zoned", ValueType::kDatetime, Function::kHourOfDay, std::nullopt),
              ::testing::ElementsAre(Cell(0L), Cell(8L), Cell()));
  EXPECT_THAT(grouped("day", ValueType::kDate, Function::kHourOfDay, std::nullopt),
              ::testing::ElementsAre(Cell(0L), Cell()));
}

TEST_P(SourceConformance, FindsTextInWhateverCase) {
  const auto found = [](const std::string& text) {
    sql::Select plan{{{sql::column("s"), "s"}}, sql::TableReference{base::TableId("tbl_test")}};
    plan.where = sql::call(sql::Function::kContainsAnyCase, {sql::column("s"), sql::bound(text)});
    const auto result = source().run(seal_shared(table("typed", {{"s", ValueType::kString}}), plan),
                                     kGenerous, Cancellation());
    EXPECT_TRUE(result.ok()) << result.error().detail;
    return result ? result->rows() : 99;
  };
  EXPECT_EQ(found("IT'S"), 1U);
  EXPECT_EQ(found("Ü"), 1U);
  EXPECT_EQ(found("%"), 0U);
  EXPECT_EQ(found("_"), 0U);
}

TEST_P(SourceConformance, GathersWhatIsNotAmongTheLargest) {
  using sql::Function;
  const auto values = std::make_shared<const sql::Select>(
      sql::Select{{{sql::column("n"), "n"}},
                  sql::TableReference{base::TableId("tbl_test")},
                  nullptr,
                  {},
                  {{0, true}},
                  2});
  const sql::Expression kept = sql::among(sql::column("n"), values);
  sql::Select plan{{{sql::call(Function::kWhen, {kept, sql::column("n")}), "n"},
                    {sql::call(Function::kCount, {}), "rows"}},
                   sql::TableReference{base::TableId("tbl_test")}};
  plan.group_by = {0};
  const auto grouped = std::make_shared<const sql::Select>(plan);
  sql::Select shown{{{sql::column("n"), "n"}, {sql::column("rows"), "rows"}}, grouped};
  shown.last = sql::call(Function::kIsNotSet, {sql::column("n")});
  shown.order_by = {{1, true}, {0, false}};
  const auto result =
      source().run(seal_shared(numbers("numbers"), shown), kGenerous, Cancellation());
  ASSERT_TRUE(result.ok()) << result.error().detail;
  EXPECT_THAT(result->columns[0].cells,
              ::testing::ElementsAre(Cell(99'998L), Cell(99'999L), Cell()));
  EXPECT_THAT(result->columns[1].cells, ::testing::ElementsAre(Cell(1L), Cell(1L), Cell(99'998L)));
}

TEST_P(SourceConformance, PutsNumbersIntoBins) {
  using sql::Function;
  const sql::Expression width = sql::bound(0.5);
  for (const auto& [column, type] :
       {std::pair{"exact", ValueType::kNumeric}, std::pair{"single", ValueType::kNumeric},
        std::pair{"num", ValueType::kNumeric}, std::pair{"small", ValueType::kInteger}}) {
    sql::Select plan{
        {{sql::call(Function::kBinStart,
                    {sql::call(Function::kBinNumber, {sql::column(column), width}), width}),
          "x"}},
        sql::TableReference{base::TableId("tbl_test")}};
    plan.group_by = {0};
    plan.order_by = {{0, false}};
    const auto result = source().run(seal_shared(table("kinds", {{column, type}}), plan), kGenerous,
                                     Cancellation());
    ASSERT_TRUE(result.ok()) << column << ": " << result.error().detail;
    const std::map<std::string, std::vector<Cell>> expected = {
        {"exact", {Cell(-123456789012.5), Cell(0.0), Cell()}},
        {"single", {Cell(-0.5), Cell(0.0), Cell(0.5), Cell()}},
        {"num", {Cell(0.0), Cell()}},
        {"small", {Cell(-1.0), Cell(0.0), Cell(1.0), Cell()}}};
    EXPECT_EQ(result->columns[0].cells, expected.at(column)) << column;
  }
}

TEST_P(SourceConformance, UsesOneStatementWithOtherArguments) {
  for (std::int64_t limit = 0; limit < 200; ++limit) {
    // 100 texts go round in DuckDB's cache of prepared statements, which keeps fewer.
    sql::Select plan{{{sql::call(sql::Function::kCount, {}), "n" + std::to_string(limit % 100)}},
                     sql::TableReference{base::TableId("tbl_test")}};
    plan.where = sql::call(sql::Function::kLess, {sql::column("n"), sql::bound(limit)});
    const auto result =
        source().run(seal_shared(numbers("numbers"), plan), kGenerous, Cancellation());
    ASSERT_TRUE(result.ok()) << result.error().detail;
    EXPECT_EQ(result->columns[0].cells[0], Cell(limit));
  }
}

TEST_P(SourceConformance, RefusesMoreRowsThanAllowed) {
  const auto query = seal_all(numbers("numbers"));
  EXPECT_TRUE(source().run(query, {100'000, kGenerous.time_max}, Cancellation()).ok());
  EXPECT_EQ(code_of(source().run(query, {99'999, kGenerous.time_max}, Cancellation())),
            Code::kQueryTooLarge);
}

TEST_P(SourceConformance, GivesUpEarlyOnAResultThatIsTooLarge) {
  const auto begin = steady_clock::now();
  const auto query = seal_all(numbers("endless"));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(code_of(source().run(query, {10, kGenerous.time_max}, Cancellation())),
              Code::kQueryTooLarge);
  }
  EXPECT_LT(steady_clock::now() - begin, std::chrono::seconds(20));
  EXPECT_TRUE(source().run(sum_of("numbers"), kGenerous, Cancellation()).ok());
}

TEST_P(SourceConformance, RefusesMoreTextThanAResultMayHold) {
  EXPECT_EQ(code_of(source().run(seal_all(table("long_texts", {{"n", ValueType::kString}})),
                                 kGenerous, Cancellation())),
            Code::kQueryTooLarge);
}

TEST_P(SourceConformance, StopsAtTheTimeLimit) {
  for (const auto& query : {sum_of("endless"), seal_all(numbers("endless"))}) {
    const auto begin = steady_clock::now();
    const Limits limits{std::int64_t{1} << 40, milliseconds(200)};
    EXPECT_EQ(code_of(source().run(query, limits, Cancellation())), Code::kQueryTimeout);
    EXPECT_GE(steady_clock::now() - begin, milliseconds(180));
    EXPECT_LT(steady_clock::now() - begin, std::chrono::seconds(5));
  }
  EXPECT_EQ(code_of(source().run(sum_of("endless"), {10, milliseconds(0)}, Cancellation())),
            Code::kQueryTimeout);
}

TEST_P(SourceConformance, StopsWhenCancelled) {
  Cancellation cancellation;
  const auto begin = steady_clock::now();
  std::thread other([&] {
    std::this_thread::sleep_for(milliseconds(100));
    cancellation.cancel();
  });
  EXPECT_EQ(code_of(source().run(sum_of("endless"), kGenerous, cancellation)), Code::kCancelled);
  EXPECT_LT(steady_clock::now() - begin, std::chrono::seconds(5));
  other.join();
  EXPECT_EQ(code_of(source().run(sum_of("endless"), kGenerous, cancellation)), Code::kCancelled);
  EXPECT_TRUE(source().run(sum_of("numbers"), kGenerous, Cancellation()).ok());
}

TEST_P(SourceConformance, TellsNoDriverTextToTheCaller) {
  const auto text_sum = seal_shared(table("typed", {{"s", ValueType::kString}}),
                                    {{{sql::call(sql::Function::kSum, {sql::column("s")}), "sum"}},
                                     sql::TableReference{base::TableId("tbl_test")}});
  for (const auto& query :
       {seal_all(numbers("faulty")), seal_all(numbers("no_such_table")), text_sum}) {
    const auto result = source().run(query, {1LL << 40, kGenerous.time_max}, Cancellation());
    ASSERT_EQ(code_of(result), Code::kSourceUnavailable);
    EXPECT_EQ(result.error().what, "The database could not answer.");
    EXPECT_FALSE(result.error().detail.empty());
    EXPECT_THAT(result.error().detail, Not(HasSubstr("canary")));
  }
}

TEST_P(SourceConformance, QueriesOverTheBoundWaitAndGiveUp) {
  const Cancellation end_of_all;
  std::vector<std::thread> busy;
  for (std::size_t i = 0; i < kConnections; ++i) {
    busy.emplace_back([&] { (void)source().run(sum_of("endless"), kGenerous, end_of_all); });
  }
  std::this_thread::sleep_for(milliseconds(1500));
  const auto query = sum_of("numbers");
  EXPECT_EQ(code_of(source().run(query, {10, milliseconds(50)}, Cancellation())),
            Code::kQueryTimeout);
  const Cancellation cancellation;
  std::thread other([&] {
    std::this_thread::sleep_for(milliseconds(50));
    cancellation.cancel();
  });
  EXPECT_EQ(code_of(source().run(query, kGenerous, cancellation)), Code::kCancelled);
  other.join();
  std::thread release([&] {
    std::this_thread::sleep_for(milliseconds(50));
    end_of_all.cancel();
  });
  EXPECT_TRUE(source().run(query, kGenerous, Cancellation()).ok());
  release.join();
  for (std::thread& thread : busy) thread.join();
}

TEST_P(SourceConformance, AnswersManyThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto query = sum_of("numbers");
      for (int turn = 0; turn < 10; ++turn) {
        const auto result = source().run(query, kGenerous, Cancellation());
        ASSERT_TRUE(result.ok()) << result.error().detail;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_P(SourceConformance, ReadsTheSchema) {
  const auto schema = source().read_schema();
  ASSERT_TRUE(schema.ok()) << schema.error().detail;
  const auto typed = std::ranges::find(*schema, "typed", &SchemaTable::name);
  ASSERT_NE(typed, schema->end());
  std::vector<ValueType> types;
  for (const SchemaColumn& column : typed->columns) types.push_back(column.type);
  EXPECT_THAT(types,
              ::testing::ElementsAre(ValueType::kBoolean, ValueType::kInteger, ValueType::kNumeric,
                                     ValueType::kString, ValueType::kDate, ValueType::kDatetime));
  EXPECT_NE(std::ranges::find(*schema, "endless", &SchemaTable::name), schema->end());
  EXPECT_THAT(source().engine(),
              HasSubstr(GetParam() == DatabaseKind::kPostgres ? "PostgreSQL 1" : "DuckDB v"));
}

TEST_P(SourceConformance, RunsNoStatementOfTheOtherDialect) {
  TestTable other = numbers("numbers");
  other.kind =
      GetParam() == DatabaseKind::kPostgres ? DatabaseKind::kDuckDb : DatabaseKind::kPostgres;
  EXPECT_EQ(code_of(source().run(seal_all(other), kGenerous, Cancellation())),
            Code::kSourceUnavailable);
}

INSTANTIATE_TEST_SUITE_P(Engines, SourceConformance,
                         ::testing::Values(DatabaseKind::kDuckDb, DatabaseKind::kPostgres),
                         [](const auto& each) {
                           return std::string(model::database_kind_name(each.param));
                         });

}  // namespace
}  // namespace source
