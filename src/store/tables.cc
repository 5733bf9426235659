#include "store/tables.h"

#include <map>

#include "base/json.h"
#include "store/json_column.h"

namespace store {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

using RulesByTable = std::map<base::TableId, std::vector<model::AccessRule>>;

Result<model::AccessRule> read_rule(const Query& query) {
  const auto parse_rows = [](const base::json::value& json) {
    return model::parse_rule_node(json);
  };
  const auto parse_if = [](const base::json::value& json) {
    return model::parse_user_node(json, "if");
  };
  ASSIGN_OR_RETURN(model::RuleNode rows, read_json(query, 3, parse_rows));
  model::AccessRule rule{base::RuleId(query.text(1)), query.text(2), std::move(rows)};
  if (!query.text(4).empty()) {
    ASSIGN_OR_RETURN(rule.applies_if, read_json(query, 4, parse_if));
  }
  return rule;
}

Result<RulesByTable> list_rules(Connection& connection, const base::OrgId& organization) {
  Query query = connection.query(
      "SELECT table_id, id, name, rows, applies_if FROM access_rules WHERE organization_id = ?"
      " ORDER BY id");
  query.bind(organization);
  RulesByTable rules;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return rules;
    ASSIGN_OR_RETURN(model::AccessRule rule, read_rule(query));
    rules[base::TableId(query.text(0))].push_back(std::move(rule));
  }
}

Result<model::Table> read_table(const Query& query, RulesByTable& rules) {
  ASSIGN_OR_RETURN(const model::TableAccess access, model::parse_access(query.text(4)));
  ASSIGN_OR_RETURN(auto columns, read_json(query, 5, model::parse_columns));
  ASSIGN_OR_RETURN(auto metrics, read_json(query, 6, model::parse_metrics));
  ASSIGN_OR_RETURN(auto dimensions, read_json(query, 7, model::parse_dimensions));
  const base::TableId id(query.text(0));
  model::Table table{id,
                     base::DatabaseId(query.text(1)),
                     query.text(2),
                     query.text(3),
                     access,
                     std::move(columns),
                     std::move(metrics),
                     std::move(dimensions),
                     std::move(rules[id])};
  table.description = query.text(8);
  if (std::string statement = query.text(9); !statement.empty()) {
    table.statement = std::move(statement);
  }
  table.version = query.integer(10);
  return table;
}

Result<Done> insert_rules(Connection& connection, const base::OrgId& organization,
                          const model::Table& table) {
  for (const model::AccessRule& rule : table.rules) {
    const std::string applies_if =
        rule.applies_if ? base::render_json(model::render_user_node(*rule.applies_if)) : "";
    RETURN_IF_ERROR(
        connection
            .query(
                "INSERT INTO access_rules (organization_id, id, table_id, name, rows, applies_if)"
                " VALUES (?, ?, ?, ?, ?, ?)")
            .bind(organization)
            .bind(rule.id)
            .bind(table.id)
            .bind(rule.name)
            .bind(base::render_json(model::render_rule_node(rule.rows)))
            .bind(applies_if)
            .run());
  }
  return Done{};
}

Result<Done> delete_rules(Connection& connection, const base::OrgId& organization,
                          const base::TableId& table) {
  return connection.query("DELETE FROM access_rules WHERE organization_id = ? AND table_id = ?")
      .bind(organization)
      .bind(table)
      .run();
}

/// What may change of a table, in the order of the statements: name, label, access, columns,
/// metrics, dimensions, description, statement, version.
Query& bind_definition(Query& query, const model::Table& table) {
  return query.bind(table.name)
      .bind(table.label)
      .bind(model::access_name(table.access))
      .bind(base::render_json(model::render_columns(table.columns)))
      .bind(base::render_json(model::render_metrics(table.metrics)))
      .bind(base::render_json(model::render_dimensions(table.dimensions)))
      .bind(table.description)
      .bind(table.statement.value_or(""))
      .bind(table.version);
}

Result<bool> exists(Connection& connection, const base::OrgId& organization,
                    const base::TableId& table) {
  Query query = connection.query("SELECT 1 FROM tables WHERE organization_id = ? AND id = ?");
  query.bind(organization).bind(table);
  return query.next();
}

Error no_such_table() { return {Code::kNotFound, "There is no such table."}; }

}  // namespace

Result<Done> insert_table(Connection& connection, const base::OrgId& organization,
                          const model::Table& table) {
  Query query = connection.query(
      "INSERT INTO tables (organization_id, id, database_id, name, label, access, columns, metrics,"
      " dimensions, description, statement, version)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULLIF(?, ''), ?)");
  query.bind(organization).bind(table.id).bind(table.database);
  RETURN_IF_ERROR(bind_definition(query, table).run());
  return insert_rules(connection, organization, table);
}

Result<Done> update_table(Connection& connection, const base::OrgId& organization,
                          const model::Table& table) {
  Query query = connection.query(
      "UPDATE tables SET name = ?, label = ?, access = ?, columns = ?, metrics = ?, dimensions = ?,"
      " description = ?, statement = NULLIF(?, ''), version = ?"
      " WHERE organization_id = ? AND id = ? AND version = ?");
  bind_definition(query, table).bind(organization).bind(table.id).bind(table.version - 1);
  RETURN_IF_ERROR(query.run());
  if (connection.changes() != 1) {
    ASSIGN_OR_RETURN(const bool stored, exists(connection, organization, table.id));
    if (!stored) return no_such_table();
    return Error{Code::kConflict, "Somebody else changed this table; look at it again."};
  }
  RETURN_IF_ERROR(delete_rules(connection, organization, table.id));
  return insert_rules(connection, organization, table);
}

Result<Done> delete_table(Connection& connection, const base::OrgId& organization,
                          const base::TableId& id) {
  RETURN_IF_ERROR(delete_rules(connection, organization, id));
  RETURN_IF_ERROR(connection.query("DELETE FROM tables WHERE organization_id = ? AND id = ?")
                      .bind(organization)
                      .bind(id)
                      .run());
  if (connection.changes() != 1) return no_such_table();
  return Done{};
}

Result<std::vector<model::Table>> list_tables(Connection& connection,
                                              const base::OrgId& organization) {
  ASSIGN_OR_RETURN(RulesByTable rules, list_rules(connection, organization));
  Query query = connection.query(
      "SELECT id, database_id, name, label, access, columns, metrics, dimensions, description,"
      " statement, version FROM tables WHERE organization_id = ? ORDER BY label");
  query.bind(organization);
  std::vector<model::Table> tables;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return tables;
    ASSIGN_OR_RETURN(model::Table table, read_table(query, rules));
    tables.push_back(std::move(table));
  }
}

Result<Done> insert_table_version(Connection& connection, const base::OrgId& organization,
                                  const base::TableId& table, const TableVersion& version) {
  return connection
      .query(
          "INSERT INTO table_versions (organization_id, table_id, version, at, actor_name,"
          " summary, definition) VALUES (?, ?, ?, ?, ?, ?, ?)")
      .bind(organization)
      .bind(table)
      .bind(version.version)
      .bind(version.at)
      .bind(version.actor_name)
      .bind(version.summary)
      .bind(version.definition)
      .run();
}

Result<std::vector<base::TableId>> list_tables_without_version(Connection& connection,
                                                               const base::OrgId& organization) {
  Query query = connection.query(
      "SELECT id FROM tables WHERE organization_id = ?1 AND NOT EXISTS (SELECT 1"
      " FROM table_versions WHERE organization_id = ?1 AND table_id = tables.id)");
  query.bind(organization);
  std::vector<base::TableId> ids;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return ids;
    ids.emplace_back(query.text(0));
  }
}

Result<std::vector<TableVersion>> list_table_versions(Connection& connection,
                                                      const base::OrgId& organization,
                                                      const base::TableId& table) {
  Query query = connection.query(
      "SELECT version, at, actor_name, summary, definition FROM table_versions"
      " WHERE organization_id = ? AND table_id = ? ORDER BY version DESC");
  query.bind(organization).bind(table);
  std::vector<TableVersion> versions;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return versions;
    versions.push_back(
        {query.integer(0), query.time(1), query.text(2), query.text(3), query.text(4)});
  }
}

}  // namespace store
