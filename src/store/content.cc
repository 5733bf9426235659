#include "store/content.h"

#include <map>

#include "base/json.h"

namespace store {
namespace {

using base::Done;
using base::Result;

/// A JSON column through one of model's codecs.
template <typename Parse>
auto read_json(const Query& query, int column, Parse parse)
    -> decltype(parse(std::declval<const base::json::value&>())) {
  ASSIGN_OR_RETURN(const base::json::value json, base::parse_json(query.text(column)));
  return parse(json);
}

using RulesByTable = std::map<base::TableId, std::vector<model::AccessRule>>;

Result<RulesByTable> list_rules(Connection& connection, const base::OrgId& organization) {
  Query query = connection.query(
      "SELECT table_id, id, name, rows FROM access_rules WHERE organization_id = ? ORDER BY id");
  query.bind(organization);
  RulesByTable rules;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return rules;
    ASSIGN_OR_RETURN(model::RuleNode rows, read_json(query, 3, model::parse_rule_node));
    rules[base::TableId(query.text(0))].push_back(
        {base::RuleId(query.text(1)), query.text(2), std::move(rows)});
  }
}

Result<model::Table> read_table(const Query& query, RulesByTable& rules) {
  ASSIGN_OR_RETURN(const model::TableAccess access, model::parse_access(query.text(4)));
  ASSIGN_OR_RETURN(auto columns, read_json(query, 5, model::parse_columns));
  ASSIGN_OR_RETURN(auto metrics, read_json(query, 6, model::parse_metrics));
  ASSIGN_OR_RETURN(auto dimensions, read_json(query, 7, model::parse_dimensions));
  const base::TableId id(query.text(0));
  return model::Table{id,
                      base::DatabaseId(query.text(1)),
                      query.text(2),
                      query.text(3),
                      access,
                      std::move(columns),
                      std::move(metrics),
                      std::move(dimensions),
                      std::move(rules[id])};
}

Result<Done> insert_rule(Connection& connection, const base::OrgId& organization,
                         const base::TableId& table, const model::AccessRule& rule) {
  return connection
      .query(
          "INSERT INTO access_rules (organization_id, id, table_id, name, rows)"
          " VALUES (?, ?, ?, ?, ?)")
      .bind(organization)
      .bind(rule.id)
      .bind(table)
      .bind(rule.name)
      .bind(base::render_json(model::render_rule_node(rule.rows)))
      .run();
}

}  // namespace

Result<Done> insert_database(Connection& connection, const base::OrgId& organization,
                             const model::Database& database) {
  return connection
      .query("INSERT INTO databases (organization_id, id, name, file) VALUES (?, ?, ?, ?)")
      .bind(organization)
      .bind(database.id)
      .bind(database.name)
      .bind(database.file)
      .run();
}

Result<std::vector<model::Database>> list_databases(Connection& connection,
                                                    const base::OrgId& organization) {
  Query query = connection.query(
      "SELECT id, name, file FROM databases WHERE organization_id = ? ORDER BY name");
  query.bind(organization);
  std::vector<model::Database> databases;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return databases;
    databases.push_back({base::DatabaseId(query.text(0)), query.text(1), query.text(2)});
  }
}

Result<Done> insert_table(Connection& connection, const base::OrgId& organization,
                          const model::Table& table) {
  RETURN_IF_ERROR(connection
                      .query("INSERT INTO tables (organization_id, id, database_id, name, label,"
                             " access, columns, metrics, dimensions)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                      .bind(organization)
                      .bind(table.id)
                      .bind(table.database)
                      .bind(table.name)
                      .bind(table.label)
                      .bind(model::access_name(table.access))
                      .bind(base::render_json(model::render_columns(table.columns)))
                      .bind(base::render_json(model::render_metrics(table.metrics)))
                      .bind(base::render_json(model::render_dimensions(table.dimensions)))
                      .run());
  for (const model::AccessRule& rule : table.rules) {
    RETURN_IF_ERROR(insert_rule(connection, organization, table.id, rule));
  }
  return Done{};
}

Result<std::vector<model::Table>> list_tables(Connection& connection,
                                              const base::OrgId& organization) {
  ASSIGN_OR_RETURN(RulesByTable rules, list_rules(connection, organization));
  Query query = connection.query(
      "SELECT id, database_id, name, label, access, columns, metrics, dimensions FROM tables"
      " WHERE organization_id = ? ORDER BY label");
  query.bind(organization);
  std::vector<model::Table> tables;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return tables;
    ASSIGN_OR_RETURN(model::Table table, read_table(query, rules));
    tables.push_back(std::move(table));
  }
}

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
          "INSERT INTO dashboards (organization_id, id, name, description, tiles, filters)"
          " VALUES (?, ?, ?, ?, ?, ?)")
      .bind(organization)
      .bind(dashboard.id)
      .bind(dashboard.name)
      .bind(dashboard.description)
      .bind(base::render_json(model::render_tiles(dashboard.tiles)))
      .bind(base::render_json(model::render_filters(dashboard.filters)))
      .run();
}

Result<std::vector<model::Dashboard>> list_dashboards(Connection& connection,
                                                      const base::OrgId& organization) {
  Query query = connection.query(
      "SELECT id, name, description, tiles, filters FROM dashboards WHERE organization_id = ?"
      " ORDER BY name");
  query.bind(organization);
  std::vector<model::Dashboard> dashboards;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return dashboards;
    ASSIGN_OR_RETURN(auto tiles, read_json(query, 3, model::parse_tiles));
    ASSIGN_OR_RETURN(auto filters, read_json(query, 4, model::parse_filters));
    dashboards.push_back({base::DashboardId(query.text(0)), query.text(1), query.text(2),
                          std::move(tiles), std::move(filters)});
  }
}

}  // namespace store
