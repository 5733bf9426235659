#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/duckdb_test_support.h"

namespace source {
namespace {

using base::Code;
using ::testing::HasSubstr;
using ::testing::Not;

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
