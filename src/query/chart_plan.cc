#include "query/chart_plan.h"

#include <algorithm>

#include <fmt/format.h>

#include "guard/guard.h"
#include "query/filter_condition.h"

namespace query {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using model::Grain;
using model::ValueType;
using sql::Expression;
using sql::Function;

Error broken(std::string_view what, std::string_view name) {
  return {Code::kInvalidBody, "The chart is out of date: ask its author to repair it.",
          fmt::format("{} {}", what, name)};
}

bool is_temporal(ValueType type) {
  return type == ValueType::kDate || type == ValueType::kDatetime;
}
bool is_number(ValueType type) {
  return type == ValueType::kInteger || type == ValueType::kNumeric;
}

Error gone(std::string_view column) {
  Error error = guard::no_such_column();
  error.detail = fmt::format("column {} is gone", column);
  return error;
}

/// How a dimension is grouped and shown: a key that is cheap to compute for every row, and its
/// value, which is computed once a group. Keys are in the order of their values.
struct Grouping {
  Expression key;
  Expression value;  ///< Over the key's alias.
};

Expression of(Function function, const Expression& x) { return sql::call(function, {x}); }

Grouping group_by_grain(Grain grain, const Expression& x, const Expression& key) {
  switch (grain) {
    case Grain::kYear: return {of(Function::kYearNumber, x), of(Function::kYearStart, key)};
    case Grain::kQuarter:
      return {of(Function::kQuarterNumber, x), of(Function::kQuarterStart, key)};
    case Grain::kMonth: return {of(Function::kMonthNumber, x), of(Function::kMonthStart, key)};
    case Grain::kWeek: return {of(Function::kWeekNumber, x), of(Function::kWeekStart, key)};
    case Grain::kDay: return {of(Function::kDay, x), key};
    case Grain::kHour: return {of(Function::kHourNumber, x), of(Function::kHourStart, key)};
    case Grain::kMinute: return {of(Function::kMinuteNumber, x), of(Function::kMinuteStart, key)};
    case Grain::kHourOfDay: return {of(Function::kHourOfDay, x), key};
    case Grain::kDayOfWeek: return {of(Function::kDayOfWeek, x), key};
    case Grain::kMonthOfYear: return {of(Function::kMonthOfYear, x), key};
    case Grain::kNone: break;
  }
  return {x, key};
}

Result<Grouping> group_dimension(const model::ChartDimension& asked, const model::Column& column,
                                 Expression key) {
  Expression x = sql::column(column.name);
  if (asked.grain != Grain::kNone && !is_temporal(column.type)) {
    return broken("grain on", asked.dimension);
  }
  if (!asked.bin_width) return group_by_grain(asked.grain, x, key);
  if (!is_number(column.type) || *asked.bin_width <= 0 || asked.grain != Grain::kNone) {
    return broken("bins on", asked.dimension);
  }
  const Expression width = sql::bound(*asked.bin_width);
  return Grouping{sql::call(Function::kBinNumber, {std::move(x), width}),
                  sql::call(Function::kBinStart, {std::move(key), width})};
}

/// Over a column of `type`.
Function aggregate_function(model::Aggregate aggregate, ValueType type) {
  const bool truth = type == ValueType::kBoolean;
  switch (aggregate) {
    case model::Aggregate::kCount: return Function::kCount;
    case model::Aggregate::kCountDistinct: return Function::kCountDistinct;
    case model::Aggregate::kSum: return Function::kSum;
    case model::Aggregate::kAverage: return Function::kAverage;
    case model::Aggregate::kMin: return truth ? Function::kAllTrue : Function::kMin;
    case model::Aggregate::kMax: return truth ? Function::kAnyTrue : Function::kMax;
  }
  return Function::kCount;
}

Function comparison_function(model::Comparison comparison) {
  switch (comparison) {
    case model::Comparison::kEqual: return Function::kEqual;
    case model::Comparison::kGreater: return Function::kGreater;
    case model::Comparison::kGreaterOrEqual: return Function::kGreaterOrEqual;
    case model::Comparison::kLess: return Function::kLess;
    case model::Comparison::kLessOrEqual: return Function::kLessOrEqual;
  }
  return Function::kEqual;
}

Result<Expression> aggregate_expression(const model::Measure& measure, const model::Table& table) {
  if (measure.aggregate == model::Aggregate::kCount) return sql::call(Function::kCount, {});
  const model::Column* column = table.find_column(measure.column);
  if (column == nullptr) return gone(measure.column);
  return sql::call(aggregate_function(measure.aggregate, column->type),
                   {sql::column(measure.column)});
}

Result<Expression> measure_expression(const model::Measure& measure, const model::Table& table) {
  ASSIGN_OR_RETURN(Expression aggregate, aggregate_expression(measure, table));
  if (!measure.filter) return aggregate;
  if (table.find_column(measure.filter->column) == nullptr) {
    return gone(measure.filter->column);
  }
  Expression condition =
      sql::call(comparison_function(measure.filter->comparison),
                {sql::column(measure.filter->column), sql::bound(measure.filter->value)});
  return sql::call(Function::kFilter, {std::move(aggregate), std::move(condition)});
}

Result<Expression> metric_expression(const model::Metric& metric, const model::Table& table) {
  ASSIGN_OR_RETURN(Expression numerator, measure_expression(metric.measure, table));
  if (!metric.denominator) return numerator;
  ASSIGN_OR_RETURN(Expression denominator, measure_expression(*metric.denominator, table));
  return sql::call(Function::kRatio, {std::move(numerator), std::move(denominator)});
}

/// A sum of whole numbers is one, though engines add them up in a wider type.
Expression shown_metric(const model::Metric& metric, const model::Table& table, Expression value) {
  const model::Column* column = table.find_column(metric.measure.column);
  const bool whole = !metric.denominator && metric.measure.aggregate == model::Aggregate::kSum &&
                     column != nullptr && column->type == ValueType::kInteger;
  return whole ? sql::call(Function::kWhole, {std::move(value)}) : value;
}

/// The grouped query, and what is shown of each of its projections.
struct Draft {
  sql::Select grouped;
  std::vector<sql::Projection> shown;
  std::vector<ChartColumn> columns;

  /// Names of the grouped query are its own: a chart may show one column twice.
  [[nodiscard]] std::string next_alias() const {
    return fmt::format("c{}", grouped.projections.size());
  }
};

Result<Done> add_dimensions(Draft& draft, const model::ChartSpec& spec, const model::Table& table) {
  for (const model::ChartDimension& asked : spec.dimensions) {
    const model::Dimension* dimension = table.find_dimension(asked.dimension);
    if (dimension == nullptr) return broken("dimension", asked.dimension);
    const model::Column* column = table.find_column(dimension->column);
    if (column == nullptr) return gone(dimension->column);
    const std::string alias = draft.next_alias();
    ASSIGN_OR_RETURN(Grouping grouping, group_dimension(asked, *column, sql::column(alias)));
    draft.grouped.group_by.push_back(draft.grouped.projections.size());
    draft.grouped.projections.push_back({std::move(grouping.key), alias});
    draft.shown.push_back({std::move(grouping.value), dimension->name});
    draft.columns.push_back({dimension->name, dimension->label, ChartColumn::Role::kDimension,
                             asked.grain, asked.bin_width});
  }
  return Done{};
}

Result<Done> add_metrics(Draft& draft, const model::ChartSpec& spec, const model::Table& table) {
  for (const std::string& name : spec.metrics) {
    const model::Metric* metric = table.find_metric(name);
    if (metric == nullptr) return broken("metric", name);
    ASSIGN_OR_RETURN(Expression expression, metric_expression(*metric, table));
    const std::string alias = draft.next_alias();
    draft.grouped.projections.push_back({std::move(expression), alias});
    draft.shown.push_back({shown_metric(*metric, table, sql::column(alias)), metric->name});
    draft.columns.push_back({metric->name, metric->label, ChartColumn::Role::kMetric, Grain::kNone,
                             std::nullopt, metric->format});
  }
  return Done{};
}

Result<Done> add_order(ChartPlan& plan, const model::ChartSpec& spec) {
  if (spec.sort) {
    const auto sorted = std::ranges::find(plan.columns, spec.sort->by, &ChartColumn::name);
    if (sorted == plan.columns.end()) return broken("sort by", spec.sort->by);
    plan.select.order_by.push_back(
        {static_cast<std::size_t>(sorted - plan.columns.begin()), spec.sort->descending});
  }
  for (std::size_t i = 0; i < spec.dimensions.size(); ++i)
    plan.select.order_by.push_back({i, false});
  return Done{};
}

Expression all_of(std::vector<Expression> conditions) {
  return conditions.empty() ? nullptr : sql::call(Function::kAnd, std::move(conditions));
}

/// The keys of the first dimension that ChartTop keeps: a query of its own over the same rows.
std::shared_ptr<const sql::Select> top_keys(const Draft& draft, const model::ChartTop& top,
                                            std::size_t metric,
                                            std::vector<Expression> conditions) {
  const sql::Projection& key = draft.grouped.projections.front();
  conditions.push_back(sql::call(Function::kIsSet, {key.expression}));
  sql::Select ranked{{key, draft.grouped.projections[metric]}, draft.grouped.from};
  ranked.where = all_of(std::move(conditions));
  ranked.group_by = {0};
  ranked.order_by = {{1, true}, {0, false}};
  ranked.limit_rows = top.count;
  return std::make_shared<const sql::Select>(
      sql::Select{{{sql::column(key.alias), key.alias}},
                  std::make_shared<const sql::Select>(std::move(ranked))});
}

/// Leaves the largest values of the first dimension, and the rest under NULL where it is asked for.
/// Takes the condition on the rows into `conditions`.
void apply_top(Draft& draft, const model::ChartSpec& spec, std::vector<Expression>& conditions) {
  if (!spec.top || spec.dimensions.empty()) return;
  Expression& key = draft.grouped.projections.front().expression;
  const Expression is_kept =
      sql::among(key, top_keys(draft, *spec.top, spec.dimensions.size(), conditions));
  if (spec.top->other) {
    key = sql::call(Function::kWhen, {is_kept, key});
    draft.columns.front().rest = true;
  } else {
    conditions.push_back(is_kept);
  }
}

}  // namespace

Result<std::vector<Expression>> own_conditions(const model::ChartSpec& spec,
                                               const model::Table& table, model::Date today) {
  std::vector<Expression> conditions;
  for (const model::ChartFilter& filter : spec.filters) {
    const model::Dimension* dimension = table.find_dimension(filter.dimension);
    if (dimension == nullptr) return broken("dimension", filter.dimension);
    const model::Column* column = table.find_column(dimension->column);
    if (column == nullptr) return gone(dimension->column);
    const auto condition = filter_condition(filter.value, *column, today);
    if (!condition) return broken("filter on", filter.dimension);
    if (*condition != nullptr) conditions.push_back(*condition);
  }
  return conditions;
}

Result<ChartPlan> plan_chart(const model::ChartSpec& spec, const model::Table& table,
                             const std::vector<Expression>& conditions, model::Date today) {
  Draft draft{{{}, sql::TableReference{table.id}}, {}, {}};
  RETURN_IF_ERROR(add_dimensions(draft, spec, table));
  RETURN_IF_ERROR(add_metrics(draft, spec, table));
  ASSIGN_OR_RETURN(const auto own, own_conditions(spec, table, today));
  std::vector<Expression> all = conditions;
  all.insert(all.end(), own.begin(), own.end());
  apply_top(draft, spec, all);
  draft.grouped.where = all_of(std::move(all));
  const std::string first_key = draft.grouped.projections.front().alias;
  ChartPlan plan{
      {std::move(draft.shown), std::make_shared<const sql::Select>(std::move(draft.grouped))},
      std::move(draft.columns)};
  RETURN_IF_ERROR(add_order(plan, spec));
  if (plan.columns.front().rest) {
    plan.select.last = sql::call(Function::kIsNotSet, {sql::column(first_key)});
  }
  plan.select.limit_rows = spec.limit_rows;
  return plan;
}

}  // namespace query
