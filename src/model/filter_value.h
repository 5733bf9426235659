#pragma once

// What a filter keeps, as people choose it: before the type of its column is known. Plain values.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/json.h"
#include "base/result.h"
#include "model/value.h"

namespace model {

/// Rows whose column is one of these JSON scalars; null stands for a cell without a value. An empty
/// list keeps all rows.
struct ChosenValues {
  base::json::array values;
};
/// Both ends belong to it; an end that is missing is open.
struct NumberRange {
  std::optional<double> from;
  std::optional<double> to;
};
struct DateRange {
  std::optional<Date> from;
  std::optional<Date> to;
};
/// A range of days that moves with the calendar. Weeks begin on Monday; "last … days" end today.
enum class DatePreset : std::uint8_t {
  kToday,
  kYesterday,
  kLast7Days,
  kLast30Days,
  kLast90Days,
  kThisWeek,
  kThisMonth,
  kLastMonth,
  kThisQuarter,
  kThisYear,
  kLastYear,
};
/// Rows whose text holds this one, in whatever case. The empty text is held by every row.
struct SearchText {
  std::string contains;
};
using FilterValue = std::variant<ChosenValues, NumberRange, DateRange, DatePreset, SearchText>;

inline constexpr std::size_t kMaxFilterValues = 1000;

/// `[value, …]`, `{"from"?, "to"?}` of numbers or of days, `{"preset"}` or `{"contains"}`.
/// kInvalidBody with a field below `path`.
[[nodiscard]] base::Result<FilterValue> parse_filter_value(const base::json::value& json,
                                                           const std::string& path);
/// The same as members of an object that has others besides; a list is its member "values".
/// Problems are kept in `reader`.
[[nodiscard]] FilterValue read_filter_value(base::ObjectReader& reader);
/// Adds the members that read_filter_value reads.
void render_filter_value(const FilterValue& value, base::json::object& into);

[[nodiscard]] DateRange resolve_preset(DatePreset preset, Date today);

}  // namespace model
