#include "query/filter_condition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sql/render.h"

namespace query {
namespace {

using model::ColumnAccess;
using model::Grain;
using model::ValueType;

constexpr model::Date kToday{std::chrono::year(2026) / 11 / 29};

model::Column column_of(ValueType type) { return {"x", type, ColumnAccess::kVisible}; }

std::string written(const base::Result<sql::Expression>& condition) {
  if (!condition) {
    EXPECT_EQ(condition.error().code, base::Code::kInvalidBody);
    return "refused";
  }
  if (*condition == nullptr) return "all rows";
  const sql::Select select{{{sql::column("x"), "x"}}, sql::PhysicalTable{"t"}, *condition};
  const sql::Statement statement = sql::render(select, sql::Dialect::kDuckDb).value();
  std::string text = statement.text.substr(statement.text.find(" WHERE ") + 7);
  for (const model::Value& value : statement.arguments) text += " " + model::describe_value(value);
  return text;
}

std::string filtered(const std::string& text, ValueType type) {
  const auto value = model::parse_filter_value(base::parse_json(text).value(), "f");
  return written(filter_condition(value.value(), column_of(type), kToday));
}

std::string shown(const model::ChartDimension& asked, const std::string& text, ValueType type) {
  return written(shown_condition(asked, column_of(type), base::parse_json(text)->as_array()));
}

TEST(FilterCondition, KeepsTheChosenValues) {
  EXPECT_EQ(filtered(R"(["a","b"])", ValueType::kString),
            R"((CAST("x" AS VARCHAR) IN ($1, $2)) a b)");
  EXPECT_EQ(filtered("[7,null]", ValueType::kInteger), R"((("x" IN ($1)) OR ("x" IS NULL)) 7)");
  EXPECT_EQ(filtered("[null]", ValueType::kNumeric),
            R"((("x" <= CAST('infinity' AS DOUBLE)) IS NOT TRUE))");
  EXPECT_EQ(filtered("[true]", ValueType::kBoolean), R"(("x" IN ($1)) true)");
  EXPECT_EQ(filtered("[]", ValueType::kString), "all rows");
  EXPECT_EQ(filtered("[7]", ValueType::kString), "refused");
  EXPECT_EQ(filtered(R"(["a"])", ValueType::kInteger), "refused");
}

TEST(FilterCondition, KeepsNumbersBetweenTwo) {
  EXPECT_EQ(filtered(R"({"from":1.5,"to":3.5})", ValueType::kInteger),
            R"((("x" >= $1) AND ("x" <= $2)) 2 3)");
  EXPECT_EQ(filtered(R"({"from":1.5})", ValueType::kNumeric), R"(("x" >= $1) 1.5E0)");
  EXPECT_EQ(filtered(R"({"to":-0.5})", ValueType::kInteger), R"(("x" <= $1) -1)");
  EXPECT_EQ(filtered(R"({"from":1})", ValueType::kString), "refused");
  EXPECT_EQ(filtered(R"({"from":1})", ValueType::kDate), "refused");
  EXPECT_EQ(filtered("{}", ValueType::kInteger), "all rows");
}

TEST(FilterCondition, KeepsDaysWithAllOfTheirHours) {
  const std::string bounds = R"((("x" >= $1) AND ("x" < $2)))";
  EXPECT_EQ(filtered(R"({"from":"2001-01-01","to":"2001-01-31"})", ValueType::kDate),
            bounds + " 2001-01-01 2001-02-01");
  EXPECT_THAT(filtered(R"({"from":"2001-01-01","to":"2001-01-31"})", ValueType::kDatetime),
              ::testing::AllOf(::testing::StartsWith(bounds + " 2001-01-01"),
                               ::testing::HasSubstr(" 2001-02-01")));
  EXPECT_EQ(filtered(R"({"preset":"yesterday"})", ValueType::kDate),
            bounds + " 2026-11-28 2026-11-29");
  EXPECT_EQ(filtered(R"({"preset":"today"})", ValueType::kInteger), "refused");
  EXPECT_EQ(filtered(R"({"from":"2001-01-01"})", ValueType::kString), "refused");
}

TEST(FilterCondition, FindsTextInTextAlone) {
  EXPECT_EQ(filtered(R"({"contains":"50%"})", ValueType::kString),
            R"(contains(lower(CAST("x" AS VARCHAR)), lower($1)) 50%)");
  EXPECT_EQ(filtered(R"({"contains":""})", ValueType::kString), "all rows");
  EXPECT_EQ(filtered(R"({"contains":"5"})", ValueType::kInteger), "refused");
}

TEST(ShownCondition, TurnsSpansIntoBounds) {
  const std::string bounds = R"((("x" >= $1) AND ("x" < $2)))";
  const auto of = [&](Grain grain, const std::string& value) {
    return shown({"d", grain}, "[\"" + value + "\"]", ValueType::kDate);
  };
  EXPECT_EQ(of(Grain::kDay, "2001-02-28"), bounds + " 2001-02-28 2001-03-01");
  EXPECT_EQ(of(Grain::kWeek, "2001-01-01"), bounds + " 2001-01-01 2001-01-08");
  EXPECT_EQ(of(Grain::kMonth, "2001-02-01"), bounds + " 2001-02-01 2001-03-01");
  EXPECT_EQ(of(Grain::kQuarter, "2001-10-01"), bounds + " 2001-10-01 2002-01-01");
  EXPECT_EQ(of(Grain::kYear, "2001-01-01"), bounds + " 2001-01-01 2002-01-01");
  // No month begins there, so no row is shown by it.
  EXPECT_EQ(of(Grain::kMonth, "2001-02-28"), R"((("x" >= $1) AND ("x" < $1)) 2001-02-28)");
  EXPECT_EQ(of(Grain::kMonth, "never"), "refused");
  EXPECT_THAT(shown({"d", Grain::kHour}, R"(["2001-02-28T23:00:00Z"])", ValueType::kDatetime),
              ::testing::HasSubstr("2001-03-01"));
}

TEST(ShownCondition, ComparesPartsBinsAndPlainValues) {
  EXPECT_EQ(shown({"d", Grain::kDayOfWeek}, "[1,null]", ValueType::kDatetime),
            R"(((isodow("x") IN ($1)) OR ("x" IS NULL)) 1)");
  EXPECT_EQ(shown({"d", Grain::kNone, 250.0}, "[500]", ValueType::kInteger),
            R"((("x" >= $1) AND ("x" < $2)) 5E2 7.5E2)");
  EXPECT_EQ(shown({"d"}, R"(["a"])", ValueType::kString), R"((CAST("x" AS VARCHAR) IN ($1)) a)");
}

TEST(ShownCondition, RefusesWhatDoesNotFit) {
  EXPECT_EQ(shown({"d"}, "[]", ValueType::kString), "refused");
  EXPECT_EQ(shown({"d"}, R"([["a"]])", ValueType::kString), "refused");
  EXPECT_EQ(shown({"d", Grain::kMonth}, R"(["2001-01-01"])", ValueType::kString), "refused");
  EXPECT_EQ(shown({"d", Grain::kNone, 5.0}, "[5]", ValueType::kString), "refused");
  EXPECT_EQ(shown({"d", Grain::kNone, 5.0}, R"(["5"])", ValueType::kInteger), "refused");
  EXPECT_EQ(shown({"d", Grain::kHourOfDay}, R"(["1"])", ValueType::kDatetime), "refused");
}

}  // namespace
}  // namespace query
