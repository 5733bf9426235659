#include "source/flights_import.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/duckdb_test_support.h"
#include "source/table_layout.h"

namespace source {
namespace {

using base::Code;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kDemoFiles = "node_modules/vega-datasets/data";

class FlightsImport : public ::testing::Test {
 protected:
  base::Result<base::Done> run_import(const std::string& demo_files) {
    return import_flights(demo_files, folder_.path("flights.db"), folder_.path("spill"),
                          [this](std::string_view text) { progress_.emplace_back(text); });
  }
  /// A copy of the demo files to be damaged.
  std::string copy_demo_files() {
    const std::string copy = copies_.path("demo's [files], copied");
    std::filesystem::create_directory(copy);
    for (const std::string name : {"airports.csv", "flights-3m.parquet"}) {
      std::filesystem::copy(kDemoFiles + "/" + name, copy + "/" + name);
    }
    return copy;
  }
  void expect_nothing_left() {
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path("spill")));
    std::filesystem::remove(folder_.path("spill"));
    EXPECT_THAT(folder_.names(), IsEmpty());
  }

  TestFolder folder_;
  TestFolder copies_;
  std::vector<std::string> progress_;
};

TEST_F(FlightsImport, KeepsEveryFlight) {
  const auto done = run_import(copy_demo_files());
  ASSERT_TRUE(done.ok()) << done.error().what << done.error().detail;
  EXPECT_THAT(progress_, Not(IsEmpty()));
  EXPECT_THAT(folder_.names(), ::testing::UnorderedElementsAre("flights.db", "spill"));

  PlainConnection imported(folder_.path("flights.db").c_str());
  PlainConnection plain(nullptr);
  const std::string parquet = "'" + kDemoFiles + "/flights-3m.parquet'";
  const std::string csv = "'" + kDemoFiles + "/airports.csv'";
  EXPECT_EQ(imported.answer("SELECT count(*) FROM flights"), "3000000");
  EXPECT_EQ(imported.answer("SELECT count(*) FROM airports"), "3376");
  const std::string sums =
      "SELECT concat_ws(' ', sum(delay), sum(distance), sum(epoch(date)), "
      "sum(hash(origin || destination) % 1000)) FROM ";
  EXPECT_EQ(imported.answer(sums + "flights"), plain.answer(sums + parquet));
  const std::string per_state =
      "SELECT string_agg(concat(s, ' ', n), ', ' ORDER BY s) FROM (SELECT s, count(*) AS n FROM ";
  EXPECT_EQ(imported.answer(per_state + "(SELECT origin_state AS s FROM flights) GROUP BY s)"),
            plain.answer(per_state + "(SELECT nullif(state, 'NA') AS s FROM " + parquet +
                         " LEFT JOIN " + csv + " ON origin = iata) GROUP BY s)"));
  EXPECT_EQ(
      imported.answer(
          "SELECT string_agg(column_name || ' ' || data_type, ', ' ORDER BY column_index) FROM "
          "duckdb_columns() WHERE table_name = 'flights'"),
      "date TIMESTAMP, delay BIGINT, distance BIGINT, origin VARCHAR, origin_city VARCHAR, "
      "origin_state VARCHAR, origin_latitude DOUBLE, origin_longitude DOUBLE, destination "
      "VARCHAR, destination_city VARCHAR, destination_state VARCHAR, destination_latitude "
      "DOUBLE, destination_longitude DOUBLE");
  EXPECT_EQ(
      imported.answer("SELECT count(*) FROM (SELECT max(rowid) - min(rowid) + 1 - count(*) AS "
                      "gaps FROM flights GROUP BY origin_state) WHERE gaps <> 0"),
      "0");
}

TEST_F(FlightsImport, NamesAMissingFile) {
  const std::string demo = copy_demo_files();
  std::filesystem::remove(demo + "/airports.csv");
  const auto done = run_import(demo);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, Code::kSourceUnavailable);
  EXPECT_EQ(done.error().what, "The file airports.csv is missing.");
  EXPECT_THAT(folder_.names(), IsEmpty());
}

TEST_F(FlightsImport, NamesADamagedFile) {
  const std::string demo = copy_demo_files();
  std::filesystem::resize_file(demo + "/flights-3m.parquet", 5'000'000);
  const auto done = run_import(demo);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, Code::kSourceUnavailable);
  EXPECT_EQ(done.error().what, "The file flights-3m.parquet can not be read.");
  expect_nothing_left();
}

TEST_F(FlightsImport, NamesAFileWithDamagedPages) {
  const std::string demo = copy_demo_files();
  {
    std::fstream file(demo + "/flights-3m.parquet",
                      std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(2'000'000);
    file << std::string(4'000'000, 'x');
  }
  const auto done = run_import(demo);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, Code::kSourceUnavailable);
  expect_nothing_left();
}

TEST_F(FlightsImport, NamesADamagedTable) {
  const std::string demo = copy_demo_files();
  std::ofstream(demo + "/airports.csv") << "iata,name\nABC,\"open\n";
  const auto done = run_import(demo);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, Code::kSourceUnavailable);
  EXPECT_EQ(done.error().what, "The file airports.csv can not be read.");
  expect_nothing_left();
}

TEST_F(FlightsImport, RefusesATargetThatCanNotBeWritten) {
  const auto done = import_flights(kDemoFiles, folder_.path("no/such/folder/flights.db"),
                                   folder_.path("spill"), [](std::string_view) {});
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().code, Code::kStorageFailed);
  EXPECT_THAT(done.error().what, Not(HasSubstr(folder_.path(""))));
  expect_nothing_left();
}

TEST_F(FlightsImport, ReportsAFullDisk) {
  for (const rlim_t bytes : {rlim_t{4096}, rlim_t{20'000'000}}) {
    const FileSizeLimit limit(bytes);
    const auto done = run_import(kDemoFiles);
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, Code::kStorageFull) << done.error().detail;
    EXPECT_EQ(done.error().what, "The disk is full.");
    expect_nothing_left();
  }
}

}  // namespace
}  // namespace source
