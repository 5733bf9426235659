#include "model/value.h"

#include <array>
#include <cmath>
#include <type_traits>

#include <fmt/format.h>

#include "base/clock.h"

namespace model {
namespace {

namespace json = base::json;

constexpr std::array<std::string_view, 6> kNames = {"string",  "integer", "numeric",
                                                    "boolean", "date",    "datetime"};

std::optional<Value> parse_number(const json::value& value) {
  constexpr std::int64_t kExact = std::int64_t{1} << 53;  // Beyond, a double rounds whole numbers.
  if (const auto* number = value.if_double(); number != nullptr && std::isfinite(*number)) {
    return Value(*number);
  }
  if (const auto* whole = value.if_int64();
      whole != nullptr && *whole >= -kExact && *whole <= kExact) {
    return Value(static_cast<double>(*whole));
  }
  return std::nullopt;
}

std::optional<Value> parse_text(const json::string& text, ValueType type) {
  if (type == ValueType::kString) {
    if (text.find('\0') != json::string::npos) return std::nullopt;
    return Value(std::string(text));
  }
  if (type == ValueType::kDate) {
    const auto moment = base::parse_time(std::string(text) + "T00:00:00Z");
    if (!moment) return std::nullopt;
    return Value(std::chrono::floor<std::chrono::days>(*moment));
  }
  if (type == ValueType::kDatetime) {
    const auto moment = base::parse_time(text);
    if (!moment) return std::nullopt;
    return Value(Datetime(*moment));
  }
  return std::nullopt;
}

}  // namespace

ValueType type_of(const Value& value) { return static_cast<ValueType>(value.index()); }

std::string_view type_name(ValueType type) { return kNames[static_cast<std::size_t>(type)]; }

std::optional<ValueType> parse_type(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<ValueType>(i);
  }
  return std::nullopt;
}

std::optional<Value> parse_value(const json::value& value, ValueType type) {
  switch (type) {
    case ValueType::kBoolean:
      if (value.is_bool()) return Value(value.get_bool());
      return std::nullopt;
    case ValueType::kInteger:
      if (value.is_int64()) return Value(value.get_int64());
      return std::nullopt;
    case ValueType::kNumeric: return parse_number(value);
    case ValueType::kString:
    case ValueType::kDate:
    case ValueType::kDatetime:
      if (value.is_string()) return parse_text(value.get_string(), type);
      return std::nullopt;
  }
  return std::nullopt;
}

json::value render_value(const Value& value) {
  return std::visit(
      [](const auto& held) -> json::value {
        using T = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<T, Date>) {
          return json::value(render_date(held));
        } else if constexpr (std::is_same_v<T, Datetime>) {
          return json::value(base::render_time(held));
        } else {
          return json::value(held);
        }
      },
      value);
}

json::array render_values(const std::vector<Value>& values) {
  json::array array;
  for (const Value& value : values) array.push_back(render_value(value));
  return array;
}

std::string describe_value(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  const json::value rendered = render_value(value);
  return rendered.is_string() ? std::string(rendered.get_string()) : base::render_json(rendered);
}

std::string render_date(Date date) { return base::render_time(date).substr(0, 10); }

}  // namespace model
