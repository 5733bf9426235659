#include "model/filter_value.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "model/enum_names.h"
#include "model/read_number.h"

namespace model {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::ObjectReader;
using base::Result;

constexpr std::array<std::string_view, 11> kPresets = {
    "today",     "yesterday", "last7Days",   "last30Days", "last90Days", "thisWeek",
    "thisMonth", "lastMonth", "thisQuarter", "thisYear",   "lastYear"};

constexpr std::size_t kMaxSearchBytes = 200;

/// What is wrong with a list of values; empty where nothing is.
std::string problem_of(const json::array& values) {
  if (values.size() > kMaxFilterValues) {
    return fmt::format("Must have at most {} values.", kMaxFilterValues);
  }
  const bool scalars = std::ranges::none_of(
      values, [](const json::value& value) { return value.is_object() || value.is_array(); });
  return scalars ? "" : "Must be a list of values.";
}

std::optional<Date> read_day(ObjectReader& reader, std::string_view name) {
  const json::value* text = reader.optional_any(name);
  if (text == nullptr) return std::nullopt;
  const auto day = parse_value(*text, ValueType::kDate);
  if (!day) {
    reader.refuse(name, "Must be a day.");
    return std::nullopt;
  }
  return std::get<Date>(*day);
}

/// Of days where `object` has a text at one of its ends, otherwise of numbers.
FilterValue read_range(ObjectReader& reader, bool of_days) {
  if (of_days) {
    const auto from = read_day(reader, "from");
    return DateRange{from, read_day(reader, "to")};
  }
  const auto from = read_number(reader, "from");
  const auto to = read_number(reader, "to");
  if (!from && !to) return ChosenValues{};
  return NumberRange{from, to};
}

json::value render_day(Date day) { return render_value(Value(day)); }

struct RenderMembers {
  json::object& into;
  void operator()(const ChosenValues& chosen) const { into["values"] = chosen.values; }
  void operator()(const NumberRange& range) const {
    if (range.from) into["from"] = *range.from;
    if (range.to) into["to"] = *range.to;
  }
  void operator()(const DateRange& range) const {
    if (range.from) into["from"] = render_day(*range.from);
    if (range.to) into["to"] = render_day(*range.to);
  }
  void operator()(DatePreset preset) const { into["preset"] = enum_name(kPresets, preset); }
  void operator()(const SearchText& search) const { into["contains"] = search.contains; }
};

Date month_start(std::chrono::year_month month) { return Date(month / 1); }

/// All days of `count` months from `month` on.
DateRange months_of(std::chrono::year_month month, int count) {
  return {month_start(month),
          month_start(month + std::chrono::months(count)) - std::chrono::days(1)};
}

}  // namespace

FilterValue read_filter_value(ObjectReader& reader) {
  const json::value* values = reader.optional_array("values");
  const auto preset_name = reader.optional_string("preset");
  auto contains = reader.optional_string("contains", kMaxSearchBytes);
  const json::value* from = reader.optional_any("from");
  const json::value* to = reader.optional_any("to");
  const bool of_days = (from != nullptr && from->is_string()) || (to != nullptr && to->is_string());
  FilterValue range = read_range(reader, of_days);
  const int kinds =
      static_cast<int>(values != nullptr) + static_cast<int>(preset_name.has_value()) +
      static_cast<int>(contains.has_value()) + static_cast<int>(from != nullptr || to != nullptr);
  if (kinds > 1) reader.refuse("values", "Must be one of a list, a range, a preset and a search.");
  if (values != nullptr) {
    if (std::string problem = problem_of(values->get_array()); !problem.empty()) {
      reader.refuse("values", std::move(problem));
    }
    return ChosenValues{values->get_array()};
  }
  if (preset_name) {
    const auto preset = parse_enum<DatePreset>(kPresets, *preset_name);
    if (!preset) reader.refuse("preset", "Is not a preset.");
    return preset.value_or(DatePreset::kToday);
  }
  if (contains) return SearchText{std::move(*contains)};
  return range;
}

Result<FilterValue> parse_filter_value(const json::value& value, const std::string& path) {
  if (const json::array* values = value.if_array()) {
    if (std::string problem = problem_of(*values); !problem.empty()) {
      return Error{Code::kInvalidBody, std::move(problem), {}, path};
    }
    return FilterValue(ChosenValues{*values});
  }
  if (!value.is_object()) {
    return Error{Code::kInvalidBody, "Must be a list of values.", {}, path};
  }
  ObjectReader reader(value, path);
  FilterValue parsed = read_filter_value(reader);
  RETURN_IF_ERROR(reader.finish());
  return parsed;
}

void render_filter_value(const FilterValue& value, json::object& into) {
  std::visit(RenderMembers{into}, value);
}

DateRange resolve_preset(DatePreset preset, Date today) {
  using std::chrono::days;
  using std::chrono::months;
  const std::chrono::year_month_day civil(today);
  const std::chrono::year_month month = civil.year() / civil.month();
  const std::chrono::year_month january = civil.year() / std::chrono::January;
  const days since_monday = std::chrono::weekday(today) - std::chrono::Monday;
  switch (preset) {
    case DatePreset::kToday: return {today, today};
    case DatePreset::kYesterday: return {today - days(1), today - days(1)};
    case DatePreset::kLast7Days: return {today - days(6), today};
    case DatePreset::kLast30Days: return {today - days(29), today};
    case DatePreset::kLast90Days: return {today - days(89), today};
    case DatePreset::kThisWeek: return {today - since_monday, today - since_monday + days(6)};
    case DatePreset::kThisMonth: return months_of(month, 1);
    case DatePreset::kLastMonth: return months_of(month - months(1), 1);
    case DatePreset::kThisQuarter: {
      const unsigned into_quarter = (static_cast<unsigned>(civil.month()) - 1) % 3;
      return months_of(month - months(into_quarter), 3);
    }
    case DatePreset::kThisYear: return months_of(january, 12);
    case DatePreset::kLastYear: return months_of(january - months(12), 12);
  }
  return {today, today};
}

}  // namespace model
