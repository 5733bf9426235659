#include "store/usage.h"

#include <chrono>

namespace store {
namespace {

using base::Done;
using base::Result;

std::int64_t number_of(model::Date day) { return day.time_since_epoch().count(); }

model::Date day_at(const Query& query, int column) {
  return model::Date(std::chrono::days(query.integer(column)));
}

/// Every row that `query` gives, by `read_row`.
template <typename Row, typename Read>
Result<std::vector<Row>> read_all(Query& query, const Read& read_row) {
  std::vector<Row> rows;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return rows;
    rows.push_back(read_row(query));
  }
}

}  // namespace

Result<Done> add_views(Connection& connection, const base::OrgId& organization,
                       const DashboardViews& views) {
  return connection
      .query(
          "INSERT INTO dashboard_views (organization_id, day, dashboard_id, end_user, views)"
          " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET views = views + excluded.views")
      .bind(organization)
      .bind(number_of(views.day))
      .bind(views.dashboard)
      .bind(views.end_user)
      .bind(views.views)
      .run();
}

Result<Done> add_chart_runs(Connection& connection, const base::OrgId& organization,
                            const ChartRuns& runs) {
  return connection
      .query(
          "INSERT INTO chart_runs (organization_id, day, chart_id, runs, failures,"
          " total_milliseconds, slowest_milliseconds) VALUES (?, ?, ?, ?, ?, ?, ?)"
          " ON CONFLICT DO UPDATE SET runs = runs + excluded.runs,"
          " failures = failures + excluded.failures,"
          " total_milliseconds = total_milliseconds + excluded.total_milliseconds,"
          " slowest_milliseconds = max(slowest_milliseconds, excluded.slowest_milliseconds)")
      .bind(organization)
      .bind(number_of(runs.day))
      .bind(runs.chart)
      .bind(runs.runs)
      .bind(runs.failures)
      .bind(runs.total_milliseconds)
      .bind(runs.slowest_milliseconds)
      .run();
}

Result<std::vector<ViewsOfDay>> count_views_by_day(Connection& connection,
                                                   const base::OrgId& organization,
                                                   model::Date since) {
  Query query = connection.query(
      "SELECT day, sum(views), count(DISTINCT end_user) FROM dashboard_views"
      " WHERE organization_id = ? AND day >= ? GROUP BY day ORDER BY day");
  query.bind(organization).bind(number_of(since));
  return read_all<ViewsOfDay>(query, [](const Query& row) {
    return ViewsOfDay{day_at(row, 0), row.integer(1), row.integer(2)};
  });
}

Result<std::vector<ViewsOfDashboard>> count_views_by_dashboard(Connection& connection,
                                                               const base::OrgId& organization,
                                                               model::Date since,
                                                               std::int64_t limit) {
  Query query = connection.query(
      "SELECT dashboard_id, sum(views) AS views, count(DISTINCT end_user) FROM dashboard_views"
      " WHERE organization_id = ? AND day >= ? GROUP BY dashboard_id"
      " ORDER BY 2 DESC, dashboard_id LIMIT ?");
  query.bind(organization).bind(number_of(since)).bind(limit);
  return read_all<ViewsOfDashboard>(query, [](const Query& row) {
    return ViewsOfDashboard{base::DashboardId(row.text(0)), row.integer(1), row.integer(2)};
  });
}

Result<std::vector<ViewsOfEndUser>> count_views_by_end_user(Connection& connection,
                                                            const base::OrgId& organization,
                                                            model::Date since, std::int64_t limit) {
  Query query = connection.query(
      "SELECT end_user, sum(views), count(DISTINCT dashboard_id), max(day) FROM dashboard_views"
      " WHERE organization_id = ? AND day >= ? GROUP BY end_user ORDER BY 2 DESC, end_user"
      " LIMIT ?");
  query.bind(organization).bind(number_of(since)).bind(limit);
  return read_all<ViewsOfEndUser>(query, [](const Query& row) {
    return ViewsOfEndUser{row.text(0), row.integer(1), row.integer(2), day_at(row, 3)};
  });
}

Result<std::vector<ChartRuns>> count_chart_runs(Connection& connection,
                                                const base::OrgId& organization, model::Date since,
                                                std::int64_t limit) {
  Query query = connection.query(
      "SELECT chart_id, max(day), sum(runs), sum(failures), sum(total_milliseconds),"
      " max(slowest_milliseconds) FROM chart_runs WHERE organization_id = ? AND day >= ?"
      " GROUP BY chart_id ORDER BY sum(total_milliseconds) / sum(runs) DESC, chart_id LIMIT ?");
  query.bind(organization).bind(number_of(since)).bind(limit);
  return read_all<ChartRuns>(query, [](const Query& row) {
    return ChartRuns{base::ChartId(row.text(0)),
                     day_at(row, 1),
                     row.integer(2),
                     row.integer(3),
                     row.integer(4),
                     row.integer(5)};
  });
}

Result<std::vector<DashboardViews>> list_views(Connection& connection,
                                               const base::OrgId& organization, model::Date since,
                                               const std::optional<DashboardViews>& after,
                                               std::int64_t limit) {
  Query query = connection.query(
      "SELECT dashboard_id, end_user, day, views FROM dashboard_views WHERE organization_id = ?"
      " AND day >= ? AND (day, dashboard_id, end_user) > (?, ?, ?)"
      " ORDER BY day, dashboard_id, end_user LIMIT ?");
  query.bind(organization)
      .bind(number_of(since))
      .bind(after ? number_of(after->day) : number_of(since) - 1)
      .bind(after ? after->dashboard.text() : "")
      .bind(after ? after->end_user : "")
      .bind(limit);
  return read_all<DashboardViews>(query, [](const Query& row) {
    return DashboardViews{base::DashboardId(row.text(0)), row.text(1), day_at(row, 2),
                          row.integer(3)};
  });
}

Result<std::int64_t> delete_usage(Connection& connection, model::Date before, std::int64_t limit) {
  RETURN_IF_ERROR(
      connection
          .query("DELETE FROM dashboard_views WHERE (organization_id, day, dashboard_id,"
                 " end_user) IN (SELECT organization_id, day, dashboard_id, end_user"
                 " FROM dashboard_views WHERE day < ? LIMIT ?)")
          .bind(number_of(before))
          .bind(limit)
          .run());
  const std::int64_t views = connection.changes();
  RETURN_IF_ERROR(connection
                      .query("DELETE FROM chart_runs WHERE (organization_id, day, chart_id) IN"
                             " (SELECT organization_id, day, chart_id FROM chart_runs"
                             " WHERE day < ? LIMIT ?)")
                      .bind(number_of(before))
                      .bind(limit)
                      .run());
  return views + connection.changes();
}

}  // namespace store
