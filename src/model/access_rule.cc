#include "model/access_rule.h"

namespace model {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::Result;

Error malformed(std::string what, std::string field = {}) {
  return Error{Code::kInvalidBody, std::move(what), {}, std::move(field)};
}

Result<Operand> parse_constants(base::ObjectReader& reader) {
  const auto type = parse_type(reader.required_string("type"));
  const json::value* list = reader.optional_array("values");
  RETURN_IF_ERROR(reader.finish());
  if (!type) return malformed("Is not a type.", "type");
  if (list == nullptr || list->get_array().empty()) return malformed("Needs a value.", "values");
  ConstantOperand constants;
  for (const json::value& item : list->get_array()) {
    auto value = parse_value(item, *type);
    if (!value) return malformed("Has a value of the wrong type.", "values");
    constants.values.push_back(std::move(*value));
  }
  return Operand(std::move(constants));
}

Result<RuleNode> parse_condition(const json::value& value) {
  base::ObjectReader reader(value, "");
  std::string column = reader.required_string("column");
  const std::string op = reader.required_string("operator");
  const auto attribute = reader.optional_string("attribute");
  if (op != "isEqualTo" && op != "isIn") reader.refuse("operator", "Is not an operator.");
  const RuleOperator rule_operator = op == "isIn" ? RuleOperator::kIn : RuleOperator::kEqual;
  if (attribute) {
    RETURN_IF_ERROR(reader.finish());
    return RuleNode{Condition{std::move(column), rule_operator, AttributeOperand{*attribute}}};
  }
  ASSIGN_OR_RETURN(Operand constants, parse_constants(reader));
  return RuleNode{Condition{std::move(column), rule_operator, std::move(constants)}};
}

Result<RuleNode> parse_group(const json::object& object, Junction junction) {
  const json::array* nodes = object.begin()->value().if_array();
  if (object.size() != 1 || nodes == nullptr || nodes->empty()) {
    return malformed("A group is a list of at least one condition.");
  }
  Group group{junction, {}};
  for (const json::value& item : *nodes) {
    ASSIGN_OR_RETURN(RuleNode node, parse_rule_node(item));
    group.nodes.push_back(std::move(node));
  }
  return RuleNode{std::move(group)};
}

json::value render_condition(const Condition& condition) {
  json::object object{{"column", condition.column},
                      {"operator", condition.op == RuleOperator::kIn ? "isIn" : "isEqualTo"}};
  if (const auto* attribute = std::get_if<AttributeOperand>(&condition.operand)) {
    object["attribute"] = attribute->attribute;
    return object;
  }
  const auto& constants = std::get<ConstantOperand>(condition.operand).values;
  json::array values;
  for (const Value& value : constants) values.push_back(render_value(value));
  object["type"] = type_name(type_of(constants.front()));
  object["values"] = std::move(values);
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
  return malformed("Is not hidden, shared or restricted.", "access");
}

Result<RuleNode> parse_rule_node(const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr) return malformed("A rule is an object.");
  if (object->contains("and")) return parse_group(*object, Junction::kAnd);
  if (object->contains("or")) return parse_group(*object, Junction::kOr);
  return parse_condition(value);
}

json::value render_rule_node(const RuleNode& node) {
  if (const auto* condition = std::get_if<Condition>(&node.node))
    return render_condition(*condition);
  const auto& group = std::get<Group>(node.node);
  json::array nodes;
  for (const RuleNode& child : group.nodes) nodes.push_back(render_rule_node(child));
  return json::object{{group.junction == Junction::kAnd ? "and" : "or", std::move(nodes)}};
}

}  // namespace model
