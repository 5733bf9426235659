#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/duckdb_test_support.h"

namespace source {
namespace {

std::unique_ptr<Source> open(const TestFolder& folder, const std::string& file) {
  auto source = open_duckdb(options_for(folder, file));
  EXPECT_TRUE(source.ok());
  return std::move(source).value();
}

/// "table: column type, …" of each table.
std::vector<std::string> described(Source& source) {
  const auto schema = source.read_schema();
  EXPECT_TRUE(schema.ok());
  std::vector<std::string> lines;
  for (const SchemaTable& table : *schema) {
    std::string line = table.name + ":";
    for (const SchemaColumn& column : table.columns) {
      line += " " + column.name + " " + std::string(model::type_name(column.type));
    }
    lines.push_back(line);
  }
  return lines;
}

TEST(DuckDbSchema, NamesTablesAndViewsWithTheTypesOfTheirCells) {
  const TestFolder folder;
  make_database(folder.path("a.duckdb"),
                {"CREATE TABLE orders (id BIGINT, city VARCHAR, amount DECIMAL(9, 2), paid BOOLEAN,"
                 " day DATE, moment TIMESTAMP, big HUGEINT)",
                 "CREATE VIEW cities AS SELECT DISTINCT city FROM orders"});
  const auto source = open(folder, "a.duckdb");
  EXPECT_THAT(described(*source),
              testing::ElementsAre("cities: city string",
                                   "orders: id integer city string amount numeric paid boolean day "
                                   "date moment datetime big integer"));
}

TEST(DuckDbSchema, LeavesOutWhatCanNotBeShown) {
  const TestFolder folder;
  make_database(folder.path("a.duckdb"),
                {"CREATE TABLE mixed (id INTEGER, parts STRUCT(a INTEGER), raw BLOB)",
                 "CREATE TABLE nested (parts INTEGER[])", "CREATE SCHEMA other",
                 "CREATE TABLE other.hidden (id INTEGER)", "CREATE TABLE gone (id INTEGER)",
                 "CREATE VIEW broken AS SELECT id FROM gone", "DROP TABLE gone"});
  const auto source = open(folder, "a.duckdb");
  EXPECT_THAT(described(*source), testing::ElementsAre("mixed: id integer"));
}

TEST(DuckDbSchema, NamesAreNotSql) {
  const TestFolder folder;
  make_database(folder.path("a.duckdb"),
                {R"(CREATE TABLE "a""; DROP TABLE b; --" ("x"" FROM b; --" INTEGER))",
                 "CREATE TABLE b (id INTEGER)"});
  const auto source = open(folder, "a.duckdb");
  EXPECT_THAT(
      described(*source),
      testing::ElementsAre(R"(a"; DROP TABLE b; --: x" FROM b; -- integer)", "b: id integer"));
}

TEST(DuckDbSchema, AViewDoesNotReadFilesOutside) {
  const TestFolder folder;
  make_database(
      folder.path("a.duckdb"),
      {"COPY (SELECT 1 AS secret) TO '" + folder.path("secret.csv") + "'",
       "CREATE VIEW outside AS SELECT secret FROM read_csv('" + folder.path("secret.csv") + "')",
       "CREATE TABLE b (id INTEGER)"});
  const auto source = open(folder, "a.duckdb");
  EXPECT_THAT(described(*source), testing::ElementsAre("b: id integer"));
}

TEST(DuckDbSchema, SaysWhyAFileCanNotBeOpened) {
  const TestFolder folder;
  std::ofstream(folder.path("text.duckdb")) << std::string(8192, 'x');
  const auto text = open_duckdb(options_for(folder, "text.duckdb"));
  ASSERT_FALSE(text.ok());
  EXPECT_EQ(text.error().what, "The file is not a database.");
  const auto missing = open_duckdb(options_for(folder, "none.duckdb"));
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().what, "The database file is missing.");
}

}  // namespace
}  // namespace source
