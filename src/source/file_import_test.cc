#include "source/file_import.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/folder_test_support.h"
#include "source/column_names.h"
#include "source/csv_file.h"
#include "source/duckdb_test_support.h"

namespace source {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using enum model::ValueType;

class FileImportTest : public ::testing::Test {
 protected:
  [[nodiscard]] EngineLimits limits() const {
    return {folder_.path("spill"), std::int64_t{256} << 20, 2};
  }
  [[nodiscard]] std::string file(const std::string& text) const {
    return folder_.write("upload", text);
  }
  [[nodiscard]] base::Result<model::FileDescription> describe(const std::string& text) const {
    return describe_file({file(text)}, limits());
  }
  /// What the sender is told, and that it is nothing of ours.
  [[nodiscard]] std::string refusal(const std::string& text,
                                    std::optional<model::FileFormat> format = {}) const {
    const auto described = describe_file({file(text), format}, limits());
    if (described) return "described";
    EXPECT_EQ(described.error().code, base::Code::kInvalidFile);
    EXPECT_THAT(described.error().what, Not(HasSubstr(folder_.path())));
    EXPECT_THAT(described.error().what, Not(HasSubstr("Error")));
    return described.error().what;
  }
  [[nodiscard]] base::Result<std::int64_t> import(const std::string& text,
                                                  std::vector<model::ChosenColumn> columns,
                                                  std::string present = "") const {
    return import_file({{file(text)}, std::move(present), target(), "t", std::move(columns)},
                       limits(), [](double) {});
  }
  [[nodiscard]] std::string target() const { return folder_.path("target.duckdb"); }
  /// The first cell of `statement` on the target.
  [[nodiscard]] std::string look(const std::string& statement) const {
    DatabaseHandle database;
    ConnectionHandle connection;
    EXPECT_EQ(duckdb_open(target().c_str(), database.address()), DuckDBSuccess);
    EXPECT_EQ(duckdb_connect(database.get(), connection.address()), DuckDBSuccess);
    std::string cell;
    EXPECT_EQ(run_plain(connection.get(), statement, &cell), "");
    return cell;
  }

  base::TestFolder folder_;
};

std::string told(const model::FileColumn& column) {
  std::string text = column.name + " " + std::string(model::type_name(column.type)) + ":";
  for (const std::string& sample : column.samples) text += " " + sample;
  return column.original.empty() ? text : text + " (" + column.original + ")";
}

std::vector<std::string> told(const base::Result<model::FileDescription>& description) {
  std::vector<std::string> lines;
  if (!description) return {description.error().what};
  for (const model::FileColumn& column : description->columns) lines.push_back(told(column));
  return lines;
}

TEST_F(FileImportTest, DescribesCsv) {
  const auto description =
      describe("id;name;at;born\n1;\"a;b\";2020-01-01T10:00:00+02:00;31/12/1999\n2;;;\n");
  EXPECT_THAT(told(description),
              ElementsAre("id integer: 1 2", "name string: a;b",
                          "at datetime: 2020-01-01T10:00:00+02:00", "born date: 31/12/1999"));
  EXPECT_EQ(description->delimiter, ';');
  EXPECT_EQ(description->header, true);
  EXPECT_EQ(description->rows, 2);
  EXPECT_THAT(description->columns[3].offers, ElementsAre(kDate, kDatetime, kString));
}

TEST_F(FileImportTest, MakesNamesUniqueAndTells) {
  EXPECT_THAT(told(describe("id,ID,,id\n1,2,3,4\n")),
              ElementsAre("id integer: 1", "ID 2 integer: 2 (ID)", "column 3 integer: 3",
                          "id 3 integer: 4 (id)"));
}

TEST_F(FileImportTest, ReadsAHeaderOrNot) {
  const auto without = describe_file({file("a,b\nc,d\n"), {}, {}, false}, limits());
  EXPECT_THAT(told(without), ElementsAre("column 1 string: a c", "column 2 string: b d"));
  const auto with = describe_file({file("1,2\n3,4\n"), {}, {}, true}, limits());
  EXPECT_THAT(told(with), ElementsAre("1 integer: 3", "2 integer: 4"));
}

TEST_F(FileImportTest, SaysWhatIsWrongWithALine) {
  EXPECT_EQ(refusal("a,b,c\n1,2,3\n4,5\n"), "Line 3 has 2 columns; the first line has 3.");
  EXPECT_EQ(refusal("a,b,c\n1,2,3,4\n"), "Line 2 has 4 columns; the first line has 3.");
  EXPECT_EQ(refusal("a,b\n\xE9,1\n"), "Line 2 is not UTF-8 text. Save the file as UTF-8.");
  EXPECT_EQ(refusal("a,b\n1,\"x\n2,y\n"), "Line 2: a quoted value has no end.");
  EXPECT_EQ(refusal("a,b\n1," + std::string(3'000'000, 'x') + "\n"), "Line 2 is longer than 2 MB.");
}

TEST_F(FileImportTest, RefusesWhatIsNoTable) {
  EXPECT_EQ(refusal(""), "The file is empty.");
  EXPECT_EQ(refusal("\n \n"), "The file has no columns.");
  EXPECT_THAT(refusal("\x1F\x8B\x08 packed"), HasSubstr("packed"));
  EXPECT_THAT(refusal("PK\x03\x04 packed"), HasSubstr("packed"));
  EXPECT_THAT(refusal("\xFF\xFE"), HasSubstr("UTF-16"));
  EXPECT_EQ(refusal(std::string("a,b\n1,\0\n", 8)), "The file is not a text file.");
  std::string wide = "c";
  for (int i = 0; i < 1000; ++i) wide += ",c";
  EXPECT_EQ(refusal(wide + "\n"), "The file has 1001 columns; 1000 are the most.");
}

TEST_F(FileImportTest, RefusesDamagedParquetAndJson) {
  EXPECT_EQ(refusal("PAR1" + std::string(100, 'x')), "The Parquet file is damaged or cut off.");
  EXPECT_EQ(refusal("PAR1" + std::string(100, 'x') + "\xFF\xFF\xFF\x7FPAR1"),
            "The Parquet file is damaged or cut off.");
  EXPECT_EQ(refusal("a,b\n", model::FileFormat::kParquet), "The file is not a Parquet file.");
  EXPECT_EQ(refusal("{\"a\":1}\n{\"a\":\n"), "Line 3 of the file is not valid JSON.");
  EXPECT_EQ(refusal("[1, 2]"), "The file is not a list of JSON objects.");
}

TEST_F(FileImportTest, DescribesJson) {
  EXPECT_THAT(told(describe("[{\"a\":1,\"b\":{\"c\":2}},{\"a\":2.5,\"A\":true}]")),
              ElementsAre("a numeric: 1.0 2.5", "b string: {\"c\":2}", "A_1 boolean: true"));
}

TEST_F(FileImportTest, ImportsTheChosenColumnsAsTheirTypes) {
  const std::string text =
      "id,at,born,x\n1,2020-01-01T10:00:00+02:00,31/12/1999,secret\n2,,01/02/2000,secret\n";
  const auto rows = import(text, {{"born", kDatetime}, {"id", kString}, {"at", kDatetime}});
  ASSERT_TRUE(rows.ok()) << rows.error().detail;
  EXPECT_EQ(*rows, 2);
  EXPECT_EQ(
      look("SELECT concat_ws('|', born, id, \"at\", typeof(id), typeof(\"at\")) FROM t LIMIT 1"),
      "1999-12-31 00:00:00|1|2020-01-01 08:00:00|VARCHAR|TIMESTAMP");
  EXPECT_EQ(look("SELECT count(*) FROM duckdb_columns() WHERE NOT internal"), "3");
}

TEST_F(FileImportTest, NamesAreNeverStatements) {
  const std::string evil = "a\"\"; DROP TABLE t; --";
  const auto rows = import("\"" + evil + "\",b'c\n1,2\n",
                           {{"a\"; DROP TABLE t; --", kInteger}, {"b'c", kInteger}});
  ASSERT_TRUE(rows.ok()) << rows.error().detail;
  EXPECT_EQ(look("SELECT \"a\"\"; DROP TABLE t; --\" + \"b'c\" FROM t"), "3");
}

TEST_F(FileImportTest, NamesTheLineOfAValueThatIsNotOfItsType) {
  std::string text = "a\n";
  for (int i = 0; i < 50'000; ++i) text += "1\n";
  const auto rows = import(text + "x\n", {{"a", kInteger}});
  ASSERT_FALSE(rows.ok());
  EXPECT_EQ(rows.error().what,
            "Line 50002: the value of “a” is not of the type that was chosen for it.");
}

TEST_F(FileImportTest, RefusesColumnsThatTheFileHasNot) {
  const auto field = [&](std::vector<model::ChosenColumn> columns) {
    const auto rows = import("a,b\n1,x\n", std::move(columns));
    return rows ? "imported" : rows.error().field;
  };
  EXPECT_EQ(field({{"c", kString}}), "columns[0].name");
  EXPECT_EQ(field({{"a", kString}, {"a", kInteger}}), "columns[1].name");
  EXPECT_EQ(field({{"a", kString}, {"b", kInteger}}), "columns[1].type");
}

TEST_F(FileImportTest, KeepsThePresentTables) {
  const std::string present = folder_.path("present.duckdb");
  make_database(present, {"CREATE TABLE old AS SELECT 7 AS seven"});
  const auto rows = import("a\n1\n", {{"a", kInteger}}, present);
  ASSERT_TRUE(rows.ok()) << rows.error().detail;
  EXPECT_EQ(look("SELECT seven + a FROM old, t"), "8");
}

TEST_F(FileImportTest, ReadsParquetWithoutLoss) {
  const std::string parquet = folder_.path("upload");
  make_database(folder_.path("maker.duckdb"),
                {"COPY (SELECT 1.50::DECIMAL(9,2) AS price, [1, 2] AS list, 'x'::BLOB AS raw,"
                 " TIMESTAMPTZ '2020-01-01 10:00:00+02' AS at) TO '" +
                 parquet + "' (FORMAT parquet)"});
  const auto description = describe_file({parquet}, limits());
  EXPECT_THAT(told(description), ElementsAre("price numeric: 1.50", "list string: [1,2]",
                                             "at datetime: 2020-01-01 08:00:00+00"));
  EXPECT_THAT(description->left_out, ElementsAre("raw"));
  EXPECT_EQ(description->rows, 1);
  const auto rows = import_file(
      {{parquet}, "", target(), "t", {{"price", kNumeric}, {"list", kString}, {"at", kDatetime}}},
      limits(), [](double) {});
  ASSERT_TRUE(rows.ok()) << rows.error().detail;
  EXPECT_EQ(look("SELECT concat_ws('|', typeof(price), list, \"at\") FROM t"),
            "DECIMAL(9,2)|[1,2]|2020-01-01 08:00:00");
}

TEST(FirstRecordTest, FindsTheDelimiterOutsideOfQuotes) {
  EXPECT_EQ(look_at_first_record("\"a,b,c\";d\n,,,,", {}).delimiter, ';');
  EXPECT_EQ(look_at_first_record("one\n1;2", {}).delimiter, ',');
  EXPECT_EQ(look_at_first_record("a,b;c", ';').columns, 2U);
}

TEST(ColumnNamesTest, AreCutBetweenCharacters) {
  EXPECT_EQ(shorten("a\xC3\xA9", 2), "a");
  EXPECT_THAT(make_column_names({" \x01 ", "\tb\n"}), ElementsAre("column 1", "b"));
}

}  // namespace
}  // namespace source
