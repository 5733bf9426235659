#pragma once

// Access rules: which rows of a table a principal may see. Closed unless opened.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/json.h"
#include "base/result.h"
#include "model/value.h"

namespace model {

/// What a table is to those who are subject to rules. New tables are hidden.
enum class TableAccess : std::uint8_t { kHidden, kShared, kRestricted };

enum class RuleOperator : std::uint8_t { kEqual, kIn };

/// The right-hand side of a condition: a token attribute by name, or constants of the column's
/// type.
struct AttributeOperand {
  std::string attribute;
};
struct ConstantOperand {
  std::vector<Value> values;
};
using Operand = std::variant<AttributeOperand, ConstantOperand>;

struct Condition {
  std::string column;
  RuleOperator op;
  Operand operand;
};

enum class Junction : std::uint8_t { kAnd, kOr };

struct RuleNode;

struct Group {
  Junction junction;
  std::vector<RuleNode> nodes;  ///< At least one; the guard refuses an empty group.
};

struct RuleNode {
  std::variant<Condition, Group> node;
};

struct AccessRule {
  base::RuleId id;
  std::string name;
  RuleNode rows;
};

[[nodiscard]] std::string_view access_name(TableAccess access);
[[nodiscard]] base::Result<TableAccess> parse_access(std::string_view name);

/// {"column","operator","attribute"} | {"column","operator","type","values":[…]} | {"and":[…]} |
/// {"or":[…]}. Depth is bounded by base::kMaxJsonDepth.
[[nodiscard]] base::Result<RuleNode> parse_rule_node(const base::json::value& json);
[[nodiscard]] base::json::value render_rule_node(const RuleNode& node);

}  // namespace model
