#pragma once

// Access rules: which rows of a table a principal may see. Closed unless opened.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/json.h"
#include "base/result.h"
#include "model/rule_operator.h"
#include "model/rule_tree.h"
#include "model/user_condition.h"
#include "model/value.h"

namespace model {

/// What a table is to those who are subject to rules. New tables are hidden.
enum class TableAccess : std::uint8_t { kHidden, kShared, kRestricted };

/// The right-hand side of a condition: a token attribute by name, or constants. All constants of
/// one condition are of one type.
struct AttributeOperand {
  std::string attribute;
};
struct ConstantOperand {
  std::vector<Value> values;  ///< At least one.
};
using Operand = std::variant<AttributeOperand, ConstantOperand>;

struct Condition {
  std::string column;
  RuleOperator op;
  std::vector<Operand> operands;  ///< operands_of(op) of them; a range has its lower bound first.
};

using RuleNode = RuleTree<Condition>;
using Group = RuleGroup<Condition>;

struct AccessRule {
  base::RuleId id;
  std::string name;
  RuleNode rows;
  /// Whom the rule applies to; nothing: everybody who is subject to rules.
  std::optional<UserNode> applies_if = {};
};

inline constexpr std::size_t kMaxConstants = 10'000;

[[nodiscard]] std::string_view access_name(TableAccess access);
[[nodiscard]] base::Result<TableAccess> parse_access(std::string_view name);

/// A condition, or {"and": [node, …]} | {"or": [node, …]}. A condition is {"column", "operator"}
/// with its operand: "attribute", or "type" and "values"; a range has "from" and "to", each an
/// object with an operand of its own. kInvalidBody names the place below `path`.
[[nodiscard]] base::Result<RuleNode> parse_rule_node(const base::json::value& json,
                                                     const std::string& path = "");
[[nodiscard]] base::json::value render_rule_node(const RuleNode& node);

/// {"id", "name", "if"?, "rows"}. A rule without "id" gets `fresh_id`.
[[nodiscard]] base::Result<AccessRule> parse_access_rule(const base::json::value& json,
                                                         const std::string& path,
                                                         const base::RuleId& fresh_id);
[[nodiscard]] base::json::value render_access_rule(const AccessRule& rule);

}  // namespace model
