#include "query/filter_condition.h"

#include <chrono>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace query {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::Result;
using model::Grain;
using model::Value;
using model::ValueType;
using sql::Expression;
using sql::Function;

Error misfit(std::string what) { return {Code::kInvalidBody, std::move(what)}; }

Error wrong_type(ValueType type) {
  return misfit(fmt::format("Must hold values of type {}.", model::type_name(type)));
}

Expression compare(Function function, const model::Column& column, Value value) {
  return sql::call(function, {sql::column(column.name), sql::bound(std::move(value))});
}

/// Of cells that are shown as null: NaN is, too.
Expression has_no_value(const model::Column& column) {
  const bool numeric = column.type == ValueType::kNumeric;
  return sql::call(numeric ? Function::kIsNoNumber : Function::kIsNotSet,
                   {sql::column(column.name)});
}

/// Either of `alternatives`, which are not none.
Expression any_of(std::vector<Expression> alternatives) {
  return sql::call(Function::kOr, std::move(alternatives));
}

/// `x` is one of `values`, or has no value where null is among them.
Result<Expression> is_one_of(const Expression& x, ValueType type, const json::array& values,
                             const Expression& no_value) {
  std::vector<Expression> arguments{x};
  std::vector<Expression> alternatives;
  bool or_none = false;
  for (const json::value& item : values) {
    if (item.is_null()) {
      or_none = true;
      continue;
    }
    auto parsed = model::parse_value(item, type);
    if (!parsed) return wrong_type(type);
    arguments.push_back(sql::bound(std::move(*parsed)));
  }
  if (arguments.size() > 1) {
    alternatives.push_back(sql::call(Function::kIn, std::move(arguments)));
  }
  if (or_none) alternatives.push_back(no_value);
  return any_of(std::move(alternatives));
}

/// A bound of whole numbers as one of them, so that the engine compares without converting.
Value number_bound(double bound, bool whole, double (*round)(double)) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  const double rounded = round(bound);
  if (whole && std::abs(rounded) <= kExact) return static_cast<std::int64_t>(rounded);
  return bound;
}

Expression both(std::vector<Expression> bounds) {
  return bounds.empty() ? nullptr : sql::call(Function::kAnd, std::move(bounds));
}

/// From the first day on, and before the day after the last.
Expression between_days(const model::Column& column, const model::DateRange& range) {
  const bool moments = column.type == ValueType::kDatetime;
  const auto value = [&](model::Date day) { return moments ? Value(model::Datetime(day)) : day; };
  std::vector<Expression> bounds;
  if (range.from) {
    bounds.push_back(compare(Function::kGreaterOrEqual, column, value(*range.from)));
  }
  if (range.to) {
    const model::Date after = *range.to + std::chrono::days(1);
    bounds.push_back(compare(Function::kLess, column, value(after)));
  }
  return both(std::move(bounds));
}

struct ConditionOn {
  const model::Column& column;
  model::Date today;

  Result<Expression> operator()(const model::ChosenValues& chosen) const {
    if (chosen.values.empty()) return Expression(nullptr);
    return is_one_of(sql::column(column.name), column.type, chosen.values, has_no_value(column));
  }
  Result<Expression> operator()(const model::NumberRange& range) const {
    const bool whole = column.type == ValueType::kInteger;
    if (!whole && column.type != ValueType::kNumeric) return wrong_type(column.type);
    std::vector<Expression> bounds;
    if (range.from) {
      bounds.push_back(
          compare(Function::kGreaterOrEqual, column, number_bound(*range.from, whole, std::ceil)));
    }
    if (range.to) {
      bounds.push_back(
          compare(Function::kLessOrEqual, column, number_bound(*range.to, whole, std::floor)));
    }
    return both(std::move(bounds));
  }
  Result<Expression> operator()(const model::DateRange& range) const {
    if (column.type != ValueType::kDate && column.type != ValueType::kDatetime) {
      return wrong_type(column.type);
    }
    return between_days(column, range);
  }
  Result<Expression> operator()(model::DatePreset preset) const {
    return (*this)(model::resolve_preset(preset, today));
  }
  Result<Expression> operator()(const model::SearchText& search) const {
    if (column.type != ValueType::kString) return wrong_type(column.type);
    if (search.contains.empty()) return Expression(nullptr);
    return compare(Function::kContainsAnyCase, column, search.contains);
  }
};

/// How many seconds the spans of `grain` have that are not counted in months; 0 for others.
std::chrono::seconds span_of(Grain grain) {
  switch (grain) {
    case Grain::kMinute: return std::chrono::minutes(1);
    case Grain::kHour: return std::chrono::hours(1);
    case Grain::kDay: return std::chrono::days(1);
    case Grain::kWeek: return std::chrono::days(7);
    default: return std::chrono::seconds(0);
  }
}

int months_of(Grain grain) {
  switch (grain) {
    case Grain::kMonth: return 1;
    case Grain::kQuarter: return 3;
    case Grain::kYear: return 12;
    default: return 0;
  }
}

/// The end of the span of `grain` that begins at `begin`; `begin` itself where none does.
model::Datetime end_of_span(Grain grain, model::Datetime begin) {
  if (const auto span = span_of(grain); span.count() > 0) return begin + span;
  const auto day = std::chrono::floor<std::chrono::days>(begin);
  const std::chrono::year_month_day civil(day);
  if (model::Datetime(day) != begin || civil.day() != std::chrono::day(1)) return begin;
  return model::Date(civil.year() / civil.month() / 1 + std::chrono::months(months_of(grain)));
}

/// The function of grains that are parts of a moment; nothing for spans.
std::optional<Function> part_of(Grain grain) {
  switch (grain) {
    case Grain::kHourOfDay: return Function::kHourOfDay;
    case Grain::kDayOfWeek: return Function::kDayOfWeek;
    case Grain::kMonthOfYear: return Function::kMonthOfYear;
    default: return std::nullopt;
  }
}

/// The moment that a chart's answer shows as the begin of a span: a day, or a day and time.
std::optional<model::Datetime> parse_begin(const json::value& value) {
  if (const auto day = model::parse_value(value, ValueType::kDate)) {
    return model::Datetime(std::get<model::Date>(*day));
  }
  if (const auto moment = model::parse_value(value, ValueType::kDatetime)) {
    return std::get<model::Datetime>(*moment);
  }
  return std::nullopt;
}

Result<Expression> in_span(Grain grain, const model::Column& column, const json::value& value) {
  const auto begin = parse_begin(value);
  if (!begin) return misfit("Must hold days or moments.");
  const model::Datetime end = end_of_span(grain, *begin);
  const bool moments = column.type == ValueType::kDatetime;
  const auto bound = [&](model::Datetime at) {
    return moments ? Value(at) : std::chrono::ceil<std::chrono::days>(at);
  };
  return both({compare(Function::kGreaterOrEqual, column, bound(*begin)),
               compare(Function::kLess, column, bound(end))});
}

Result<Expression> in_bin(double width, const model::Column& column, const json::value& value) {
  const auto begin = model::parse_value(value, ValueType::kNumeric);
  if (!begin) return wrong_type(ValueType::kNumeric);
  const double from = std::get<double>(*begin);
  return both({compare(Function::kGreaterOrEqual, column, from),
               compare(Function::kLess, column, from + width)});
}

/// Each of `values` by `condition_of`, or no value.
template <typename ConditionOf>
Result<Expression> in_any(const model::Column& column, const json::array& values,
                          ConditionOf condition_of) {
  std::vector<Expression> alternatives;
  for (const json::value& value : values) {
    if (value.is_null()) {
      alternatives.push_back(has_no_value(column));
      continue;
    }
    ASSIGN_OR_RETURN(Expression condition, condition_of(value));
    alternatives.push_back(std::move(condition));
  }
  return any_of(std::move(alternatives));
}

bool is_temporal(ValueType type) {
  return type == ValueType::kDate || type == ValueType::kDatetime;
}

}  // namespace

Result<Expression> filter_condition(const model::FilterValue& value, const model::Column& column,
                                    model::Date today) {
  return std::visit(ConditionOn{column, today}, value);
}

Result<Expression> shown_condition(const model::ChartDimension& asked, const model::Column& column,
                                   const json::array& values) {
  if (values.empty() || values.size() > model::kMaxFilterValues) {
    return misfit(fmt::format("Must have 1 to {} values.", model::kMaxFilterValues));
  }
  if (asked.bin_width) {
    if (column.type != ValueType::kInteger && column.type != ValueType::kNumeric) {
      return wrong_type(column.type);
    }
    return in_any(column, values, [&](const json::value& value) {
      return in_bin(*asked.bin_width, column, value);
    });
  }
  if (asked.grain == Grain::kNone) {
    return is_one_of(sql::column(column.name), column.type, values, has_no_value(column));
  }
  if (!is_temporal(column.type)) return wrong_type(column.type);
  if (const auto part = part_of(asked.grain)) {
    return is_one_of(sql::call(*part, {sql::column(column.name)}), ValueType::kInteger, values,
                     has_no_value(column));
  }
  return in_any(column, values,
                [&](const json::value& value) { return in_span(asked.grain, column, value); });
}

}  // namespace query
