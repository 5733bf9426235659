#include "query/chart_query.h"

#include <algorithm>

namespace query {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

struct PlannedChart {
  ChartPlan plan;
  guard::SealedQuery sealed;
};

/// The chart's query for `principal`, with those filters that are on its table.
Result<PlannedChart> plan_for(const model::Principal& principal,
                              const store::OrganizationView& view, const guard::Policies& policies,
                              const model::Chart& chart, const Narrowing& narrowing) {
  const auto table = view.tables.find(chart.spec.table);
  if (table == view.tables.end()) {
    return Error{Code::kNotFound, "The chart's table does not exist."};
  }
  ASSIGN_OR_RETURN(ChartPlan plan, plan_chart(chart.spec, table->second,
                                              conditions_on(narrowing, chart), narrowing.today));
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

bool is_chart_seen(const model::Principal& principal, const store::OrganizationView& view,
                   const model::Chart& chart) {
  const auto table = view.tables.find(chart.spec.table);
  if (table == view.tables.end()) return false;
  model::Table seen = table->second;
  const auto columns = guard::seen_columns(table->second, principal);
  std::erase_if(seen.columns, [&](const model::Column& column) {
    return std::ranges::none_of(
        columns, [&](const guard::SeenColumn& each) { return each.column->name == column.name; });
  });
  return plan_chart(chart.spec, seen, {}, {}).ok();
}

std::vector<guard::LockedAttribute> find_locked_attributes(
    const model::Principal& principal, const store::OrganizationView& view,
    const std::vector<const model::Chart*>& charts, base::Seconds now) {
  std::vector<base::TableId> tables;
  for (const model::Chart* chart : charts) tables.push_back(chart->spec.table);
  return guard::find_locked_attributes(principal, policies_of(view, now), tables);
}

Result<ChartAnswer> ChartQueries::run(const model::Principal& principal,
                                      const store::OrganizationView& view,
                                      const model::Chart& chart, const Narrowing& narrowing,
                                      const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(PlannedChart planned,
                   plan_for(principal, view, policies_of(view, runs_.now()), chart, narrowing));
  ASSIGN_OR_RETURN(SealedRun run, runs_.run(planned.sealed, principal, view, cancellation));
  return ChartAnswer{std::move(planned.plan.columns), std::move(run.answer)};
}

Result<ExplainedChart> ChartQueries::explain(const model::Principal& principal,
                                             const model::Principal& asker,
                                             const store::OrganizationView& view,
                                             const model::Chart& chart, const Narrowing& narrowing,
                                             WithPlan with_plan, const Cancellation& cancellation) {
  RETURN_IF_ERROR(check_asker(asker, with_plan));
  std::chrono::microseconds spent{};
  ASSIGN_OR_RETURN(PlannedChart planned, timed(spent, [&] {
                     return plan_for(principal, view, policies_of(view, runs_.now()), chart,
                                     narrowing);
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
