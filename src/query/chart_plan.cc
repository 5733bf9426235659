#include "query/chart_plan.h"

#include <algorithm>

#include <fmt/format.h>

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

Function truncation_to(Grain grain) {
  switch (grain) {
    case Grain::kYear: return Function::kTruncateToYear;
    case Grain::kMonth: return Function::kTruncateToMonth;
    case Grain::kHourOfDay: return Function::kHourOfDay;
    case Grain::kDay:
    case Grain::kNone: break;
  }
  return Function::kTruncateToDay;
}

Result<Expression> dimension_expression(const model::ChartDimension& asked,
                                        const model::Column& column) {
  Expression expression = sql::column(column.name);
  if (asked.grain != Grain::kNone) {
    if (!is_temporal(column.type)) return broken("grain on", asked.dimension);
    return sql::call(truncation_to(asked.grain), {std::move(expression)});
  }
  if (asked.bin_width) {
    if (!is_number(column.type) || *asked.bin_width <= 0) return broken("bins on", asked.dimension);
    return sql::call(Function::kBin, {std::move(expression), sql::bound(*asked.bin_width)});
  }
  return expression;
}

Function aggregate_function(model::Aggregate aggregate) {
  switch (aggregate) {
    case model::Aggregate::kCount: return Function::kCount;
    case model::Aggregate::kCountDistinct: return Function::kCountDistinct;
    case model::Aggregate::kSum: return Function::kSum;
    case model::Aggregate::kAverage: return Function::kAverage;
    case model::Aggregate::kMin: return Function::kMin;
    case model::Aggregate::kMax: return Function::kMax;
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

Result<Expression> measure_expression(const model::Measure& measure, const model::Table& table) {
  std::vector<Expression> arguments;
  if (measure.aggregate != model::Aggregate::kCount) {
    if (table.find_column(measure.column) == nullptr) return broken("column", measure.column);
    arguments.push_back(sql::column(measure.column));
  }
  Expression aggregate = sql::call(aggregate_function(measure.aggregate), std::move(arguments));
  if (!measure.filter) return aggregate;
  if (table.find_column(measure.filter->column) == nullptr) {
    return broken("column", measure.filter->column);
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

Result<Done> add_dimensions(ChartPlan& plan, const model::ChartSpec& spec,
                            const model::Table& table) {
  for (const model::ChartDimension& asked : spec.dimensions) {
    const model::Dimension* dimension = table.find_dimension(asked.dimension);
    const model::Column* column =
        dimension == nullptr ? nullptr : table.find_column(dimension->column);
    if (column == nullptr) return broken("dimension", asked.dimension);
    ASSIGN_OR_RETURN(Expression expression, dimension_expression(asked, *column));
    plan.select.group_by.push_back(plan.select.projections.size());
    plan.select.projections.push_back({std::move(expression), dimension->name});
    plan.columns.push_back({dimension->name,
                            dimension->label,
                            ChartColumn::Role::kDimension,
                            asked.grain,
                            asked.bin_width,
                            {}});
  }
  return Done{};
}

Result<Done> add_metrics(ChartPlan& plan, const model::ChartSpec& spec, const model::Table& table) {
  for (const std::string& name : spec.metrics) {
    const model::Metric* metric = table.find_metric(name);
    if (metric == nullptr) return broken("metric", name);
    ASSIGN_OR_RETURN(Expression expression, metric_expression(*metric, table));
    plan.select.projections.push_back({std::move(expression), metric->name});
    plan.columns.push_back({metric->name, metric->label, ChartColumn::Role::kMetric, Grain::kNone,
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
  for (const std::size_t dimension : plan.select.group_by) {
    plan.select.order_by.push_back({dimension, false});
  }
  return Done{};
}

Expression filter_condition(const std::vector<FilterChoice>& filters) {
  std::vector<Expression> conditions;
  for (const FilterChoice& filter : filters) {
    std::vector<Expression> arguments{sql::column(filter.column)};
    for (const model::Value& value : filter.values) arguments.push_back(sql::bound(value));
    conditions.push_back(sql::call(Function::kIn, std::move(arguments)));
  }
  return conditions.empty() ? nullptr : sql::call(Function::kAnd, std::move(conditions));
}

}  // namespace

Result<ChartPlan> plan_chart(const model::ChartSpec& spec, const model::Table& table,
                             const std::vector<FilterChoice>& filters) {
  ChartPlan plan{{{}, sql::TableReference{table.id}}, {}};
  RETURN_IF_ERROR(add_dimensions(plan, spec, table));
  RETURN_IF_ERROR(add_metrics(plan, spec, table));
  RETURN_IF_ERROR(add_order(plan, spec));
  plan.select.where = filter_condition(filters);
  plan.select.limit_rows = spec.limit_rows;
  return plan;
}

}  // namespace query
