#include "native_policy.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plain_query.h"
#include "world.h"

namespace oracle {
namespace {

using model::RuleOperator;
using model::ValueType;
using Values = std::vector<model::Value>;

const std::string kUnknown = "NULL";

std::string column(const model::Column& column) {
  const std::string text = comparable(column.name, column.type);
  return column.type == ValueType::kString ? text + " COLLATE \"C\"" : text;
}

/// `text` in a pattern of LIKE in which it means itself.
std::string pattern(const std::string& before, const model::Value& text, const std::string& after) {
  std::string escaped = before;
  for (const char c : std::get<std::string>(text)) {
    if (c == '%' || c == '_' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return value_literal(escaped + after);
}

std::string list(const Values& values) {
  std::vector<std::string> literals;
  for (const model::Value& value : values) literals.push_back(value_literal(value));
  return fmt::format("({})", fmt::join(literals, ", "));
}

/// Whether SQL has such a comparison. A rule that does not apply may have any.
bool fits(RuleOperator op, const model::Column& column, const Values& values) {
  const ValueType type = op == RuleOperator::kInLastDays ? ValueType::kInteger : column.type;
  return model::is_offered(op, column.type) && !values.empty() &&
         std::ranges::all_of(values, [&](const model::Value& value) {
           const ValueType given = model::type_of(value);
           return given == type || (given == ValueType::kInteger && type == ValueType::kNumeric);
         });
}

/// `left` is SQL, and not NULL.
std::string compare(const std::string& left, RuleOperator op, const Values& values,
                    const Values& bounds) {
  const auto with = [&](std::string_view sign) {
    return fmt::format("({} {} {})", left, sign, value_literal(values.front()));
  };
  switch (op) {
    case RuleOperator::kEqual: return with("=");
    case RuleOperator::kDifferent: return with("<>");
    case RuleOperator::kGreater: return with(">");
    case RuleOperator::kGreaterOrEqual: return with(">=");
    case RuleOperator::kLess: return with("<");
    case RuleOperator::kLessOrEqual: return with("<=");
    case RuleOperator::kIn: return fmt::format("({} IN {})", left, list(values));
    case RuleOperator::kNotIn: return fmt::format("({} NOT IN {})", left, list(values));
    case RuleOperator::kContains:
      return fmt::format("({} LIKE {})", left, pattern("%", values.front(), "%"));
    case RuleOperator::kStartsWith:
      return fmt::format("({} LIKE {})", left, pattern("", values.front(), "%"));
    case RuleOperator::kBetween:
      return fmt::format("({} BETWEEN {} AND {})", left, value_literal(values.front()),
                         value_literal(bounds.front()));
    case RuleOperator::kInLastDays:
      return fmt::format("(DATE '1970-01-01' + {} - CAST({} AS DATE) BETWEEN 0 AND {})", kTodayDays,
                         left, value_literal(values.front()));
    case RuleOperator::kSet:
    case RuleOperator::kNotSet: break;
  }
  return kUnknown;
}

class Translator {
 public:
  Translator(const model::Table& table, const model::Principal& principal)
      : table_(table), principal_(principal) {}

  [[nodiscard]] std::string rows(const model::RuleNode& node) const {
    return tree(node, [&](const model::Condition& condition) { return test_rows(condition); });
  }
  [[nodiscard]] std::string user(const model::UserNode& node) const {
    return tree(node, [&](const model::UserCondition& condition) { return test_user(condition); });
  }

 private:
  template <typename Leaf, typename Translate>
  [[nodiscard]] std::string tree(const model::RuleTree<Leaf>& node,
                                 const Translate& translate) const {
    if (const auto* leaf = std::get_if<Leaf>(&node.node)) return translate(*leaf);
    const auto& group = std::get<model::RuleGroup<Leaf>>(node.node);
    std::vector<std::string> parts;
    for (const auto& child : group.nodes) parts.push_back(tree(child, translate));
    const bool all = group.junction == model::Junction::kAnd;
    return fmt::format("({})", fmt::join(parts, all ? " AND " : " OR "));
  }

  [[nodiscard]] std::string test_rows(const model::Condition& condition) const {
    const auto found = std::ranges::find(table_.columns, condition.column, &model::Column::name);
    if (found == table_.columns.end()) return kUnknown;
    const std::string left = column(*found);
    std::string set = fmt::format("({} IS NOT NULL)", left);
    if (found->type == ValueType::kNumeric) set = fmt::format("({} AND {} <> 'NaN')", set, left);
    if (condition.op == RuleOperator::kSet) return set;
    if (condition.op == RuleOperator::kNotSet) return "NOT " + set;
    const Values values = values_of(condition.operands.front());
    const Values bounds = values_of(condition.operands.back());
    if (!fits(condition.op, *found, values) || !fits(condition.op, *found, bounds)) return kUnknown;
    return fmt::format("({} AND {})", set, compare(left, condition.op, values, bounds));
  }

  [[nodiscard]] std::string test_user(const model::UserCondition& condition) const {
    if (const auto* roles = std::get_if<model::RoleCondition>(&condition)) {
      return std::ranges::count(roles->roles, principal_.role()) > 0 ? "TRUE" : "FALSE";
    }
    const auto& asked = std::get<model::AttributeCondition>(condition);
    const Values held = attribute(asked.attribute);
    if (asked.op == RuleOperator::kSet) return held.empty() ? "FALSE" : "TRUE";
    if (asked.op == RuleOperator::kNotSet) return held.empty() ? "TRUE" : "FALSE";
    std::vector<std::string> each;
    for (const model::Value& value : held) {
      each.push_back(compare(value_literal(value), asked.op, asked.values, {asked.values.back()}));
    }
    if (each.empty()) return kUnknown;
    // None of the values is in the list, or one of them is.
    const bool none = asked.op == RuleOperator::kNotIn;
    return fmt::format("({})", fmt::join(each, none ? " AND " : " OR "));
  }

  [[nodiscard]] Values values_of(const model::Operand& operand) const {
    if (const auto* constants = std::get_if<model::ConstantOperand>(&operand)) {
      return constants->values;
    }
    return attribute(std::get<model::AttributeOperand>(operand).attribute);
  }
  [[nodiscard]] Values attribute(const std::string& name) const {
    if (!principal_.embed()) return {};
    const auto found = principal_.embed()->attributes.find(name);
    return found == principal_.embed()->attributes.end() ? Values{} : found->second.values;
  }

  const model::Table& table_;
  const model::Principal& principal_;
};

}  // namespace

Policies policies_of(const model::Table& table, const model::Principal& principal) {
  const Translator translator(table, principal);
  std::string one_applies = "FALSE";
  Policies policies;
  for (const model::AccessRule& rule : table.rules) {
    const std::string applies = rule.applies_if ? translator.user(*rule.applies_if) : "TRUE";
    one_applies += " OR " + applies;
    policies.push_back(fmt::format("AS RESTRICTIVE FOR SELECT USING (NOT {} OR {})", applies,
                                   translator.rows(rule.rows)));
  }
  policies.push_back(fmt::format("AS PERMISSIVE FOR SELECT USING ({})", one_applies));
  return policies;
}

}  // namespace oracle
