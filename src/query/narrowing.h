#pragma once

// What a viewer asks of a dashboard's charts besides themselves: values of its filters, values
// picked in its charts, the day that date presets go by. All of it narrows. Pure and thread-safe.

#include <optional>
#include <vector>

#include "base/ids.h"
#include "base/json.h"
#include "base/result.h"
#include "model/chart.h"
#include "model/dashboard.h"
#include "model/principal.h"
#include "sql/tree.h"
#include "store/organization_view.h"

namespace query {

/// What a viewer chose, as a condition on the rows of a table.
struct TableFilter {
  base::TableId table;
  sql::Expression condition;
  /// The charts that it acts on; nothing: all that are on the table.
  std::optional<std::vector<base::ChartId>> charts = {};
  std::optional<base::ChartId> except = {};  ///< A chart that it leaves alone.
  [[nodiscard]] bool acts_on(const model::Chart& chart) const;
};

struct Narrowing {
  std::vector<TableFilter> filters;
  model::Date today;  ///< What date presets go by.
};

/// Those filters of `dashboard` whose columns `principal` may see; for them there are no others.
[[nodiscard]] std::vector<const model::DashboardFilter*> find_filters(
    const model::Principal& principal, const store::OrganizationView& view,
    const model::Dashboard& dashboard);

/// The column behind a dashboard filter; null where it is hidden from `principal`, or gone.
[[nodiscard]] const model::Column* find_filter_column(const model::DashboardFilter& filter,
                                                      const model::Principal& principal,
                                                      const store::OrganizationView& view);

/// The conditions of `narrowing` that act on `chart`.
[[nodiscard]] std::vector<sql::Expression> conditions_on(const Narrowing& narrowing,
                                                         const model::Chart& chart);

/// `{"<filter id>": what it keeps}` (model/filter_value.h) by those of `offered` whose columns
/// `principal` may see. kInvalidBody names the filter.
[[nodiscard]] base::Result<std::vector<TableFilter>> parse_filters(
    const base::json::value& json, const model::Principal& principal,
    const std::vector<model::DashboardFilter>& offered, const store::OrganizationView& view,
    model::Date today);

/// `[{"chart", "dimension", "grain"?, "binWidth"?, "values"}, …]`: values that were picked in one
/// of `charts`, which all others on its table are narrowed to. kInvalidBody names what is wrong; a
/// dimension whose column is hidden is none of the chart.
[[nodiscard]] base::Result<std::vector<TableFilter>> parse_selections(
    const base::json::array& json, const model::Principal& principal,
    const std::vector<const model::Chart*>& charts, const store::OrganizationView& view);

/// `[{"dimension", "grain"?, "binWidth"?, "value"}, …]`: the place in `chart` that was picked, as
/// conditions on its rows. As parse_selections.
[[nodiscard]] base::Result<std::vector<sql::Expression>> parse_place(
    const base::json::array& json, const model::Principal& principal, const model::Chart& chart,
    const store::OrganizationView& view);

}  // namespace query
