#pragma once

// Typed values: what attributes, constants, filter values and bound arguments are made of.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.h"

namespace model {

enum class ValueType : std::uint8_t { kString, kInteger, kNumeric, kBoolean, kDate, kDatetime };

/// A calendar day, and a moment in UTC to the second. Both are written as RFC 3339 text in JSON.
using Date = std::chrono::sys_days;
using Datetime = std::chrono::sys_seconds;

/// Never NULL: an absent value is an absent optional.
using Value = std::variant<std::string, std::int64_t, double, bool, Date, Datetime>;

/// A value that may be NULL, as result cells are.
using Cell = std::optional<Value>;

[[nodiscard]] ValueType type_of(const Value& value);

/// "string", "integer", …
[[nodiscard]] std::string_view type_name(ValueType type);
[[nodiscard]] std::optional<ValueType> parse_type(std::string_view name);

/// A JSON scalar as a value of exactly `type`; a whole number is accepted where Numeric is asked.
/// Nothing for null, other types, numbers out of range or that Numeric would round, NaN, impossible
/// dates and strings with NUL.
[[nodiscard]] std::optional<Value> parse_value(const base::json::value& json, ValueType type);
[[nodiscard]] base::json::value render_value(const Value& value);
[[nodiscard]] base::json::array render_values(const std::vector<Value>& values);

/// For a person, without quotes: "TX", "42", "2001-01-31".
[[nodiscard]] std::string describe_value(const Value& value);

[[nodiscard]] std::string render_date(Date date);

}  // namespace model
