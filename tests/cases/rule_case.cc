#include "rule_case.h"

#include <sstream>
#include <stdexcept>
#include <string_view>

#include "guard/guard_test_support.h"

namespace cases {
namespace {

namespace json = base::json;

/// `result` as its value, or an end with what went wrong.
template <typename T>
T require(base::Result<T> result, const std::string& where) {
  if (result) return std::move(result).value();
  throw std::runtime_error(where + ": " + result.error().field + " " + result.error().what);
}

template <typename T>
T require(std::optional<T> value, const std::string& where) {
  if (value) return std::move(*value);
  throw std::runtime_error(where);
}

std::map<std::string, std::string, std::less<>> read_sections(const std::string& text) {
  std::map<std::string, std::string, std::less<>> sections;
  std::istringstream lines(text);
  std::string line;
  std::string name = "purpose";
  while (std::getline(lines, line)) {
    if (line.starts_with("--- ")) {
      name = line.substr(4);
      if (!sections.emplace(name, "").second) throw std::runtime_error("twice: " + name);
      continue;
    }
    std::string& section = sections[name];
    if (!section.empty() && !line.empty()) section += ' ';
    section += line.substr(std::min(line.find_first_not_of(' '), line.size()));
  }
  return sections;
}

class Sections {
 public:
  explicit Sections(const std::map<std::string, std::string, std::less<>>& texts) : texts_(texts) {}
  [[nodiscard]] std::string text(std::string_view name) const {
    const auto found = texts_.find(name);
    if (found == texts_.end()) throw std::runtime_error("no section " + std::string(name));
    return found->second;
  }
  [[nodiscard]] bool has(std::string_view name) const { return texts_.contains(name); }
  [[nodiscard]] json::value parse(std::string_view name, std::string_view otherwise) const {
    const std::string text = texts_.contains(name) ? this->text(name) : std::string(otherwise);
    return require(base::parse_json(text), std::string(name));
  }

 private:
  const std::map<std::string, std::string, std::less<>>& texts_;
};

base::Result<model::AccessRule> read_rule(const json::value& rule, const base::RuleId& id) {
  if (!rule.as_object().contains("rows")) {
    ASSIGN_OR_RETURN(model::RuleNode rows, model::parse_rule_node(rule));
    return model::AccessRule{id, "A rule", std::move(rows)};
  }
  json::object named = rule.as_object();
  named["name"] = "A rule";
  return model::parse_access_rule(named, "", id);
}

base::Result<std::vector<model::AccessRule>> read_rules(const Sections& sections) {
  const json::value texts = sections.parse("rules", "[]");
  std::vector<model::AccessRule> rules;
  for (const json::value& text : texts.as_array()) {
    const base::RuleId id("rul_" + std::to_string(rules.size()));
    ASSIGN_OR_RETURN(model::AccessRule rule, read_rule(text, id));
    rules.push_back(std::move(rule));
  }
  return rules;
}

void restrict_columns(model::Table& table, const json::object& columns) {
  json::array changed;
  for (const model::Column& column : table.columns) {
    json::object object{{"name", column.name}, {"type", model::type_name(column.type)}};
    const json::value* given = columns.if_contains(column.name);
    if (given == nullptr) {
      object["access"] = "visible";
    } else {
      object.insert(given->as_object().begin(), given->as_object().end());
    }
    changed.push_back(std::move(object));
  }
  table.columns = require(model::parse_columns(changed), "columns");
}

model::Table orders_table(const Sections& sections, std::vector<model::AccessRule> rules) {
  model::Table table{base::TableId("tbl_orders"),
                     base::DatabaseId("dbs_shop"),
                     "orders",
                     "Orders",
                     require(model::parse_access(sections.text("access")), "access"),
                     guard::orders_columns(),
                     {},
                     {},
                     std::move(rules)};
  restrict_columns(table, sections.parse("columns", "{}").as_object());
  if (sections.has("statement")) table.statement = sections.text("statement");
  return table;
}

model::AttributeValue read_attribute(const json::object& object) {
  const auto type = require(model::parse_type(object.at("type").as_string()), "attribute type");
  const json::value* list = object.if_contains("list");
  model::AttributeValue attribute{type, list != nullptr, {}};
  const auto add = [&](const json::value& item) {
    attribute.values.push_back(require(model::parse_value(item, type), "attribute value"));
  };
  if (list == nullptr) {
    add(object.at("value"));
  } else {
    for (const json::value& item : list->as_array()) add(item);
  }
  return attribute;
}

model::Principal read_principal(const Sections& sections) {
  std::istringstream words(sections.text("principal"));
  std::string kind;
  std::string role_name;
  std::string rest;
  words >> kind >> role_name;
  std::getline(words, rest);
  const model::Role role = require(model::parse_role(role_name), "principal");
  const base::OrgId& organization =
      rest == " of another organization" ? auth::kForeignOrganization : auth::kTestOrganization;
  if (kind == "user") return auth::user_principal(organization, role);
  if (kind != "embed") throw std::runtime_error("principal: " + kind);
  model::AttributeValues attributes;
  const json::value members = sections.parse("attributes", "{}");
  for (const auto& member : members.as_object()) {
    attributes.emplace(member.key(), read_attribute(member.value().as_object()));
  }
  return auth::embed_principal(organization, role, std::move(attributes));
}

/// Keeps the rows whose columns hold one of the chosen values; null where nothing was chosen.
sql::Expression read_choices(const json::object& keep, const model::Table& table) {
  std::vector<sql::Expression> conditions;
  for (const auto& member : keep) {
    const model::Column* column = table.find_column(member.key());
    if (column == nullptr) throw std::runtime_error("request: keep");
    std::vector<sql::Expression> arguments{sql::column(column->name)};
    for (const json::value& value : member.value().as_array()) {
      arguments.push_back(sql::bound(require(model::parse_value(value, column->type), "keep")));
    }
    conditions.push_back(sql::call(sql::Function::kIn, std::move(arguments)));
  }
  return conditions.empty() ? nullptr : sql::call(sql::Function::kAnd, std::move(conditions));
}

sql::Select read_plan(const Sections& sections, const model::Table& table) {
  const json::value request = sections.parse("request", "{}");
  sql::Select plan{{}, sql::TableReference{table.id}};
  for (const json::value& by : request.at("by").as_array()) {
    const std::size_t projection = plan.projections.size();
    const std::string name(by.as_string());
    plan.projections.push_back({sql::column(name), name});
    plan.group_by.push_back(projection);
    plan.order_by.push_back({projection, false});
  }
  plan.projections.push_back({sql::call(sql::Function::kCount, {}), "rows"});
  if (const json::value* keep = request.as_object().if_contains("keep")) {
    plan.where = read_choices(keep->as_object(), table);
  }
  return plan;
}

}  // namespace

RuleCase read_rule_case(const std::string& text) {
  auto texts = read_sections(text);
  const Sections sections(texts);
  auto rules = read_rules(sections);
  std::optional<base::Error> unsaved;
  if (!rules) unsaved = rules.error();
  model::Table table =
      orders_table(sections, rules ? std::move(rules).value() : std::vector<model::AccessRule>());
  sql::Select plan = read_plan(sections, table);
  model::Principal principal = read_principal(sections);
  const base::TableId id = table.id;
  const base::DatabaseId database = table.database;
  return {{{id, std::move(table)}}, {{database, {database, "Shop", model::DatabaseKind::kDuckDb}}},
          std::move(principal),     std::move(plan),
          std::move(unsaved),       std::move(texts)};
}

std::string render_cells(const std::vector<std::vector<model::Cell>>& columns) {
  json::array rows;
  const std::size_t count = columns.empty() ? 0 : columns.front().size();
  for (std::size_t row = 0; row < count; ++row) {
    json::array cells;
    for (const auto& column : columns) {
      const model::Cell& cell = column[row];
      cells.push_back(cell ? model::render_value(*cell) : json::value());
    }
    rows.push_back(std::move(cells));
  }
  return base::render_json(rows);
}

}  // namespace cases
