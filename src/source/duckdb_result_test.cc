#include "source/duckdb_result.h"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/duckdb_test_support.h"

namespace source {
namespace {

using model::Cell;
using model::Value;
using model::ValueType;

/// Decodes the one column of `query`, which is our own test text.
base::Result<ResultSet> decode(const std::string& query, std::int64_t rows_max = 1 << 20) {
  static DatabaseHandle* database = [] {
    auto* opened = new DatabaseHandle;
    duckdb_open(nullptr, opened->address());
    return opened;
  }();
  ConnectionHandle connection;
  duckdb_connect(database->get(), connection.address());
  ResultHandle result;
  if (duckdb_query(connection.get(), query.c_str(), result.address()) != DuckDBSuccess) {
    return base::Error{base::Code::kInternal, duckdb_result_error(result.address())};
  }
  ASSIGN_OR_RETURN(ResultDecoder decoder, ResultDecoder::for_columns_of(*result.address()));
  while (true) {
    const ChunkHandle chunk(duckdb_fetch_chunk(result.get()));
    if (chunk.get() == nullptr) return std::move(decoder).take();
    RETURN_IF_ERROR(decoder.append(chunk.get(), rows_max));
  }
}

struct Expected {
  std::string expression;
  ValueType type;
  Cell cell;
};

Cell text(const char* value) { return Value(std::string(value)); }
Cell integer(std::int64_t value) { return Value(value); }
Cell day(std::chrono::year_month_day date) { return Value(model::Date(date)); }
Cell moment(std::int64_t seconds) { return Value(model::Datetime(std::chrono::seconds(seconds))); }

class EachType : public ::testing::TestWithParam<Expected> {};

TEST_P(EachType, ArrivesAsOneOfOurs) {
  const auto& [expression, type, cell] = GetParam();
  const auto result =
      decode("SELECT x FROM (VALUES (" + expression + "), (NULL), (" + expression + ")) AS t(x)");
  ASSERT_TRUE(result.ok()) << result.error().what << result.error().detail;
  EXPECT_EQ(result->columns[0].type, type);
  EXPECT_EQ(result->columns[0].cells, (std::vector<Cell>{cell, Cell(), cell}));
}

using namespace std::chrono_literals;
constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
constexpr auto kMin = std::numeric_limits<std::int64_t>::min();

INSTANTIATE_TEST_SUITE_P(
    Values, EachType,
    ::testing::Values(
        Expected{"true", ValueType::kBoolean, Value(true)},
        Expected{"false", ValueType::kBoolean, Value(false)},
        Expected{"(-128)::TINYINT", ValueType::kInteger, integer(-128)},
        Expected{"(-32768)::SMALLINT", ValueType::kInteger, integer(-32768)},
        Expected{"(-2147483648)::INTEGER", ValueType::kInteger, integer(-2147483648)},
        Expected{"(-9223372036854775808)::BIGINT", ValueType::kInteger, integer(kMin)},
        Expected{"255::UTINYINT", ValueType::kInteger, integer(255)},
        Expected{"65535::USMALLINT", ValueType::kInteger, integer(65535)},
        Expected{"4294967295::UINTEGER", ValueType::kInteger, integer(4294967295)},
        Expected{"9223372036854775807::UBIGINT", ValueType::kInteger, integer(kMax)},
        Expected{"9223372036854775808::UBIGINT", ValueType::kNumeric, Value(9223372036854775808.0)},
        Expected{"(-1)::HUGEINT", ValueType::kInteger, integer(-1)},
        Expected{"(-9223372036854775808)::HUGEINT", ValueType::kInteger, integer(kMin)},
        Expected{"9223372036854775807::HUGEINT", ValueType::kInteger, integer(kMax)},
        Expected{"9223372036854775808::HUGEINT", ValueType::kNumeric, Value(9223372036854775808.0)},
        Expected{"(-1e30)::HUGEINT", ValueType::kNumeric, Value(-1e30)},
        Expected{"7::UHUGEINT", ValueType::kInteger, integer(7)},
        Expected{"1e30::UHUGEINT", ValueType::kNumeric, Value(1e30)},
        Expected{"1.5::FLOAT", ValueType::kNumeric, Value(1.5)},
        Expected{"0.1::DOUBLE", ValueType::kNumeric, Value(0.1)},
        Expected{"'NaN'::DOUBLE", ValueType::kNumeric, Cell()},
        Expected{"'-inf'::FLOAT", ValueType::kNumeric, Cell()},
        Expected{"(-1.5)::DECIMAL(3,1)", ValueType::kNumeric, Value(-1.5)},
        Expected{"12345.67::DECIMAL(9,2)", ValueType::kNumeric, Value(12345.67)},
        Expected{"0.1::DECIMAL(18,3)", ValueType::kNumeric, Value(0.1)},
        Expected{"(-0.25)::DECIMAL(38,10)", ValueType::kNumeric, Value(-0.25)}));

INSTANTIATE_TEST_SUITE_P(
    Texts, EachType,
    ::testing::Values(Expected{"''", ValueType::kString, text("")},
                      Expected{"'twelve bytes'", ValueType::kString, text("twelve bytes")},
                      Expected{"'thirteen byte'", ValueType::kString, text("thirteen byte")},
                      Expected{"'a' || chr(0) || 'b'", ValueType::kString,
                               Value(std::string("a\0b", 3))},
                      Expected{"'b'::ENUM('a', 'b')", ValueType::kString, text("b")},
                      Expected{"'0f3a0b1c-0000-4000-8000-00000000000d'::UUID", ValueType::kString,
                               text("0f3a0b1c-0000-4000-8000-00000000000d")},
                      Expected{"'ff3a0b1c-0000-4000-8000-00000000000d'::UUID", ValueType::kString,
                               text("ff3a0b1c-0000-4000-8000-00000000000d")},
                      Expected{"'12:34:56'::TIME", ValueType::kString, text("12:34:56")},
                      Expected{"INTERVAL 36 HOUR", ValueType::kString, text("36:00:00")}));

INSTANTIATE_TEST_SUITE_P(
    Times, EachType,
    ::testing::Values(
        Expected{"DATE '2001-02-03'", ValueType::kDate, day(2001y / 2 / 3)},
        Expected{"DATE '1969-12-31'", ValueType::kDate, day(1969y / 12 / 31)},
        Expected{"DATE '9999-12-31'", ValueType::kDate, day(9999y / 12 / 31)},
        Expected{"DATE '10000-01-01'", ValueType::kDate, Cell()},
        Expected{"DATE '0044-03-15 (BC)'", ValueType::kDate, Cell()},
        Expected{"'infinity'::DATE", ValueType::kDate, Cell()},
        Expected{"TIMESTAMP '2001-09-09 01:46:40.9'", ValueType::kDatetime, moment(1000000000)},
        Expected{"TIMESTAMP '1969-12-31 23:59:58.5'", ValueType::kDatetime, moment(-2)},
        Expected{"TIMESTAMP '9999-12-31 23:59:59.9'", ValueType::kDatetime, moment(253402300799)},
        Expected{"'infinity'::TIMESTAMP", ValueType::kDatetime, Cell()},
        Expected{"'-infinity'::TIMESTAMP", ValueType::kDatetime, Cell()},
        Expected{"'2001-09-09 01:46:40'::TIMESTAMP_S", ValueType::kDatetime, moment(1000000000)},
        Expected{"'2001-09-09 01:46:40.5'::TIMESTAMP_MS", ValueType::kDatetime, moment(1000000000)},
        Expected{"'2001-09-09 01:46:40.5'::TIMESTAMP_NS", ValueType::kDatetime, moment(1000000000)},
        Expected{"'2001-09-09 03:46:40+02'::TIMESTAMPTZ", ValueType::kDatetime,
                 moment(1000000000)}));

TEST(ResultDecoder, WidensAColumnAsAWhole) {
  const auto result = decode(
      "SELECT CASE WHEN range = 5000 THEN 9223372036854775808::HUGEINT WHEN range % 2 = 0 THEN "
      "range::HUGEINT END AS x FROM range(10000)");
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->rows(), 10'000U);
  EXPECT_EQ(result->columns[0].type, ValueType::kNumeric);
  EXPECT_EQ(result->columns[0].cells[4], Cell(Value(4.0)));
  EXPECT_EQ(result->columns[0].cells[5], Cell());
  EXPECT_EQ(result->columns[0].cells[9998], Cell(Value(9998.0)));
}

TEST(ResultDecoder, DecodesConstantAndDictionaryVectors) {
  const auto result = decode(
      "SELECT 'constant' AS a, x AS b, NULL::INTEGER AS c FROM (SELECT ['u', 'v'][1 + range % 2] "
      "AS x FROM range(5000))");
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->columns.size(), 3U);
  EXPECT_THAT(result->columns[0].cells, ::testing::Each(text("constant")));
  EXPECT_EQ(result->columns[1].cells[4999], text("v"));
  EXPECT_THAT(result->columns[2].cells, ::testing::Each(Cell()));
}

TEST(ResultDecoder, KeepsTheColumnsOfAnEmptyResult) {
  const auto result = decode("SELECT 1 AS a, 'x' AS b WHERE false");
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->rows(), 0U);
  ASSERT_EQ(result->columns.size(), 2U);
  EXPECT_EQ(result->columns[1].type, ValueType::kString);
}

TEST(ResultDecoder, RefusesOneRowTooMany) {
  EXPECT_TRUE(decode("FROM range(3000)", 3000).ok());
  const auto result = decode("FROM range(3001)", 3000);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, base::Code::kQueryTooLarge);
}

TEST(ResultDecoder, RefusesTypesWithoutAForm) {
  for (const std::string expression :
       {"[1, 2]", "{'a': 1}", "'x'::BLOB", "'101'::BIT", "'12:00:00+01'::TIMETZ", "MAP {1: 2}"}) {
    const auto result = decode("SELECT " + expression);
    ASSERT_FALSE(result.ok()) << expression;
    EXPECT_EQ(result.error().code, base::Code::kSourceUnavailable) << expression;
    EXPECT_EQ(result.error().what, "A column has a type that can not be shown.");
  }
}

}  // namespace
}  // namespace source
