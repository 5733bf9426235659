#include "model/user_condition.h"

namespace model {
namespace {

namespace json = base::json;
using base::Error;
using base::ObjectReader;
using base::Result;

/// Enough for any sensible list in an *if*, which is compared value by value at each query.
constexpr std::size_t kMaxValues = 1000;

Result<UserCondition> parse_role_condition(ObjectReader& reader) {
  RoleCondition condition;
  const auto names = reader.optional_strings("role", ObjectReader::Single::kAllowed);
  for (const std::string& name : names.value_or(std::vector<std::string>())) {
    const auto role = parse_role(name);
    if (!role) reader.refuse("role", "Is not a role.");
    if (role) condition.roles.push_back(*role);
  }
  if (condition.roles.empty()) reader.refuse("role", "Needs a role.");
  RETURN_IF_ERROR(reader.finish());
  return UserCondition(std::move(condition));
}

bool is_count_right(RuleOperator op, std::size_t count) {
  if (takes_list(op)) return count >= 1 && count <= kMaxValues;
  return count == operands_of(op);
}

void read_values(ObjectReader& reader, AttributeCondition& condition) {
  const auto type = parse_type(reader.required_string("type"));
  const json::value* list = reader.optional_array("values");
  if (!type) return reader.refuse("type", "Is not a type.");
  if (!is_offered(condition.op, *type)) return reader.refuse("operator", "Does not fit the type.");
  if (list == nullptr) return reader.refuse("values", "Is required.");
  for (const json::value& item : list->get_array()) {
    auto value = parse_value(item, *type);
    if (!value) return reader.refuse("values", "Has a value of the wrong type.");
    condition.values.push_back(std::move(*value));
  }
}

Result<UserCondition> parse_attribute_condition(ObjectReader& reader) {
  AttributeCondition condition{reader.required_string("attribute"), RuleOperator::kSet, {}};
  const auto op = parse_enum<RuleOperator>(kRuleOperatorNames, reader.required_string("operator"));
  // A condition on the time that has passed is for rows; a token is too short-lived for it.
  if (!op || *op == RuleOperator::kInLastDays) {
    reader.refuse("operator", "Is not an operator.");
  } else {
    condition.op = *op;
    if (operands_of(*op) > 0) read_values(reader, condition);
    if (!is_count_right(*op, condition.values.size())) {
      reader.refuse("values", "Has the wrong number of values.");
    }
  }
  RETURN_IF_ERROR(reader.finish());
  return UserCondition(std::move(condition));
}

Result<UserCondition> parse_user_condition(const json::value& value, const std::string& path) {
  ObjectReader reader(value, path);
  const json::object* object = value.if_object();
  if (object != nullptr && object->contains("role")) return parse_role_condition(reader);
  return parse_attribute_condition(reader);
}

json::value render_condition(const UserCondition& condition) {
  if (const auto* role = std::get_if<RoleCondition>(&condition)) {
    json::array roles;
    for (const Role each : role->roles) roles.emplace_back(role_name(each));
    return json::object{{"role", std::move(roles)}};
  }
  const auto& attribute = std::get<AttributeCondition>(condition);
  json::object object{{"attribute", attribute.attribute},
                      {"operator", enum_name(kRuleOperatorNames, attribute.op)}};
  if (attribute.values.empty()) return object;
  object["type"] = type_name(type_of(attribute.values.front()));
  object["values"] = render_values(attribute.values);
  return object;
}

}  // namespace

Result<UserNode> parse_user_node(const json::value& value, const std::string& path) {
  return parse_rule_tree<UserCondition>(value, path, parse_user_condition);
}

json::value render_user_node(const UserNode& node) {
  return render_rule_tree(node, render_condition);
}

}  // namespace model
