#include "http/csv_table.h"

#include <gtest/gtest.h>

namespace http {
namespace {

using model::Cell;
using model::ValueType;

source::ResultSet one_column(ValueType type, std::vector<Cell> cells) {
  source::ResultSet result;
  result.columns.push_back({"x", type, std::move(cells)});
  return result;
}

std::string rows_of(ValueType type, std::vector<Cell> cells, bool rest = false) {
  const std::size_t count = cells.size();
  return render_csv_rows({{"X", {}, rest}}, one_column(type, std::move(cells)), 0, count);
}

TEST(CsvTable, NumbersStayNumbersAndTextsAreNoFormulas) {
  EXPECT_EQ(rows_of(ValueType::kInteger, {Cell(-5L), Cell(9223372036854775807L)}),
            "-5\r\n9223372036854775807\r\n");
  EXPECT_EQ(rows_of(ValueType::kNumeric, {Cell(-0.1), Cell(1e21)}), "-0.1\r\n1e+21\r\n");
  EXPECT_EQ(rows_of(ValueType::kString, {Cell("-5"), Cell("=1+1"), Cell("+1"), Cell("@SUM(A1)"),
                                         Cell("\tx"), Cell("5-"), Cell("a,\"b\"\nc"), Cell("ü🦜")}),
            "'-5\r\n'=1+1\r\n'+1\r\n'@SUM(A1)\r\n'\tx\r\n5-\r\n\"a,\"\"b\"\"\nc\"\r\nü🦜\r\n");
  EXPECT_EQ(render_csv_head({{"=cmd()", {}, false}, {"a,b", {}, false}}), "'=cmd(),\"a,b\"\r\n");
}

TEST(CsvTable, DatesAreIsoAndFlagsAreWords) {
  EXPECT_EQ(rows_of(ValueType::kDate, {Cell(model::Date(std::chrono::days(11353)))}),
            "2001-01-31\r\n");
  EXPECT_EQ(rows_of(ValueType::kDatetime, {Cell(model::Datetime(std::chrono::seconds(980946855)))}),
            "2001-01-31T13:14:15Z\r\n");
  EXPECT_EQ(rows_of(ValueType::kBoolean, {Cell(true), Cell(false)}), "true\r\nfalse\r\n");
}

TEST(CsvTable, NullIsEmptyAndStillARow) {
  EXPECT_EQ(rows_of(ValueType::kString, {Cell(), Cell("x")}), "\"\"\r\nx\r\n");
  EXPECT_EQ(rows_of(ValueType::kString, {Cell("x"), Cell()}, /*rest=*/true), "x\r\nOther\r\n");
  source::ResultSet two = one_column(ValueType::kInteger, {Cell(), Cell(1L), Cell(2L)});
  two.columns.push_back({"y", ValueType::kString, {Cell(), Cell(), Cell("")}});
  const std::vector<FileColumn> columns{{"X", {}, false}, {"Y", {}, false}};
  EXPECT_EQ(render_csv_rows(columns, two, 0, 3), ",\r\n1,\r\n2,\r\n");
  EXPECT_EQ(render_csv_rows(columns, two, 1, 2), "1,\r\n");
}

}  // namespace
}  // namespace http
