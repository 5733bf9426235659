#pragma once

// Conditions on the user who asks: the *if* of access rules and of exceptions for columns.

#include <string>
#include <variant>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "model/role.h"
#include "model/rule_operator.h"
#include "model/rule_tree.h"
#include "model/value.h"

namespace model {

struct RoleCondition {
  std::vector<Role> roles;  ///< At least one.
};

/// A token attribute compared with constants of one type: two for a range, one or more for a list
/// operator, none for kSet and kNotSet, else one.
struct AttributeCondition {
  std::string attribute;
  RuleOperator op;
  std::vector<Value> values;
};

using UserCondition = std::variant<RoleCondition, AttributeCondition>;
using UserNode = RuleTree<UserCondition>;
using UserGroup = RuleGroup<UserCondition>;

/// {"role": [role, …]} | {"attribute", "operator", "type", "values"} | {"and": […]} | {"or": […]}.
/// kInvalidBody names the place below `path`.
[[nodiscard]] base::Result<UserNode> parse_user_node(const base::json::value& json,
                                                     const std::string& path);
[[nodiscard]] base::json::value render_user_node(const UserNode& node);

}  // namespace model
