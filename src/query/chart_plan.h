#pragma once

// From a chart's spec to a query tree over table references: an inner query that groups by keys
// which are cheap to compute for every row (a month's number, a bin's number), and an outer one
// that shows each key as its value. Nothing here can be run: the guard comes next. Pure and
// thread-safe.

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/chart.h"
#include "model/table.h"
#include "sql/tree.h"

namespace query {

/// One column of a chart's answer, in the order of the plan's projections.
struct ChartColumn {
  enum class Role { kDimension, kMetric };
  std::string name;
  std::string label;
  Role role;
  model::Grain grain = model::Grain::kNone;
  std::optional<double> bin_width = {};
  model::NumberFormat format = {};
  bool rest = false;  ///< NULL stands for all values but the largest (ChartTop).
};

struct ChartPlan {
  sql::Select select;
  std::vector<ChartColumn> columns;  ///< Dimensions first.
};

/// Rows come sorted as the chart asks, then by every dimension, so equal queries give equal
/// answers; what ChartTop left over comes last. `conditions` are on columns of the table and all
/// hold, beside the chart's own filters as of `today`. kInvalidBody when the chart names a metric
/// or dimension that the table does not define or that does not fit its column;
/// guard::no_such_column() for a column that is gone.
[[nodiscard]] base::Result<ChartPlan> plan_chart(const model::ChartSpec& spec,
                                                 const model::Table& table,
                                                 const std::vector<sql::Expression>& conditions,
                                                 model::Date today);

/// The chart's own filters as conditions on the columns of `table`. As plan_chart.
[[nodiscard]] base::Result<std::vector<sql::Expression>> own_conditions(
    const model::ChartSpec& spec, const model::Table& table, model::Date today);

}  // namespace query
