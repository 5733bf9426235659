#pragma once

// Runs charts for a principal: plan, seal, cache, source. The one road from a chart to its rows.

#include <chrono>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "guard/guard.h"
#include "model/chart.h"
#include "model/principal.h"
#include "query/chart_plan.h"
#include "query/result_cache.h"
#include "query/sources.h"
#include "source/source.h"
#include "store/organization_view.h"

namespace query {

using source::Cancellation;

struct ChartAnswer {
  std::vector<ChartColumn> columns;
  Answer rows;  ///< One result column for each of `columns`.
};

/// A dashboard filter with the viewer's values, resolved to its table.
struct TableFilter {
  base::TableId table;
  FilterChoice choice;
};

/// Thread-safe.
class ChartQueries {
 public:
  ChartQueries(Sources& sources, ResultCache& cache, const base::Clock& clock,
               source::Limits limits)
      : sources_(sources), cache_(cache), clock_(clock), limits_(limits) {}

  /// Applies those `filters` that are on the chart's table. Errors: those of plan_chart,
  /// guard::seal and Source::run.
  [[nodiscard]] base::Result<ChartAnswer> run(const model::Principal& principal,
                                              const store::OrganizationView& view,
                                              const model::Chart& chart,
                                              const std::vector<TableFilter>& filters,
                                              const Cancellation& cancellation);

 private:
  Sources& sources_;
  ResultCache& cache_;
  const base::Clock& clock_;
  source::Limits limits_;
};

/// The attributes by which access rules lock the rows of `dashboard`, for the viewer's own eyes.
[[nodiscard]] std::vector<guard::LockedAttribute> find_locked_attributes(
    const model::Principal& principal, const store::OrganizationView& view,
    const model::Dashboard& dashboard, base::Seconds now);

/// `{"<filter id>": [value, …]}` by the dashboard's filters. An empty list does not filter.
/// kInvalidBody names the filter.
[[nodiscard]] base::Result<std::vector<TableFilter>> parse_filters(
    const base::json::value& json, const model::Dashboard& dashboard,
    const store::OrganizationView& view);

}  // namespace query
