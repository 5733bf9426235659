#include "model/access_rule.h"

namespace model {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::ObjectReader;
using base::Result;

constexpr std::size_t kMaxNameBytes = 200;

/// "attribute", or "type" and "values". Problems are kept by `reader`.
Operand read_operand(ObjectReader& reader, RuleOperator op) {
  if (auto attribute = reader.optional_string("attribute")) {
    return AttributeOperand{std::move(*attribute)};
  }
  ConstantOperand constants;
  const auto type = parse_type(reader.required_string("type"));
  const json::value* list = reader.optional_array("values");
  if (!type) {
    reader.refuse("type", "Is not a type.");
    return constants;
  }
  if (list == nullptr || list->get_array().empty()) {
    reader.refuse("values", "Needs a value.");
    return constants;
  }
  const std::size_t allowed = takes_list(op) ? kMaxConstants : 1;
  if (list->get_array().size() > allowed) {
    reader.refuse("values", "Must have at most " + std::to_string(allowed) + " values.");
    return constants;
  }
  for (const json::value& item : list->get_array()) {
    auto value = parse_value(item, *type);
    if (!value) {
      reader.refuse("values", "Has a value of the wrong type.");
      break;
    }
    constants.values.push_back(std::move(*value));
  }
  return constants;
}

void read_bound(ObjectReader& reader, std::string_view name, Condition& condition) {
  const json::value* object = reader.required_object(name);
  if (object == nullptr) return;
  ObjectReader inner(*object, reader.path_of(name));
  condition.operands.push_back(read_operand(inner, condition.op));
  reader.adopt(inner);
}

Result<Condition> parse_condition(const json::value& value, const std::string& path) {
  ObjectReader reader(value, path);
  Condition condition{reader.required_string("column"), RuleOperator::kEqual, {}};
  const auto op = parse_enum<RuleOperator>(kRuleOperatorNames, reader.required_string("operator"));
  if (!op) {
    reader.refuse("operator", "Is not an operator.");
    RETURN_IF_ERROR(reader.finish());
  } else {
    condition.op = *op;
  }
  if (operands_of(condition.op) == 1) {
    condition.operands.push_back(read_operand(reader, condition.op));
  } else if (operands_of(condition.op) == 2) {
    read_bound(reader, "from", condition);
    read_bound(reader, "to", condition);
  }
  RETURN_IF_ERROR(reader.finish());
  return condition;
}

json::object render_operand(const Operand& operand) {
  if (const auto* attribute = std::get_if<AttributeOperand>(&operand)) {
    return {{"attribute", attribute->attribute}};
  }
  const auto& constants = std::get<ConstantOperand>(operand).values;
  return {{"type", type_name(type_of(constants.front()))}, {"values", render_values(constants)}};
}

json::value render_condition(const Condition& condition) {
  json::object object{{"column", condition.column},
                      {"operator", enum_name(kRuleOperatorNames, condition.op)}};
  if (condition.operands.size() == 2) {
    object["from"] = render_operand(condition.operands[0]);
    object["to"] = render_operand(condition.operands[1]);
  } else if (condition.operands.size() == 1) {
    json::object operand = render_operand(condition.operands[0]);
    object.insert(operand.begin(), operand.end());
  }
  return object;
}

}  // namespace

std::string_view access_name(TableAccess access) {
  switch (access) {
    case TableAccess::kShared: return "shared";
    case TableAccess::kRestricted: return "restricted";
    case TableAccess::kHidden: return "hidden";
  }
  return "hidden";
}

Result<TableAccess> parse_access(std::string_view name) {
  if (name == "hidden") return TableAccess::kHidden;
  if (name == "shared") return TableAccess::kShared;
  if (name == "restricted") return TableAccess::kRestricted;
  return Error{Code::kInvalidBody, "Is not hidden, shared or restricted.", {}, "access"};
}

Result<RuleNode> parse_rule_node(const json::value& value, const std::string& path) {
  return parse_rule_tree<Condition>(value, path, parse_condition);
}

json::value render_rule_node(const RuleNode& node) {
  return render_rule_tree(node, render_condition);
}

Result<AccessRule> parse_access_rule(const json::value& value, const std::string& path,
                                     const base::RuleId& fresh_id) {
  ObjectReader reader(value, path);
  const auto id = reader.optional_string("id", 64);
  std::string name = reader.required_string("name", kMaxNameBytes);
  const json::value* applies_if = reader.optional_any("if");
  const json::value* rows = reader.required_object("rows");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(RuleNode node, parse_rule_node(*rows, reader.path_of("rows")));
  AccessRule rule{id ? base::RuleId(*id) : fresh_id, std::move(name), std::move(node)};
  if (applies_if != nullptr && !applies_if->is_null()) {
    ASSIGN_OR_RETURN(rule.applies_if, parse_user_node(*applies_if, reader.path_of("if")));
  }
  return rule;
}

json::value render_access_rule(const AccessRule& rule) {
  json::object object{{"id", rule.id.text()}, {"name", rule.name}};
  if (rule.applies_if) object["if"] = render_user_node(*rule.applies_if);
  object["rows"] = render_rule_node(rule.rows);
  return object;
}

}  // namespace model
