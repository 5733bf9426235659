#include "model/value.h"

#include <limits>

#include <gtest/gtest.h>

namespace model {
namespace {

using base::json::value;

std::string read(const value& json, ValueType type) {
  const auto parsed = parse_value(json, type);
  if (!parsed) return "refused";
  EXPECT_EQ(type_of(*parsed), type);
  return describe_value(*parsed);
}

std::string read_text(std::string_view json, ValueType type) {
  return read(base::parse_json(json).value(), type);
}

TEST(Value, IsOfExactlyTheTypeAskedFor) {
  const std::vector<std::pair<std::string, ValueType>> samples = {
      {R"("Paris")", ValueType::kString},    {"7", ValueType::kInteger},
      {"7.5", ValueType::kNumeric},          {"true", ValueType::kBoolean},
      {R"("2026-01-31")", ValueType::kDate}, {R"("2026-01-31T10:00:00Z")", ValueType::kDatetime}};
  for (const auto& [json, own_type] : samples) {
    for (const auto& [other, type] : samples) {
      const bool serves = type == own_type ||
                          (own_type == ValueType::kInteger && type == ValueType::kNumeric) ||
                          (json.front() == '"' && type == ValueType::kString);
      EXPECT_EQ(read_text(json, type) != "refused", serves) << json << " as " << type_name(type);
    }
  }
}

TEST(Value, IsNeverNullAListOrAnObject) {
  for (const std::string json : {"null", "[]", "[1]", "{}"}) {
    for (std::uint8_t type = 0; type < 6; ++type) {
      EXPECT_EQ(read_text(json, static_cast<ValueType>(type)), "refused") << json;
    }
  }
}

TEST(Value, AStringMayBeEmptyButHoldsNoNul) {
  EXPECT_EQ(read_text(R"("")", ValueType::kString), "");
  EXPECT_EQ(read_text(R"("\u0000")", ValueType::kString), "refused");
  EXPECT_EQ(read_text(R"("a\u0000b")", ValueType::kString), "refused");
  EXPECT_EQ(read_text(R"("' OR 1=1 --")", ValueType::kString), "' OR 1=1 --");
}

TEST(Value, AnIntegerIsWholeAndFitsIn64Bits) {
  EXPECT_EQ(read_text("-9223372036854775808", ValueType::kInteger), "-9223372036854775808");
  EXPECT_EQ(read_text("9223372036854775807", ValueType::kInteger), "9223372036854775807");
  for (const std::string json : {"9223372036854775808", "1.0", "1e2", R"("1")", "true"}) {
    EXPECT_EQ(read_text(json, ValueType::kInteger), "refused") << json;
  }
}

TEST(Value, ANumericIsFinite) {
  EXPECT_NE(read_text("1e308", ValueType::kNumeric), "refused");
  EXPECT_EQ(read(value(std::numeric_limits<double>::infinity()), ValueType::kNumeric), "refused");
  EXPECT_EQ(read(value(-std::numeric_limits<double>::infinity()), ValueType::kNumeric), "refused");
  EXPECT_EQ(read(value(std::numeric_limits<double>::quiet_NaN()), ValueType::kNumeric), "refused");
  const auto huge = base::parse_json("1e400");
  if (huge) {
    EXPECT_EQ(read(*huge, ValueType::kNumeric), "refused");
  }
}

TEST(Value, AWholeNumberThatADoubleWouldRoundIsNoNumeric) {
  EXPECT_NE(read_text("9007199254740992", ValueType::kNumeric), "refused");
  EXPECT_EQ(read_text("9007199254740993", ValueType::kNumeric), "refused");
  EXPECT_EQ(read_text("-9007199254740993", ValueType::kNumeric), "refused");
  EXPECT_EQ(read_text("18446744073709551615", ValueType::kNumeric), "refused");
}

TEST(Value, ADateIsOfTheCalendar) {
  EXPECT_EQ(read_text(R"("2024-02-29")", ValueType::kDate), "2024-02-29");
  for (const std::string json :
       {R"("2023-02-29")", R"("2023-00-01")", R"("2023-13-01")", R"("2023-04-31")", R"("2023-4-1")",
        R"("01.04.2023")", R"("")", R"("2023-04-01T00:00:00Z")", "20230401", R"(" 2023-04-01")"}) {
    EXPECT_EQ(read_text(json, ValueType::kDate), "refused") << json;
  }
}

TEST(Value, ADatetimeIsAMomentInUtc) {
  EXPECT_EQ(read_text(R"("2026-01-31T23:59:59Z")", ValueType::kDatetime), "2026-01-31T23:59:59Z");
  for (const std::string json :
       {R"("2026-01-31T24:00:00Z")", R"("2026-02-30T00:00:00Z")", R"("2026-01-31T10:00:00")",
        R"("2026-01-31T10:00:00+01:00")", R"("2026-01-31")", "1767225600"}) {
    EXPECT_EQ(read_text(json, ValueType::kDatetime), "refused") << json;
  }
}

TEST(Value, WhatIsWrittenReadsTheSame) {
  const std::vector<Value> values = {std::string("é\"\\\n"),
                                     std::int64_t{-5},
                                     std::numeric_limits<std::int64_t>::max(),
                                     0.1,
                                     -1e300,
                                     3.0,
                                     true,
                                     false,
                                     Date(std::chrono::days(20'000)),
                                     Datetime(std::chrono::seconds(1'767'225'599))};
  for (const Value& each : values) {
    const auto text = base::render_json(render_value(each));
    EXPECT_EQ(parse_value(base::parse_json(text).value(), type_of(each)), each) << text;
  }
}

TEST(ValueType, HasANameEachWay) {
  for (std::uint8_t type = 0; type < 6; ++type) {
    const auto each = static_cast<ValueType>(type);
    EXPECT_EQ(parse_type(type_name(each)), each);
  }
  for (const std::string name : {"", "String", "int", "text", "list"}) {
    EXPECT_EQ(parse_type(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace model
