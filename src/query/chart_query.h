#pragma once

// Runs charts for a principal: plan, seal, cache, source. The one road from a chart to its rows.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "guard/guard.h"
#include "model/chart.h"
#include "model/dashboard.h"
#include "model/principal.h"
#include "query/chart_plan.h"
#include "query/narrowing.h"
#include "query/sealed_runs.h"
#include "source/source.h"
#include "store/organization_view.h"

namespace query {

struct ChartAnswer {
  std::vector<ChartColumn> columns;
  Answer rows;  ///< One result column for each of `columns`.
};

/// How a chart's answer came about.
struct ExplainedChart {
  ChartAnswer answer;
  ExplainedQuery query;
  std::vector<source::TableScan> scans;  ///< Of a run apart. Empty where the engine does not tell.
  std::optional<std::string> plan;       ///< The engine's, where it was asked for.
  CacheUse how;
  std::chrono::seconds age;
  RunTimes times;
};

enum class WithPlan : std::uint8_t { kNo, kYes };

/// Thread-safe.
class ChartQueries {
 public:
  ChartQueries(Sources& sources, ResultCache& cache, const base::Clock& clock,
               source::Limits limits)
      : runs_(sources, cache, clock, limits) {}

  /// Applies those filters that are on the chart's table. Errors: those of plan_chart,
  /// guard::seal and Source::run.
  [[nodiscard]] base::Result<ChartAnswer> run(const model::Principal& principal,
                                              const store::OrganizationView& view,
                                              const model::Chart& chart, const Narrowing& narrowing,
                                              const Cancellation& cancellation);

  /// The same with how it came about. kForbidden where `asker` may not have it explained, or wants
  /// the plan and may not see it.
  [[nodiscard]] base::Result<ExplainedChart> explain(const model::Principal& principal,
                                                     const model::Principal& asker,
                                                     const store::OrganizationView& view,
                                                     const model::Chart& chart,
                                                     const Narrowing& narrowing, WithPlan with_plan,
                                                     const Cancellation& cancellation);

 private:
  SealedRuns runs_;
};

/// The attributes by which access rules lock the rows of `charts`, for the viewer's own eyes.
[[nodiscard]] std::vector<guard::LockedAttribute> find_locked_attributes(
    const model::Principal& principal, const store::OrganizationView& view,
    const std::vector<const model::Chart*>& charts, base::Seconds now);

/// Whether `principal` may see every column that the chart is made of. Names of its metrics and
/// dimensions are for those who may.
[[nodiscard]] bool is_chart_seen(const model::Principal& principal,
                                 const store::OrganizationView& view, const model::Chart& chart);

}  // namespace query
