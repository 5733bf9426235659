#include "http/explain_json.h"

#include <algorithm>

namespace http {
namespace {

namespace json = base::json;

json::object render_condition(const guard::AppliedCondition& condition) {
  json::object object{{"rule", condition.rule_name},
                      {"column", condition.column},
                      {"operator", model::enum_name(model::kRuleOperatorNames, condition.op)}};
  json::array values;
  std::string attribute;
  for (const guard::AppliedOperand& operand : condition.operands) {
    if (!operand.attribute.empty()) {
      attribute += (attribute.empty() ? "" : " and ") + operand.attribute;
    }
    for (const model::Value& value : operand.values) values.push_back(model::render_value(value));
  }
  if (!attribute.empty()) object["attribute"] = attribute;
  object["values"] = std::move(values);
  return object;
}

bool is_among(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

json::array render_arguments(const sql::Statement& statement) {
  return model::render_values(statement.arguments);
}

json::array render_conditions(const guard::TableDecision& decision) {
  json::array conditions;
  for (const guard::AppliedCondition& condition : decision.conditions) {
    conditions.push_back(render_condition(condition));
  }
  return conditions;
}

json::array render_names(const std::vector<std::string>& names) {
  return json::array(names.begin(), names.end());
}

json::array render_scans(const std::vector<source::TableScan>& scans) {
  json::array array;
  for (const source::TableScan& scan : scans) {
    array.push_back(json::object{{"table", scan.table},
                                 {"rowGroups", scan.row_groups},
                                 {"rowGroupsRead", scan.row_groups_read}});
  }
  return array;
}

double milliseconds(std::chrono::microseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

json::object render_times(const query::RunTimes& times, std::chrono::microseconds encode) {
  return {{"guard", milliseconds(times.guard)},
          {"queue", milliseconds(times.queue)},
          {"engine", milliseconds(times.engine)},
          {"encode", milliseconds(encode)}};
}

json::object render_table_decision(const guard::TableDecision& decision,
                                   const store::OrganizationView& view,
                                   const query::RowCounts& counts) {
  json::array rules;
  for (const guard::RuleOutcome& rule : decision.rules) {
    rules.push_back(json::object{{"name", rule.name}, {"applies", rule.applied}});
  }
  json::array visible;
  const auto table = view.tables.find(decision.table);
  if (table != view.tables.end()) {
    for (const model::Column& column : table->second.columns) {
      const bool shown = !is_among(decision.hidden_columns, column.name) &&
                         !is_among(decision.masked_columns, column.name);
      if (shown) visible.emplace_back(column.name);
    }
  }
  return {{"id", decision.table.text()},
          {"label", table == view.tables.end() ? decision.name : table->second.label},
          {"access", model::access_name(decision.access)},
          {"conditions", render_conditions(decision)},
          {"rules", std::move(rules)},
          {"visibleColumns", std::move(visible)},
          {"hiddenColumns", render_names(decision.hidden_columns)},
          {"maskedColumns", render_names(decision.masked_columns)},
          {"rowsBefore", counts.before},
          {"rowsAfter", counts.after}};
}

}  // namespace http
