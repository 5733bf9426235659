#pragma once

// What viewers of production did, counted by UTC day.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "model/value.h"
#include "store/connection.h"

namespace store {

struct DashboardViews {
  base::DashboardId dashboard;
  std::string end_user;  ///< The token's distinctId.
  model::Date day;
  std::int64_t views;
};
/// How often a chart was asked for.
struct ChartRuns {
  base::ChartId chart;
  model::Date day;
  std::int64_t runs;
  std::int64_t failures;  ///< Of them.
  std::int64_t total_milliseconds;
  std::int64_t slowest_milliseconds;
};

/// Adds to what is counted.
[[nodiscard]] base::Result<base::Done> add_views(Connection& connection,
                                                 const base::OrgId& organization,
                                                 const DashboardViews& views);
[[nodiscard]] base::Result<base::Done> add_chart_runs(Connection& connection,
                                                      const base::OrgId& organization,
                                                      const ChartRuns& runs);

struct ViewsOfDay {
  model::Date day;
  std::int64_t views;
  std::int64_t end_users;
};
/// In order; days without views are left out.
[[nodiscard]] base::Result<std::vector<ViewsOfDay>> count_views_by_day(
    Connection& connection, const base::OrgId& organization, model::Date since);

struct ViewsOfDashboard {
  base::DashboardId dashboard;
  std::int64_t views;
  std::int64_t end_users;
};
/// Most views first.
[[nodiscard]] base::Result<std::vector<ViewsOfDashboard>> count_views_by_dashboard(
    Connection& connection, const base::OrgId& organization, model::Date since, std::int64_t limit);

struct ViewsOfEndUser {
  std::string end_user;
  std::int64_t views;
  std::int64_t dashboards;
  model::Date last;
};
/// Most views first.
[[nodiscard]] base::Result<std::vector<ViewsOfEndUser>> count_views_by_end_user(
    Connection& connection, const base::OrgId& organization, model::Date since, std::int64_t limit);

/// Each chart over all days, `day` being its last. Those that took longest on average first.
[[nodiscard]] base::Result<std::vector<ChartRuns>> count_chart_runs(Connection& connection,
                                                                    const base::OrgId& organization,
                                                                    model::Date since,
                                                                    std::int64_t limit);

/// By day, dashboard and end user, after `after` where there is one.
[[nodiscard]] base::Result<std::vector<DashboardViews>> list_views(
    Connection& connection, const base::OrgId& organization, model::Date since,
    const std::optional<DashboardViews>& after, std::int64_t limit);

/// Of all organizations, at most `limit` rows of each kind. How many.
[[nodiscard]] base::Result<std::int64_t> delete_usage(Connection& connection, model::Date before,
                                                      std::int64_t limit);

}  // namespace store
