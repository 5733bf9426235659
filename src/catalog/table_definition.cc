#include "catalog/table_definition.h"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/random.h"

namespace catalog {
namespace {

namespace json = base::json;
using base::Code;
using base::Done;
using base::Error;
using base::ObjectReader;
using base::Result;

constexpr std::size_t kMaxLabelBytes = 200;
constexpr std::size_t kMaxDescriptionBytes = 2000;
constexpr std::size_t kMaxRules = 100;
constexpr std::size_t kMaxMeasures = 500;

Error refusal(std::string field, std::string what) {
  return {Code::kInvalidBody, std::move(what), {}, std::move(field)};
}

/// `entry` of the body's columns with the type that the table has, so that model can read it.
Result<json::value> with_type(const json::value& entry, const model::Table& table,
                              const std::string& path) {
  const json::object* members = entry.if_object();
  const json::value* name = members == nullptr ? nullptr : members->if_contains("name");
  if (name == nullptr || !name->is_string()) return refusal(path + ".name", "Is required.");
  const model::Column* column = table.find_column(std::string_view(name->get_string()));
  if (column == nullptr) return refusal(path + ".name", "The table has no such column.");
  json::object typed = *members;
  typed["type"] = model::type_name(column->type);
  return json::value(std::move(typed));
}

bool is_gone(const json::value& entry) {
  const json::object* members = entry.if_object();
  const json::value* gone = members == nullptr ? nullptr : members->if_contains("gone");
  return gone != nullptr && gone->is_bool() && gone->get_bool();
}

/// Puts what the body says of columns into `table`. Entries of columns that are gone, which the
/// interface lists, say nothing.
Result<Done> apply_columns(const json::value& list, model::Table& table) {
  json::array typed;
  for (std::size_t i = 0; i < list.get_array().size(); ++i) {
    const json::value& entry = list.get_array()[i];
    if (is_gone(entry)) continue;
    ASSIGN_OR_RETURN(json::value whole, with_type(entry, table, fmt::format("columns[{}]", i)));
    typed.push_back(std::move(whole));
  }
  ASSIGN_OR_RETURN(std::vector<model::Column> columns, model::parse_columns(typed));
  std::set<std::string> seen;
  for (model::Column& column : columns) {
    if (!seen.insert(column.name).second) return refusal("columns", "Names a column twice.");
    *std::ranges::find(table.columns, column.name, &model::Column::name) = std::move(column);
  }
  return Done{};
}

Result<std::vector<model::AccessRule>> parse_rules(const json::value& list,
                                                   const std::set<base::RuleId>& known) {
  std::vector<model::AccessRule> rules;
  std::set<base::RuleId> seen;
  for (const json::value& entry : list.get_array()) {
    const std::string path = fmt::format("rules[{}]", rules.size());
    const auto fresh = crypto::new_id<base::RuleId>();
    ASSIGN_OR_RETURN(model::AccessRule rule, model::parse_access_rule(entry, path, fresh));
    if (rule.id != fresh && !known.contains(rule.id)) {
      return refusal(path + ".id", "Is not a rule of this table.");
    }
    if (!seen.insert(rule.id).second) return refusal(path + ".id", "Is there twice.");
    rules.push_back(std::move(rule));
  }
  return rules;
}

/// The members whose form is checked by the reader alone.
void apply_words(ObjectReader& reader, model::Table& table) {
  if (auto label = reader.optional_string("label", kMaxLabelBytes)) {
    if (label->empty()) reader.refuse("label", "Must not be empty.");
    table.label = std::move(*label);
  }
  if (auto description = reader.optional_string("description", kMaxDescriptionBytes)) {
    table.description = std::move(*description);
  }
  if (const auto word = reader.optional_string("access")) {
    if (const auto access = model::parse_access(*word)) {
      table.access = *access;
    } else {
      reader.refuse("access", access.error().what);
    }
  }
  if (auto statement = reader.optional_string("statement", kMaxStatementBytes)) {
    if (!table.statement) reader.refuse("statement", "Only SQL tables have a statement.");
    if (statement->empty()) reader.refuse("statement", "Must not be empty.");
    if (table.statement) table.statement = std::move(*statement);
  }
}

template <typename Named>
Result<Done> check_names(const std::vector<Named>& items, std::string_view list) {
  if (items.size() > kMaxMeasures) {
    return refusal(std::string(list), fmt::format("Must have at most {}.", kMaxMeasures));
  }
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (seen.insert(items[i].name).second) continue;
    return refusal(fmt::format("{}[{}].name", list, i), "Is there twice.");
  }
  return Done{};
}

}  // namespace

json::object render_definition(const model::Table& table) {
  json::array rules;
  for (const model::AccessRule& rule : table.rules) {
    rules.push_back(model::render_access_rule(rule));
  }
  json::object definition{{"label", table.label},
                          {"description", table.description},
                          {"access", model::access_name(table.access)},
                          {"columns", model::render_columns(table.columns)},
                          {"metrics", model::render_metrics(table.metrics)},
                          {"dimensions", model::render_dimensions(table.dimensions)},
                          {"rules", std::move(rules)}};
  if (table.statement) definition["statement"] = *table.statement;
  return definition;
}

Result<model::Table> apply_definition(const model::Table& present, ObjectReader& reader,
                                      const std::set<base::RuleId>& known_rules,
                                      const model::Attributes& attributes) {
  model::Table table = present;
  apply_words(reader, table);
  const json::value* columns = reader.optional_array("columns");
  const json::value* metrics = reader.optional_array("metrics");
  const json::value* dimensions = reader.optional_array("dimensions");
  const json::value* rules = reader.optional_array("rules");
  RETURN_IF_ERROR(reader.finish());
  if (columns != nullptr) RETURN_IF_ERROR(apply_columns(*columns, table));
  if (metrics != nullptr) {
    ASSIGN_OR_RETURN(table.metrics, model::parse_metrics(*metrics));
  }
  if (dimensions != nullptr) {
    ASSIGN_OR_RETURN(table.dimensions, model::parse_dimensions(*dimensions));
  }
  if (rules != nullptr) {
    ASSIGN_OR_RETURN(table.rules, parse_rules(*rules, known_rules));
  }
  RETURN_IF_ERROR(check_definition(table, attributes));
  return table;
}

Result<Done> check_definition(const model::Table& table, const model::Attributes& attributes) {
  RETURN_IF_ERROR(check_names(table.metrics, "metrics"));
  RETURN_IF_ERROR(check_names(table.dimensions, "dimensions"));
  if (table.rules.size() > kMaxRules) {
    return refusal("rules", fmt::format("Must have at most {}.", kMaxRules));
  }
  const std::vector<model::TableProblem> problems = model::find_problems(table, attributes);
  if (!problems.empty()) return refusal(problems.front().field, problems.front().what);
  return Done{};
}

Result<json::value> definition_for(const model::Table& present, const std::string& kept) {
  ASSIGN_OR_RETURN(json::value definition, base::parse_json(kept));
  ASSIGN_OR_RETURN(model::Table then, parse_definition(present, kept));
  std::erase_if(then.columns, [&](const model::Column& column) {
    return present.find_column(column.name) == nullptr;
  });
  for (const model::Column& column : present.columns) {
    if (then.find_column(column.name) != nullptr) continue;
    then.columns.push_back({column.name, column.type, model::ColumnAccess::kHidden});
  }
  definition.get_object()["columns"] = model::render_columns(then.columns);
  return definition;
}

Result<model::Table> parse_definition(const model::Table& present, const std::string& kept) {
  ASSIGN_OR_RETURN(const json::value definition, base::parse_json(kept));
  ObjectReader reader(definition, "");
  model::Table table = present;
  apply_words(reader, table);
  const json::value* columns = reader.optional_array("columns");
  const json::value* metrics = reader.optional_array("metrics");
  const json::value* dimensions = reader.optional_array("dimensions");
  const json::value* rules = reader.optional_array("rules");
  RETURN_IF_ERROR(reader.finish());
  if (columns == nullptr || metrics == nullptr || dimensions == nullptr || rules == nullptr) {
    return Error{Code::kStorageFailed, "A kept version of the table can not be read."};
  }
  ASSIGN_OR_RETURN(table.columns, model::parse_columns(*columns));
  ASSIGN_OR_RETURN(table.metrics, model::parse_metrics(*metrics));
  ASSIGN_OR_RETURN(table.dimensions, model::parse_dimensions(*dimensions));
  table.rules.clear();
  for (const json::value& entry : rules->get_array()) {
    ASSIGN_OR_RETURN(model::AccessRule rule,
                     model::parse_access_rule(entry, "rules", crypto::new_id<base::RuleId>()));
    table.rules.push_back(std::move(rule));
  }
  return table;
}

std::set<base::RuleId> rule_ids(const model::Table& table) {
  std::set<base::RuleId> ids;
  for (const model::AccessRule& rule : table.rules) ids.insert(rule.id);
  return ids;
}

}  // namespace catalog
