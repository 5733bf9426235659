#include "store/content.h"

#include "base/json.h"
#include "store/json_column.h"

namespace store {
namespace {

using base::Done;
using base::Result;

}  // namespace

Result<Done> insert_chart(Connection& connection, const base::OrgId& organization,
                          const model::Chart& chart) {
  return connection
      .query("INSERT INTO charts (organization_id, id, name, spec) VALUES (?, ?, ?, ?)")
      .bind(organization)
      .bind(chart.id)
      .bind(chart.name)
      .bind(base::render_json(model::render_chart_spec(chart.spec)))
      .run();
}

Result<std::vector<model::Chart>> list_charts(Connection& connection,
                                              const base::OrgId& organization) {
  Query query =
      connection.query("SELECT id, name, spec FROM charts WHERE organization_id = ? ORDER BY name");
  query.bind(organization);
  std::vector<model::Chart> charts;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return charts;
    ASSIGN_OR_RETURN(model::ChartSpec spec, read_json(query, 2, model::parse_chart_spec));
    charts.push_back({base::ChartId(query.text(0)), query.text(1), std::move(spec)});
  }
}

Result<Done> insert_dashboard(Connection& connection, const base::OrgId& organization,
                              const model::Dashboard& dashboard) {
  return connection
      .query(
          "INSERT INTO dashboards (organization_id, id, name, description, tiles, filters, "
          "published)"
          " VALUES (?, ?, ?, ?, ?, ?, ?)")
      .bind(organization)
      .bind(dashboard.id)
      .bind(dashboard.name)
      .bind(dashboard.description)
      .bind(base::render_json(model::render_tiles(dashboard.tiles)))
      .bind(base::render_json(model::render_filters(dashboard.filters)))
      .bind(dashboard.published)
      .run();
}

Result<Done> update_published(Connection& connection, const base::OrgId& organization,
                              const model::Dashboard& dashboard) {
  RETURN_IF_ERROR(
      connection.query("UPDATE dashboards SET published = ? WHERE organization_id = ? AND id = ?")
          .bind(dashboard.published)
          .bind(organization)
          .bind(dashboard.id)
          .run());
  if (connection.changes() == 1) return Done{};
  return base::Error{base::Code::kNotFound, "There is no such dashboard."};
}

Result<std::vector<model::Dashboard>> list_dashboards(Connection& connection,
                                                      const base::OrgId& organization) {
  Query query = connection.query(
      "SELECT id, name, description, tiles, filters, published FROM dashboards"
      " WHERE organization_id = ? ORDER BY name");
  query.bind(organization);
  std::vector<model::Dashboard> dashboards;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return dashboards;
    ASSIGN_OR_RETURN(auto tiles, read_json(query, 3, model::parse_tiles));
    ASSIGN_OR_RETURN(auto filters, read_json(query, 4, model::parse_filters));
    dashboards.push_back({base::DashboardId(query.text(0)), query.text(1), query.text(2),
                          std::move(tiles), std::move(filters), query.flag(5)});
  }
}

Result<std::optional<base::OrgId>> find_dashboard_organization(Connection& connection,
                                                               const base::DashboardId& id) {
  Query query = connection.query("SELECT organization_id FROM dashboards WHERE id = ?");
  query.bind(id);
  ASSIGN_OR_RETURN(const bool row, query.next());
  std::optional<base::OrgId> organization;
  if (row) organization = base::OrgId(query.text(0));
  return organization;
}

}  // namespace store
