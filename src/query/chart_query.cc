#include "query/chart_query.h"

#include <algorithm>

#include <fmt/format.h>
namespace query {
namespace {

namespace json = base::json;
using base::Code;
using base::Done;
using base::Error;
using base::Result;

constexpr std::size_t kMaxFilterValues = 1000;

Error filter_problem(std::string_view id, std::string what) {
  return {Code::kInvalidBody, std::move(what), {}, fmt::format("filters.{}", id)};
}

Result<FilterChoice> parse_choice(std::string_view id, const json::value& value,
                                  const model::Column& column) {
  const json::array* items = value.if_array();
  if (items == nullptr) return filter_problem(id, "Must be a list of values.");
  if (items->size() > kMaxFilterValues) {
    return filter_problem(id, fmt::format("Must have at most {} values.", kMaxFilterValues));
  }
  FilterChoice choice{column.name, {}};
  for (const json::value& item : *items) {
    auto parsed = model::parse_value(item, column.type);
    if (!parsed) {
      return filter_problem(
          id, fmt::format("Must hold values of type {}.", model::type_name(column.type)));
    }
    choice.values.push_back(std::move(*parsed));
  }
  return choice;
}

/// The column behind a dashboard filter; null where it is hidden from `principal`, or gone.
const model::Column* find_filter_column(const model::DashboardFilter& filter,
                                        const model::Principal& principal,
                                        const store::OrganizationView& view) {
  const auto table = view.tables.find(filter.table);
  if (table == view.tables.end()) return nullptr;
  const model::Dimension* dimension = table->second.find_dimension(filter.dimension);
  if (dimension == nullptr) return nullptr;
  for (const guard::SeenColumn& seen : guard::seen_columns(table->second, principal)) {
    if (seen.column->name == dimension->column) return seen.column;
  }
  return nullptr;
}

struct PlannedChart {
  ChartPlan plan;
  guard::SealedQuery sealed;
};

/// The chart's query for `principal`, with those `filters` that are on its table.
Result<PlannedChart> plan_for(const model::Principal& principal,
                              const store::OrganizationView& view, const guard::Policies& policies,
                              const model::Chart& chart, const std::vector<TableFilter>& filters) {
  const auto table = view.tables.find(chart.spec.table);
  if (table == view.tables.end()) {
    return Error{Code::kNotFound, "The chart's table does not exist."};
  }
  std::vector<FilterChoice> choices;
  for (const TableFilter& filter : filters) {
    if (filter.table == table->first) choices.push_back(filter.choice);
  }
  ASSIGN_OR_RETURN(ChartPlan plan, plan_chart(chart.spec, table->second, choices));
  ASSIGN_OR_RETURN(guard::SealedQuery sealed, guard::seal(plan.select, principal, policies));
  return PlannedChart{std::move(plan), std::move(sealed)};
}

Result<Done> check_asker(const model::Principal& asker, WithPlan with_plan) {
  if (!guard::may_explain(asker)) {
    return Error{Code::kForbidden, "Only sandbox tokens and makers may have this explained."};
  }
  if (with_plan == WithPlan::kYes && !guard::may_see_plan(asker)) {
    return Error{Code::kForbidden, "Only makers may see the plan."};
  }
  return Done{};
}

}  // namespace

std::vector<const model::DashboardFilter*> find_filters(const model::Principal& principal,
                                                        const store::OrganizationView& view,
                                                        const model::Dashboard& dashboard) {
  std::vector<const model::DashboardFilter*> filters;
  for (const model::DashboardFilter& filter : dashboard.filters) {
    if (find_filter_column(filter, principal, view) != nullptr) filters.push_back(&filter);
  }
  return filters;
}

Result<std::vector<TableFilter>> parse_filters(const json::value& value,
                                               const model::Principal& principal,
                                               const model::Dashboard& dashboard,
                                               const store::OrganizationView& view) {
  std::vector<TableFilter> filters;
  const json::object* choices = value.if_object();
  if (choices == nullptr) return Error{Code::kInvalidBody, "Must be an object.", {}, "filters"};
  for (const auto& member : *choices) {
    const std::string_view id = member.key();
    const auto filter = std::ranges::find(dashboard.filters, id, &model::DashboardFilter::id);
    const model::Column* column =
        filter == dashboard.filters.end() ? nullptr : find_filter_column(*filter, principal, view);
    if (column == nullptr) return filter_problem(id, "Is not a filter of this dashboard.");
    ASSIGN_OR_RETURN(FilterChoice choice, parse_choice(id, member.value(), *column));
    if (!choice.values.empty()) filters.push_back({filter->table, std::move(choice)});
  }
  return filters;
}

std::vector<guard::LockedAttribute> find_locked_attributes(const model::Principal& principal,
                                                           const store::OrganizationView& view,
                                                           const model::Dashboard& dashboard,
                                                           base::Seconds now) {
  std::vector<base::TableId> tables;
  for (const model::Tile& tile : dashboard.tiles) {
    const auto chart = view.charts.find(tile.chart);
    if (chart != view.charts.end()) tables.push_back(chart->second.spec.table);
  }
  return guard::find_locked_attributes(principal, policies_of(view, now), tables);
}

Result<ChartAnswer> ChartQueries::run(const model::Principal& principal,
                                      const store::OrganizationView& view,
                                      const model::Chart& chart,
                                      const std::vector<TableFilter>& filters,
                                      const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(PlannedChart planned,
                   plan_for(principal, view, policies_of(view, runs_.now()), chart, filters));
  ASSIGN_OR_RETURN(SealedRun run, runs_.run(planned.sealed, principal, view, cancellation));
  return ChartAnswer{std::move(planned.plan.columns), std::move(run.answer)};
}

Result<ExplainedChart> ChartQueries::explain(const model::Principal& principal,
                                             const model::Principal& asker,
                                             const store::OrganizationView& view,
                                             const model::Chart& chart,
                                             const std::vector<TableFilter>& filters,
                                             WithPlan with_plan, const Cancellation& cancellation) {
  RETURN_IF_ERROR(check_asker(asker, with_plan));
  std::chrono::microseconds spent{};
  ASSIGN_OR_RETURN(PlannedChart planned, timed(spent, [&] {
                     return plan_for(principal, view, policies_of(view, runs_.now()), chart,
                                     filters);
                   }));
  ASSIGN_OR_RETURN(SealedRun run, runs_.run(planned.sealed, principal, view, cancellation));
  run.times.guard = spent;
  ASSIGN_OR_RETURN(auto scans, runs_.measure_scans(planned.sealed, view, cancellation));
  std::optional<std::string> plan;
  if (with_plan == WithPlan::kYes) {
    ASSIGN_OR_RETURN(plan, runs_.explain_plan(planned.sealed, view, cancellation));
  }
  return ExplainedChart{{std::move(planned.plan.columns), std::move(run.answer)},
                        {planned.sealed.statement(), planned.sealed.decision()},
                        std::move(scans),
                        std::move(plan),
                        run.how,
                        run.age,
                        run.times};
}

}  // namespace query
