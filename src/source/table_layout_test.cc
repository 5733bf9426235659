#include "source/table_layout.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/duckdb_test_support.h"
#include "source/unfinished_file.h"

namespace source {
namespace {

using base::Code;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

/// Of each city the same number of orders, in no order of cities; days from new to old.
const std::string kCreateOrders =
    "CREATE TABLE orders AS SELECT 'city ' || hash(range) % 50 AS city, range AS id,"
    " DATE '2020-01-01' + CAST((100000 - range) % 1000 AS INTEGER) AS day FROM range(600000)";
const std::vector<TableLayout> kByCity = {{"orders", {"city", "day"}}};
const std::string kSums =
    "SELECT concat_ws(' ', count(*), sum(id), sum(hash(city) % 99), min(day))"
    " FROM orders";

class TableLayoutTest : public ::testing::Test {
 protected:
  [[nodiscard]] DuckDbOptions options() const { return options_for(folder_, "shop.duckdb"); }
  void make(const std::vector<std::string>& statements) {
    make_database(folder_.path("shop.duckdb"), statements);
  }
  [[nodiscard]] std::string lay_out_by(const std::vector<TableLayout>& layouts) {
    const auto done = lay_out(options(), layouts, Cancellation());
    return done ? "" : std::string(base::code_name(done.error().code)) + done.error().detail;
  }
  [[nodiscard]] std::string answer(const std::string& statement) {
    return PlainConnection(folder_.path("shop.duckdb").c_str()).answer(statement);
  }
  /// Scans of `plan` over `columns`, as "table read/all".
  [[nodiscard]] static std::string scans_of(Source& source, const guard::SealedQuery& query) {
    const auto scans = source.measure_scans(query, kGenerous, Cancellation());
    if (!scans) return scans.error().detail;
    std::string text;
    for (const TableScan& scan : *scans) {
      text += scan.table + " " + std::to_string(scan.row_groups_read) + "/" +
              std::to_string(scan.row_groups);
    }
    return text;
  }
  [[nodiscard]] static guard::SealedQuery orders_of(const std::string& city) {
    sql::Select plan{{{sql::column("city"), "city"}}, sql::TableReference{base::TableId("-")}};
    plan.where = sql::call(sql::Function::kEqual, {sql::column("city"), sql::bound(city)});
    return seal_shared("orders", {"city"}, std::move(plan));
  }
  void expect_only_the_file() {
    EXPECT_THAT(folder_.names(), ::testing::IsSubsetOf({"shop.duckdb", "spill"}));
  }

  TestFolder folder_;
};

TEST_F(TableLayoutTest, RowsAreSortedAndOnlyTheRowGroupsOfOneCityAreRead) {
  make({kCreateOrders});
  const std::string before = answer(kSums);
  {
    const auto source = open_duckdb(options()).value();
    EXPECT_EQ(scans_of(*source, orders_of("city 7")), "orders 5/5");
  }
  EXPECT_EQ(lay_out_by(kByCity), "");
  EXPECT_EQ(answer(kSums), before);
  EXPECT_EQ(
      answer("SELECT count(*) FROM (SELECT city < lag(city) OVER r OR (city = lag(city) OVER r"
             " AND day < lag(day) OVER r) AS wrong FROM orders WINDOW r AS (ORDER BY rowid))"
             " WHERE wrong"),
      "0");
  const auto source = open_duckdb(options()).value();
  EXPECT_EQ(scans_of(*source, orders_of("city 0")), "orders 1/5");
  expect_only_the_file();
}

TEST_F(TableLayoutTest, AFileKnowsItsOrder) {
  make(
      {kCreateOrders, "CREATE TABLE other (n INTEGER)", "COMMENT ON TABLE other IS 'sorted by x'"});
  EXPECT_THAT(read_layouts(options()).value(), IsEmpty());
  EXPECT_EQ(lay_out_by(kByCity), "");
  EXPECT_EQ(read_layouts(options()).value(), kByCity);
  EXPECT_EQ(lay_out_by({{"orders", {"id"}}}), "");
  EXPECT_EQ(read_layouts(options()).value(), (std::vector<TableLayout>{{"orders", {"id"}}}));
}

TEST_F(TableLayoutTest, ReadersKeepTheFileThatTheyHaveOpen) {
  make({kCreateOrders});
  const auto reader = open_duckdb(options()).value();
  EXPECT_EQ(lay_out_by(kByCity), "");
  const auto later = open_duckdb(options()).value();
  EXPECT_NE(reader->version(), later->version());
  EXPECT_EQ(scans_of(*reader, orders_of("city 0")), "orders 5/5");
  EXPECT_EQ(
      reader->run(seal_columns("orders", {"city"}), {700'000, kGenerous.time_max}, Cancellation())
          .value()
          .rows(),
      600'000U);
}

TEST_F(TableLayoutTest, EverythingElseInTheFileStays) {
  make(
      {R"(CREATE TYPE mood AS ENUM ('glad', 'sad'))",
       R"(CREATE TABLE "we""ird; --" ("a ""b" INTEGER, m mood, parts STRUCT(x INTEGER)[], raw BLOB))",
       R"(INSERT INTO "we""ird; --" VALUES (2, 'sad', [{x: 1}], 'abc'), (NULL, 'glad', NULL, NULL),)"
       R"( (1, NULL, [], ''))",
       R"(CREATE VIEW seen AS SELECT * FROM "we""ird; --")", "CREATE SCHEMA archive",
       "CREATE TABLE archive.orders AS SELECT range AS n FROM range(10, 0, -1)",
       "CREATE TABLE unsorted AS SELECT range AS n FROM range(10, 0, -1)",
       "COMMENT ON TABLE unsorted IS 'it''s'"});
  EXPECT_EQ(lay_out_by({{"we\"ird; --", {"gone", "a \"b"}}, {"orders", {"n"}}, {"nowhere", {"n"}}}),
            "");
  EXPECT_EQ(
      answer(R"(SELECT string_agg(concat_ws(' ', "a ""b", m, parts, raw), '; ' ORDER BY rowid))"
             R"( FROM "we""ird; --")"),
      "1 [] ; 2 sad [{'x': 1}] abc; glad");
  EXPECT_EQ(answer("SELECT count(*) FROM seen"), "3");
  EXPECT_EQ(answer("SELECT string_agg(n, ' ' ORDER BY rowid) FROM archive.orders"),
            "10 9 8 7 6 5 4 3 2 1");
  EXPECT_EQ(answer("SELECT string_agg(n, ' ' ORDER BY rowid) FROM unsorted"),
            "10 9 8 7 6 5 4 3 2 1");
  EXPECT_EQ(answer("SELECT comment FROM duckdb_tables() WHERE table_name = 'unsorted'"), "it's");
  // A column that is not there is not looked for again at each start.
  EXPECT_EQ(read_layouts(options()).value().at(0).columns.at(0), "gone");
}

TEST_F(TableLayoutTest, LongTextsAreSortedInLittleMemory) {
  make(
      {"CREATE TABLE orders AS SELECT repeat(md5(CAST(range AS VARCHAR)), 8) AS city, range AS id,"
       " DATE '2020-01-01' AS day FROM range(400000)"});
  const std::string before = answer(kSums);
  DuckDbOptions small = options();
  small.memory_bytes = 48 << 20;
  const auto done = lay_out(small, kByCity, Cancellation());
  ASSERT_TRUE(done.ok()) << done.error().detail;
  EXPECT_EQ(answer(kSums), before);
  expect_only_the_file();
}

TEST_F(TableLayoutTest, AFullDiskLeavesTheFileAsItWas) {
  make({kCreateOrders});
  const std::string before = answer(kSums);
  for (const rlim_t bytes : {rlim_t{0}, rlim_t{4096}, rlim_t{1'500'000}}) {
    {
      const FileSizeLimit limit(bytes);
      EXPECT_THAT(lay_out_by(kByCity), ::testing::StartsWith("storage_full")) << bytes;
    }
    EXPECT_EQ(answer(kSums), before);
    EXPECT_THAT(read_layouts(options()).value(), IsEmpty());
    expect_only_the_file();
  }
}

TEST_F(TableLayoutTest, ACancelledRewritingLeavesTheFileAsItWas) {
  make({kCreateOrders});
  const Cancellation before;
  before.cancel();
  EXPECT_EQ(lay_out(options(), kByCity, before).error().code, Code::kCancelled);
  const Cancellation meanwhile;
  std::thread canceller([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    meanwhile.cancel();
  });
  EXPECT_EQ(lay_out(options(), kByCity, meanwhile).error().code, Code::kCancelled);
  canceller.join();
  EXPECT_THAT(read_layouts(options()).value(), IsEmpty());
  expect_only_the_file();
}

TEST_F(TableLayoutTest, AFileThatIsNoDatabaseIsRefusedAndStays) {
  std::ofstream(folder_.path("shop.duckdb")) << "no database";
  EXPECT_EQ(lay_out(options(), kByCity, Cancellation()).error().code, Code::kSourceUnavailable);
  EXPECT_EQ(std::filesystem::file_size(folder_.path("shop.duckdb")), 11U);
  expect_only_the_file();
}

/// Rewrites in a process that is killed after `milliseconds`.
void kill_after(int milliseconds, const DuckDbOptions& options) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    (void)lay_out(options, kByCity, Cancellation());
    ::_exit(0);
  }
  ::usleep(static_cast<useconds_t>(milliseconds) * 1000);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

TEST_F(TableLayoutTest, KilledItLeavesTheOldFileOrTheNewOne) {
  make({kCreateOrders});
  const std::string before = answer(kSums);
  for (int milliseconds = 20; milliseconds < 3000; milliseconds += milliseconds / 2) {
    kill_after(milliseconds, options());
    EXPECT_EQ(answer(kSums), before) << milliseconds;
  }
  std::filesystem::create_directory(folder_.path(".aracari-unfinished-of-mine"));
  remove_unfinished_files(folder_.path(""));
  EXPECT_THAT(folder_.names(),
              ::testing::IsSubsetOf({"shop.duckdb", "spill", ".aracari-unfinished-of-mine"}));
  EXPECT_TRUE(std::filesystem::exists(folder_.path(".aracari-unfinished-of-mine")));
}

}  // namespace
}  // namespace source
