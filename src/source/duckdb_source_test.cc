#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/duckdb_sessions.h"
#include "source/duckdb_test_support.h"

namespace source {
namespace {

using base::Code;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::HasSubstr;
using ::testing::Not;

// Fails in the middle of its rows.
const std::string kCreateFaulty =
    "CREATE VIEW faulty AS SELECT CAST(CASE WHEN range = 3000000 THEN 'x' ELSE '1' END AS INTEGER) "
    "AS n FROM range(9000000)";
const std::string kInsertTyped =
    "INSERT INTO typed VALUES (true, -5, 0.5, 'it''s \"ü\"', '2001-01-31', '2001-01-31 13:14:15'), "
    "(false, 5, 1.5, '', '1969-12-31', '1969-12-31 23:59:59')";

class DuckDbSourceTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    shared_folder = new TestFolder;
    make_database(
        shared_folder->path("main.db"),
        {"CREATE TABLE numbers AS SELECT range AS n FROM range(100000)",
         "CREATE VIEW endless AS SELECT a.range AS n FROM range(1000000) a, range(1000000) b",
         kCreateFaulty, "CREATE VIEW long_texts AS SELECT repeat('x', 100000) AS n FROM range(700)",
         "CREATE TABLE typed (b BOOLEAN, i BIGINT, d DOUBLE, s VARCHAR, day DATE, t TIMESTAMP)",
         kInsertTyped});
    shared_source = open_duckdb(options_for(*shared_folder, "main.db")).value().release();
  }
  static void TearDownTestSuite() {
    delete shared_source;
    delete shared_folder;
  }

  static guard::SealedQuery sum_of(const std::string& table) {
    return seal_shared(table, {"n"},
                       {{{sql::call(sql::Function::kSum, {sql::column("n")}), "sum"}},
                        sql::TableReference{base::TableId("tbl_test")}});
  }
  static Code code_of(const base::Result<ResultSet>& result) {
    EXPECT_FALSE(result.ok());
    return result.error().code;
  }

  static TestFolder* shared_folder;
  static Source* shared_source;
};

TestFolder* DuckDbSourceTest::shared_folder = nullptr;
Source* DuckDbSourceTest::shared_source = nullptr;

TEST_F(DuckDbSourceTest, GivesTypedColumns) {
  const auto result = shared_source->run(seal_columns("numbers", {"n"}), kGenerous, Cancellation());
  ASSERT_TRUE(result.ok()) << result.error().detail;
  ASSERT_EQ(result->columns.size(), 1U);
  EXPECT_EQ(result->rows(), 100'000U);
  EXPECT_EQ(result->columns[0].name, "n");
  EXPECT_EQ(result->columns[0].type, model::ValueType::kInteger);
}

TEST_F(DuckDbSourceTest, BindsAnArgumentOfEachType) {
  const std::vector<std::pair<std::string, model::Value>> conditions = {
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
        shared_source->run(seal_shared("typed", {column}, plan), kGenerous, Cancellation());
    ASSERT_TRUE(result.ok()) << column << ": " << result.error().detail;
    ASSERT_EQ(result->rows(), 1U) << column;
    EXPECT_EQ(result->columns[0].cells[0], model::Cell(value)) << column;
    EXPECT_EQ(result->columns[1].cells[0], model::Cell(value)) << column;
  }
}

TEST_F(DuckDbSourceTest, RefusesTextThatIsNotUtf8) {
  sql::Select plan{{{sql::bound(model::Value("\xff\xfe")), "x"}},
                   sql::TableReference{base::TableId("tbl_test")}};
  EXPECT_EQ(
      code_of(shared_source->run(seal_shared("typed", {"s"}, plan), kGenerous, Cancellation())),
      Code::kSourceUnavailable);
}

TEST_F(DuckDbSourceTest, UsesOneStatementWithOtherArguments) {
  for (std::int64_t limit = 0; limit < 200; ++limit) {
    // 100 texts go round in the cache of prepared statements, which keeps fewer.
    sql::Select plan{{{sql::call(sql::Function::kCount, {}), "n" + std::to_string(limit % 100)}},
                     sql::TableReference{base::TableId("tbl_test")}};
    plan.where = sql::call(sql::Function::kLess, {sql::column("n"), sql::bound(limit)});
    const auto result =
        shared_source->run(seal_shared("numbers", {"n"}, plan), kGenerous, Cancellation());
    ASSERT_TRUE(result.ok()) << result.error().detail;
    EXPECT_EQ(result->columns[0].cells[0], model::Cell(limit));
  }
}

TEST_F(DuckDbSourceTest, RefusesMoreRowsThanAllowed) {
  const auto query = seal_columns("numbers", {"n"});
  EXPECT_TRUE(shared_source->run(query, {100'000, kGenerous.time_max}, Cancellation()).ok());
  EXPECT_EQ(code_of(shared_source->run(query, {99'999, kGenerous.time_max}, Cancellation())),
            Code::kQueryTooLarge);
}

TEST_F(DuckDbSourceTest, GivesUpEarlyOnAResultThatIsTooLarge) {
  const auto begin = steady_clock::now();
  const auto query = seal_columns("endless", {"n"});
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(code_of(shared_source->run(query, {10, kGenerous.time_max}, Cancellation())),
              Code::kQueryTooLarge);
  }
  EXPECT_LT(steady_clock::now() - begin, std::chrono::seconds(3));
  EXPECT_TRUE(shared_source->run(sum_of("numbers"), kGenerous, Cancellation()).ok());
}

TEST_F(DuckDbSourceTest, RefusesMoreTextThanAResultMayHold) {
  EXPECT_EQ(
      code_of(shared_source->run(seal_columns("long_texts", {"n"}), kGenerous, Cancellation())),
      Code::kQueryTooLarge);
}

TEST_F(DuckDbSourceTest, StopsAtTheTimeLimit) {
  for (const auto& query : {sum_of("endless"), seal_columns("endless", {"n"})}) {
    const auto begin = steady_clock::now();
    const Limits limits{std::int64_t{1} << 40, milliseconds(100)};
    EXPECT_EQ(code_of(shared_source->run(query, limits, Cancellation())), Code::kQueryTimeout);
    EXPECT_GE(steady_clock::now() - begin, milliseconds(90));
    EXPECT_LT(steady_clock::now() - begin, std::chrono::seconds(2));
  }
  EXPECT_EQ(code_of(shared_source->run(sum_of("endless"), {10, milliseconds(0)}, Cancellation())),
            Code::kQueryTimeout);
}

TEST_F(DuckDbSourceTest, StopsWhenCancelled) {
  Cancellation cancellation;
  const auto begin = steady_clock::now();
  std::thread other([&] {
    std::this_thread::sleep_for(milliseconds(50));
    cancellation.cancel();
  });
  EXPECT_EQ(code_of(shared_source->run(sum_of("endless"), kGenerous, cancellation)),
            Code::kCancelled);
  EXPECT_LT(steady_clock::now() - begin, std::chrono::seconds(2));
  other.join();
  EXPECT_EQ(code_of(shared_source->run(sum_of("endless"), kGenerous, cancellation)),
            Code::kCancelled);
  EXPECT_TRUE(shared_source->run(sum_of("numbers"), kGenerous, Cancellation()).ok());
}

TEST_F(DuckDbSourceTest, TellsNoDriverTextToTheCaller) {
  for (const auto& query :
       {seal_columns("faulty", {"n"}), seal_columns("no_such_table", {"n"}), sum_of("typed")}) {
    const auto result = shared_source->run(query, {1LL << 40, kGenerous.time_max}, Cancellation());
    ASSERT_EQ(code_of(result), Code::kSourceUnavailable);
    EXPECT_EQ(result.error().what, "The database could not answer.");
    EXPECT_THAT(result.error().detail, HasSubstr("Error"));
  }
}

TEST_F(DuckDbSourceTest, QueriesOverTheBoundWaitAndGiveUp) {
  Cancellation end_of_all;
  std::vector<std::thread> busy;
  for (std::size_t i = 0; i < kSessionsMax; ++i) {
    busy.emplace_back([&] { (void)shared_source->run(sum_of("endless"), kGenerous, end_of_all); });
  }
  std::this_thread::sleep_for(milliseconds(200));
  const auto query = sum_of("numbers");
  EXPECT_EQ(code_of(shared_source->run(query, {10, milliseconds(50)}, Cancellation())),
            Code::kQueryTimeout);
  Cancellation cancellation;
  std::thread other([&] {
    std::this_thread::sleep_for(milliseconds(50));
    cancellation.cancel();
  });
  EXPECT_EQ(code_of(shared_source->run(query, kGenerous, cancellation)), Code::kCancelled);
  other.join();
  std::thread release([&] {
    std::this_thread::sleep_for(milliseconds(50));
    end_of_all.cancel();
  });
  EXPECT_TRUE(shared_source->run(query, kGenerous, Cancellation()).ok());
  release.join();
  for (std::thread& thread : busy) thread.join();
}

TEST_F(DuckDbSourceTest, AnswersManyThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto query = sum_of("numbers");
      for (int turn = 0; turn < 20; ++turn) {
        const auto result = shared_source->run(query, kGenerous, Cancellation());
        ASSERT_TRUE(result.ok()) << result.error().detail;
        EXPECT_EQ(result->columns[0].cells[0], model::Cell(std::int64_t{4999950000}));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(DuckDbSource, ReportsADamagedBlock) {
  const TestFolder folder;
  make_database(folder.path("main.db"),
                {"CREATE TABLE t AS SELECT hash(range) AS n FROM range(1000000)"});
  {
    std::fstream file(folder.path("main.db"), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(1'000'000);
    file << std::string(4'000'000, 'x');
  }
  const auto source = open_duckdb(options_for(folder, "main.db"));
  ASSERT_TRUE(source.ok()) << source.error().detail;
  const auto result =
      (*source)->run(seal_columns("t", {"n"}), {1LL << 40, kGenerous.time_max}, Cancellation());
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, Code::kSourceUnavailable);
  EXPECT_THAT(result.error().what, Not(HasSubstr("main.db")));
}

TEST(DuckDbSource, RemovesItsSpillFolder) {
  const TestFolder folder;
  make_database(folder.path("main.db"), {"CREATE TABLE t AS SELECT 1 AS n"});
  {
    const auto source = open_duckdb(options_for(folder, "main.db"));
    ASSERT_TRUE(source.ok());
    EXPECT_FALSE(std::filesystem::is_empty(folder.path("spill")));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path("spill")));
}

}  // namespace
}  // namespace source
