#include "store/content.h"

#include "base/json.h"
#include "model/theme.h"
#include "store/json_column.h"

namespace store {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

Error no_such_dashboard() { return {Code::kNotFound, "There is no such dashboard."}; }
Error no_such_chart() { return {Code::kNotFound, "There is no such chart."}; }

Error changed_meanwhile(std::string_view what) {
  return {Code::kConflict,
          "Somebody else changed this " + std::string(what) + "; look at it again."};
}

Result<model::DashboardContent> read_content(const Query& query, int column) {
  return read_json(query, column,
                   [](const base::json::value& json) { return model::parse_content(json); });
}

/// From the columns id, name, description, tiles, filters, published, tabs, theme, content_key.
Result<model::Dashboard> read_dashboard(const Query& query) {
  ASSIGN_OR_RETURN(auto tiles, read_json(query, 3, model::parse_tiles));
  ASSIGN_OR_RETURN(auto filters, read_json(query, 4, model::parse_filters));
  ASSIGN_OR_RETURN(auto tabs, read_json(query, 6, model::parse_tabs));
  ASSIGN_OR_RETURN(auto theme, read_json(query, 7, model::parse_theme));
  return model::Dashboard{base::DashboardId(query.text(0)),
                          query.text(1),
                          query.text(2),
                          std::move(tiles),
                          std::move(filters),
                          query.flag(5),
                          std::move(tabs),
                          std::move(theme),
                          query.text(8)};
}

/// From those and draft, version, changed_by.
Result<DashboardState> read_state(const Query& query) {
  ASSIGN_OR_RETURN(model::Dashboard shown, read_dashboard(query));
  DashboardState state{std::move(shown), {}, query.integer(10), query.text(11)};
  if (query.text(9).empty()) return state;
  ASSIGN_OR_RETURN(state.draft, read_content(query, 9));
  return state;
}

/// In the order of the statements: name, description, tiles, filters, published, tabs, theme.
Query& bind_dashboard(Query& query, const model::Dashboard& dashboard) {
  return query.bind(dashboard.name)
      .bind(dashboard.description)
      .bind(base::render_json(model::render_tiles(dashboard.tiles)))
      .bind(base::render_json(model::render_filters(dashboard.filters)))
      .bind(dashboard.published)
      .bind(base::render_json(model::render_tabs(dashboard.tabs)))
      .bind(base::render_json(dashboard.theme));
}

}  // namespace

Result<Done> insert_chart(Connection& connection, const base::OrgId& organization,
                          const model::Chart& chart) {
  return connection
      .query(
          "INSERT INTO charts (organization_id, id, name, spec, content_key)"
          " VALUES (?, ?, ?, ?, ?)")
      .bind(organization)
      .bind(chart.id)
      .bind(chart.name)
      .bind(base::render_json(model::render_chart_spec(chart.spec)))
      .bind(chart.key)
      .run();
}

Result<std::vector<model::Chart>> list_charts(Connection& connection,
                                              const base::OrgId& organization) {
  Query query = connection.query(
      "SELECT id, name, spec, version, content_key FROM charts WHERE organization_id = ?"
      " ORDER BY name");
  query.bind(organization);
  std::vector<model::Chart> charts;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return charts;
    ASSIGN_OR_RETURN(model::ChartSpec spec, read_json(query, 2, model::parse_chart_spec));
    charts.push_back({base::ChartId(query.text(0)), query.text(1), std::move(spec),
                      query.integer(3), query.text(4)});
  }
}

Result<Done> update_chart(Connection& connection, const base::OrgId& organization,
                          const model::Chart& chart, const std::string& changed_by) {
  RETURN_IF_ERROR(connection
                      .query("UPDATE charts SET name = ?, spec = ?, version = ?, changed_by = ?"
                             " WHERE organization_id = ? AND id = ? AND version = ?")
                      .bind(chart.name)
                      .bind(base::render_json(model::render_chart_spec(chart.spec)))
                      .bind(chart.version)
                      .bind(changed_by)
                      .bind(organization)
                      .bind(chart.id)
                      .bind(chart.version - 1)
                      .run());
  if (connection.changes() == 1) return Done{};
  Query query = connection.query("SELECT 1 FROM charts WHERE organization_id = ? AND id = ?");
  query.bind(organization).bind(chart.id);
  ASSIGN_OR_RETURN(const bool stored, query.next());
  return stored ? changed_meanwhile("chart") : no_such_chart();
}

Result<Done> delete_chart(Connection& connection, const base::OrgId& organization,
                          const base::ChartId& id) {
  RETURN_IF_ERROR(connection.query("DELETE FROM charts WHERE organization_id = ? AND id = ?")
                      .bind(organization)
                      .bind(id)
                      .run());
  if (connection.changes() == 1) return Done{};
  return no_such_chart();
}

Result<Done> insert_dashboard(Connection& connection, const base::OrgId& organization,
                              const model::Dashboard& dashboard) {
  Query query = connection.query(
      "INSERT INTO dashboards (organization_id, id, name, description, tiles, filters, published,"
      " tabs, theme, content_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  query.bind(organization).bind(dashboard.id);
  return bind_dashboard(query, dashboard).bind(dashboard.key).run();
}

Result<std::vector<model::Dashboard>> list_dashboards(Connection& connection,
                                                      const base::OrgId& organization) {
  Query query = connection.query(
      "SELECT id, name, description, tiles, filters, published, tabs, theme, content_key"
      " FROM dashboards"
      " WHERE organization_id = ? ORDER BY name");
  query.bind(organization);
  std::vector<model::Dashboard> dashboards;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return dashboards;
    ASSIGN_OR_RETURN(model::Dashboard dashboard, read_dashboard(query));
    dashboards.push_back(std::move(dashboard));
  }
}

Result<std::vector<DashboardState>> list_dashboard_states(Connection& connection,
                                                          const base::OrgId& organization) {
  Query query = connection.query(
      "SELECT id, name, description, tiles, filters, published, tabs, theme, content_key, draft,"
      " version, changed_by FROM dashboards WHERE organization_id = ? ORDER BY name");
  query.bind(organization);
  std::vector<DashboardState> states;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return states;
    ASSIGN_OR_RETURN(DashboardState state, read_state(query));
    states.push_back(std::move(state));
  }
}

Result<DashboardState> find_dashboard_state(Connection& connection, const base::OrgId& organization,
                                            const base::DashboardId& id) {
  Query query = connection.query(
      "SELECT id, name, description, tiles, filters, published, tabs, theme, content_key, draft,"
      " version, changed_by FROM dashboards WHERE organization_id = ? AND id = ?");
  query.bind(organization).bind(id);
  ASSIGN_OR_RETURN(const bool row, query.next());
  if (!row) return no_such_dashboard();
  return read_state(query);
}

Result<Done> update_draft(Connection& connection, const base::OrgId& organization,
                          const DashboardState& state) {
  RETURN_IF_ERROR(
      connection
          .query("UPDATE dashboards SET draft = ?, version = ?, changed_by = ?"
                 " WHERE organization_id = ? AND id = ? AND version = ?")
          .bind(state.draft ? base::render_json(model::render_content(*state.draft)) : "")
          .bind(state.version)
          .bind(state.changed_by)
          .bind(organization)
          .bind(state.shown.id)
          .bind(state.version - 1)
          .run());
  if (connection.changes() == 1) return Done{};
  RETURN_IF_ERROR(find_dashboard_state(connection, organization, state.shown.id));
  return changed_meanwhile("dashboard");
}

Result<Done> update_dashboard(Connection& connection, const base::OrgId& organization,
                              const model::Dashboard& dashboard) {
  Query query = connection.query(
      "UPDATE dashboards SET name = ?, description = ?, tiles = ?, filters = ?, published = ?,"
      " tabs = ?, theme = ?, draft = '' WHERE organization_id = ? AND id = ?");
  bind_dashboard(query, dashboard).bind(organization).bind(dashboard.id);
  RETURN_IF_ERROR(query.run());
  if (connection.changes() == 1) return Done{};
  return no_such_dashboard();
}

Result<Done> delete_dashboard(Connection& connection, const base::OrgId& organization,
                              const base::DashboardId& id) {
  RETURN_IF_ERROR(connection.query("DELETE FROM dashboards WHERE organization_id = ? AND id = ?")
                      .bind(organization)
                      .bind(id)
                      .run());
  if (connection.changes() == 1) return Done{};
  return no_such_dashboard();
}

Result<Done> insert_dashboard_version(Connection& connection, const base::OrgId& organization,
                                      const base::DashboardId& dashboard,
                                      const DashboardVersion& version) {
  return connection
      .query(
          "INSERT INTO dashboard_versions (organization_id, dashboard_id, version, at, actor_name,"
          " content) VALUES (?, ?, ?, ?, ?, ?)")
      .bind(organization)
      .bind(dashboard)
      .bind(version.version)
      .bind(version.at)
      .bind(version.actor_name)
      .bind(base::render_json(model::render_content(version.content)))
      .run();
}

Result<std::vector<DashboardVersion>> list_dashboard_versions(Connection& connection,
                                                              const base::OrgId& organization,
                                                              const base::DashboardId& dashboard) {
  Query query = connection.query(
      "SELECT version, at, actor_name, content FROM dashboard_versions"
      " WHERE organization_id = ? AND dashboard_id = ? ORDER BY version DESC");
  query.bind(organization).bind(dashboard);
  std::vector<DashboardVersion> versions;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return versions;
    ASSIGN_OR_RETURN(model::DashboardContent content, read_content(query, 3));
    versions.push_back({query.integer(0), query.time(1), query.text(2), std::move(content)});
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

Result<base::json::object> find_theme(Connection& connection, const base::OrgId& organization) {
  Query query = connection.query("SELECT theme FROM organizations WHERE id = ?");
  query.bind(organization);
  ASSIGN_OR_RETURN(const bool row, query.next());
  if (!row) return Error{Code::kNotFound, "No such organization."};
  return read_json(query, 0, model::parse_theme);
}

Result<Done> update_theme(Connection& connection, const base::OrgId& organization,
                          const base::json::object& theme) {
  return connection.query("UPDATE organizations SET theme = ? WHERE id = ?")
      .bind(base::render_json(theme))
      .bind(organization)
      .run();
}

}  // namespace store
