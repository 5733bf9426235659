#include "guard/user_match.h"

#include <algorithm>

#include "guard/attribute_value.h"

namespace guard {
namespace {

using base::Code;
using base::Error;
using base::Result;
using model::RuleOperator;
using Values = std::vector<model::Value>;

bool is_among(const model::Value& value, const Values& values) {
  return std::ranges::find(values, value) != values.end();
}

bool compare(RuleOperator op, const model::Value& value, const Values& constants) {
  const model::Value& first = constants.front();
  switch (op) {
    case RuleOperator::kEqual: return value == first;
    case RuleOperator::kDifferent: return value != first;
    case RuleOperator::kContains:
      return std::get<std::string>(value).find(std::get<std::string>(first)) != std::string::npos;
    case RuleOperator::kStartsWith:
      return std::get<std::string>(value).starts_with(std::get<std::string>(first));
    case RuleOperator::kGreater: return value > first;
    case RuleOperator::kGreaterOrEqual: return value >= first;
    case RuleOperator::kLess: return value < first;
    case RuleOperator::kLessOrEqual: return value <= first;
    case RuleOperator::kBetween: return value >= first && value <= constants.back();
    case RuleOperator::kIn:
    case RuleOperator::kNotIn:
    case RuleOperator::kInLastDays:
    case RuleOperator::kSet:
    case RuleOperator::kNotSet: break;
  }
  return false;
}

Result<bool> holds(const model::AttributeCondition& condition, const model::Principal& principal) {
  const bool set = has_attribute(principal, condition.attribute);
  if (condition.op == RuleOperator::kSet) return set;
  if (condition.op == RuleOperator::kNotSet) return !set;
  if (condition.values.size() < (condition.op == RuleOperator::kBetween ? 2 : 1)) {
    return Error{Code::kNoRule, "An access rule has no value to compare with."};
  }
  ASSIGN_OR_RETURN(const Values values, attribute_values(principal, condition.attribute,
                                                         model::type_of(condition.values.front())));
  const bool common = std::ranges::any_of(
      values, [&](const model::Value& value) { return is_among(value, condition.values); });
  if (condition.op == RuleOperator::kIn) return common;
  if (condition.op == RuleOperator::kNotIn) return !common;
  if (values.size() != 1) return attribute_misfit(condition.attribute, kListForOne);
  return compare(condition.op, values.front(), condition.values);
}

Result<bool> holds(const model::UserCondition& condition, const model::Principal& principal) {
  if (const auto* role = std::get_if<model::RoleCondition>(&condition)) {
    return std::ranges::find(role->roles, principal.role()) != role->roles.end();
  }
  return holds(std::get<model::AttributeCondition>(condition), principal);
}

}  // namespace

Result<bool> matches(const model::UserNode& node, const model::Principal& principal) {
  if (const auto* condition = std::get_if<model::UserCondition>(&node.node)) {
    return holds(*condition, principal);
  }
  const auto& group = std::get<model::UserGroup>(node.node);
  if (group.nodes.empty()) return Error{Code::kNoRule, "An access rule has an empty group."};
  const bool all = group.junction == model::Junction::kAnd;
  bool decided = false;
  // Every node is looked at, so that the answer does not depend on the order of the nodes.
  for (const model::UserNode& child : group.nodes) {
    ASSIGN_OR_RETURN(const bool held, matches(child, principal));
    decided = decided || held != all;
  }
  return decided ? !all : all;
}

}  // namespace guard
