#include "source/duckdb_statement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/duckdb_test_support.h"

namespace source {
namespace {

class DuckDbStatement : public ::testing::Test {
 protected:
  void SetUp() override {
    make_database(
        folder_.path("a.duckdb"),
        {"CREATE TABLE orders (id INTEGER, city VARCHAR, amount DOUBLE, moment TIMESTAMP)",
         "CREATE TABLE cities (city VARCHAR, country VARCHAR)",
         "CREATE TABLE unlisted (id INTEGER)", "CREATE SEQUENCE numbers"});
    auto opened = open_duckdb(options_for(folder_, "a.duckdb"));
    ASSERT_TRUE(opened.ok());
    source_ = std::move(opened).value();
  }

  /// Its columns, or why it is refused.
  [[nodiscard]] std::string describe(const std::string& statement) {
    const auto columns = source_->describe_statement(statement, {"orders", "cities"});
    if (!columns) {
      EXPECT_EQ(columns.error().code, base::Code::kInvalidStatement) << statement;
      EXPECT_EQ(columns.error().field, "statement");
      return "refused: " + columns.error().what;
    }
    std::string text;
    for (const SchemaColumn& column : *columns) {
      text += column.name + " " + std::string(model::type_name(column.type)) + ", ";
    }
    return text;
  }
  void expect_refused(const std::string& statement) {
    EXPECT_THAT(describe(statement), testing::StartsWith("refused: ")) << statement;
  }

  TestFolder folder_;
  std::unique_ptr<Source> source_;
};

TEST_F(DuckDbStatement, OneSelectOverKnownTablesIsDescribed) {
  EXPECT_EQ(describe("SELECT id, upper(city) AS town FROM orders"), "id integer, town string, ");
  EXPECT_EQ(describe("SELECT o.city, sum(amount) AS total, count(*) AS n FROM main.orders o "
                     "LEFT JOIN Cities c ON o.city = c.city WHERE o.id > 5 AND c.country LIKE 'F%' "
                     "GROUP BY o.city HAVING count(*) > 1 ORDER BY total DESC LIMIT 10"),
            "city string, total numeric, n integer, ");
  EXPECT_EQ(
      describe("WITH big AS (SELECT * FROM orders WHERE amount > 10) SELECT id FROM big -- end"),
      "id integer, ");
  EXPECT_EQ(describe("SELECT city FROM orders UNION ALL SELECT city FROM cities"), "city string, ");
  EXPECT_EQ(
      describe(
          "SELECT id, row_number() OVER (PARTITION BY city ORDER BY moment) AS n, "
          "CASE WHEN amount IS NULL THEN 0 ELSE amount END AS a, moment::DATE AS day FROM orders"),
      "id integer, n integer, a numeric, day date, ");
}

TEST_F(DuckDbStatement, AnAmountMayBeRounded) {
  EXPECT_EQ(describe("SELECT CAST(amount AS DECIMAL(10, 2)) AS a FROM orders"), "a numeric, ");
  for (const std::string type : {"JSON", "REGCLASS", "INTEGER[]", "STRUCT(a INTEGER)", "mood"}) {
    expect_refused("SELECT CAST(city AS " + type + ") AS a FROM orders");
  }
}

TEST_F(DuckDbStatement, ASampleIsRefused) {
  for (const std::string statement :
       {"SELECT id FROM orders USING SAMPLE 10%", "SELECT id FROM orders TABLESAMPLE 5 ROWS",
        "SELECT id FROM (SELECT id FROM orders USING SAMPLE reservoir(20 ROWS)) s"}) {
    expect_refused(statement);
  }
}

// The name stays known while rules name its columns, and the engine would look for it elsewhere.
TEST_F(DuckDbStatement, ATableThatIsGoneIsNotTakenForAViewOfTheEngineOrAFile) {
  const std::string file = folder_.path("a.duckdb");
  for (const std::string gone : {"duckdb_tables", "duckdb_columns", "sqlite_master", "pg_class",
                                 "pragma_database_list", file.c_str(), "secret.csv"}) {
    for (const std::string schema : {"", "main."}) {
      const auto columns =
          source_->describe_statement("SELECT * FROM " + schema + '"' + gone + '"', {gone});
      ASSERT_FALSE(columns.ok()) << gone;
      EXPECT_EQ(columns.error().code, base::Code::kInvalidStatement) << gone;
      EXPECT_THAT(columns.error().what, testing::HasSubstr("There is no table")) << gone;
    }
  }
}

TEST_F(DuckDbStatement, AnythingButOneSelectIsRefused) {
  for (const std::string statement : {"",
                                      "SELECT 1; SELECT 2",
                                      "SELECT id FROM orders; DROP TABLE orders",
                                      "DELETE FROM orders",
                                      "INSERT INTO orders VALUES (1)",
                                      "CREATE TABLE x AS SELECT 1",
                                      "DROP TABLE orders",
                                      "UPDATE orders SET id = 1",
                                      "COPY orders TO 'x.csv'",
                                      "ATTACH 'x.db'",
                                      "PRAGMA version",
                                      "SET threads = 1",
                                      "EXPORT DATABASE 'x'",
                                      "INSTALL httpfs",
                                      "LOAD httpfs",
                                      "CALL range(5)",
                                      "DESCRIBE orders",
                                      "SHOW TABLES",
                                      "SUMMARIZE orders",
                                      "SELECT * FROM (SUMMARIZE orders)",
                                      "EXPLAIN SELECT 1",
                                      "SELECT id FROM orders)",
                                      "SELECT id FROM orders) AS s, (SELECT 1",
                                      "SELECT id FROM orders /* open",
                                      "SELECT id FROM orders;",
                                      "SELECT"}) {
    expect_refused(statement);
  }
}

TEST_F(DuckDbStatement, OnlyTheGivenTablesAreRead) {
  for (const std::string statement :
       {"SELECT * FROM unlisted", "SELECT * FROM 'secret.csv'", "SELECT * FROM \"/etc/passwd\"",
        "SELECT * FROM information_schema.tables", "SELECT * FROM duckdb_databases",
        "SELECT * FROM sqlite_master", "SELECT * FROM pg_catalog.pg_settings",
        "SELECT * FROM system.main.duckdb_databases", "SELECT * FROM other.orders",
        "SELECT * FROM temp.main.orders", "SELECT id FROM orders AT (VERSION => 1)",
        "SELECT id FROM orders WHERE id IN (SELECT id FROM unlisted)",
        "SELECT (SELECT max(id) FROM unlisted) AS a FROM orders",
        "SELECT id FROM orders ORDER BY (SELECT max(id) FROM unlisted)",
        "SELECT id FROM orders LIMIT (SELECT max(id) FROM unlisted)"}) {
    expect_refused(statement);
  }
}

TEST_F(DuckDbStatement, ANameOfAWithStandsForATableOnlyWhereItIsVisible) {
  EXPECT_EQ(describe("WITH unlisted AS (SELECT 1 AS a) SELECT a FROM unlisted"), "a integer, ");
  for (const std::string statement :
       {"WITH q AS (SELECT * FROM duckdb_databases), duckdb_databases AS (SELECT 1 AS a) "
        "SELECT * FROM q",
        "WITH duckdb_databases AS (SELECT * FROM duckdb_databases) SELECT * FROM duckdb_databases",
        "SELECT * FROM (WITH unlisted AS (SELECT 1 AS a) SELECT a FROM unlisted) x, unlisted",
        "WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r) SELECT a FROM r"}) {
    expect_refused(statement);
  }
}

TEST_F(DuckDbStatement, FunctionsThatReachOutsideAreRefused) {
  for (const std::string call : {"getenv('HOME')",
                                 "current_setting('temp_directory')",
                                 "nextval('numbers')",
                                 "version()",
                                 "current_database()",
                                 "now()",
                                 "current_date",
                                 "CURRENT_TIMESTAMP",
                                 "random()",
                                 "current_catalog",
                                 "current_schema",
                                 "CURRENT_USER",
                                 "user",
                                 "session_user",
                                 "localtime",
                                 "repeat('x', 1000000000)",
                                 "pg_sleep(3600)",
                                 "system.main.upper('x')",
                                 "getvariable('x')",
                                 "md5('x')",
                                 "list_transform([1], x -> x)",
                                 "$1",
                                 "?"}) {
    expect_refused("SELECT " + call + " AS a FROM orders");
  }
  for (const std::string from :
       {"read_csv('x.csv')", "read_text('/etc/passwd')", "read_parquet('x')", "glob('*')",
        "range(1000000000)", "duckdb_settings()", "query('SELECT 1')", "query_table('unlisted')",
        "pragma_database_list()", "sqlite_scan('x', 'y')", "unnest([1])"}) {
    expect_refused("SELECT * FROM " + from);
  }
}

TEST_F(DuckDbStatement, AReasonTellsNothingOfTheMachine) {
  for (const std::string statement :
       {"SELECT x FROM orders", "SELECT * FROM 'secret.csv'", "SELECT )"}) {
    const std::string reason = describe(statement);
    EXPECT_THAT(reason, testing::Not(testing::ContainsRegex("Error|Binder|Catalog|/tmp|aracari-")));
  }
}

/// `SELECT city || city AS city FROM (…)`, so many times around `orders`.
std::string doubled(int times) {
  std::string statement = "SELECT city FROM orders";
  for (int i = 0; i < times; ++i)
    statement = "SELECT city || city AS city FROM (" + statement + ")";
  return statement;
}

TEST_F(DuckDbStatement, TextsThatDoubleThemselvesAreRefused) {
  EXPECT_EQ(describe(doubled(3)), "city string, ");
  EXPECT_EQ(describe("SELECT concat_ws(', ', city, id, amount, moment) AS a, "
                     "replace(replace(city, ' ', ''), '-', '') || ' (' || id || ')' AS b "
                     "FROM orders"),
            "a string, b string, ");
  const std::string start = "WITH a AS (SELECT concat(city, city, city, city) AS t FROM orders)";
  std::string withs = start;
  std::string aliases = "SELECT city || city AS t0";
  for (char name = 'b'; name < 'j'; ++name) {
    const std::string before(1, static_cast<char>(name - 1));
    withs +=
        ", " + std::string(1, name) + " AS (SELECT concat_ws(t, t, t, t) AS t FROM " + before + ")";
  }
  for (int i = 1; i < 24; ++i) {
    const std::string before = "t" + std::to_string(i - 1);
    aliases += ", " + before + " || " + before + " AS t" + std::to_string(i);
  }
  expect_refused(withs + " SELECT t FROM i");
  expect_refused(aliases + " FROM orders");
  // The first of two columns of one name is the one that counts.
  std::string shadowed = "SELECT city || city AS t0, '' AS t0";
  for (int i = 1; i < 24; ++i) {
    const std::string before = "t" + std::to_string(i - 1);
    const std::string name = "t" + std::to_string(i);
    shadowed += ", " + before + " || " + before + " AS " + name + ", '' AS " + name;
  }
  expect_refused("SELECT length(t23) AS n FROM (" + shadowed + " FROM orders)");
  // Each SELECT more doubles what the one inside of it gave, whatever its columns are called there.
  std::string renamed = "SELECT city FROM orders";
  for (int i = 0; i < 5; ++i) {
    renamed = "SELECT x || x || x || x || x || x FROM (" + renamed + ") v(x)";
  }
  expect_refused(renamed);
  expect_refused("SELECT replace(replace(replace('" + std::string(40, 'a') + "', 'a', '" +
                 std::string(40, 'a') + "'), 'a', '" + std::string(40, 'a') + "'), 'a', '" +
                 std::string(40, 'a') + "') AS x");
}

TEST_F(DuckDbStatement, TablesAndColumnsThatDoubleThemselvesAreRefused) {
  EXPECT_EQ(
      describe("WITH a AS (SELECT * FROM orders) SELECT x.id FROM a x JOIN a y ON x.id = y.id"),
      "id integer, ");
  std::string withs = "WITH a AS (SELECT id FROM orders)";
  std::string stars = "SELECT city FROM orders";
  for (char name = 'b'; name < 'i'; ++name) {
    const std::string before(1, static_cast<char>(name - 1));
    withs +=
        ", " + std::string(1, name) + " AS (SELECT x.id FROM " + before + " x, " + before + " y)";
  }
  for (int i = 0; i < 6; ++i) stars = "SELECT *, *, *, * FROM (" + stars + ")";
  expect_refused(withs + " SELECT id FROM h");
  expect_refused("SELECT count(*) AS n FROM (" + stars + ")");
}

TEST_F(DuckDbStatement, TwoColumnsOfOneNameAreRefused) {
  expect_refused("SELECT id, id FROM orders");
}

}  // namespace
}  // namespace source
