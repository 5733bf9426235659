#include "guard/row_filter.h"

#include <fmt/format.h>

namespace guard {
namespace {

using base::Code;
using base::Error;
using base::Result;
using model::ValueType;

/// What one rule is compiled with.
struct RuleContext {
  const model::Table& table;
  const model::AccessRule& rule;
  const model::AttributeValues& attributes;
  std::vector<AppliedCondition>& applied;
};

Error attribute_error(Code code, std::string_view attribute, std::string_view problem) {
  return Error{code,
               fmt::format("The token attribute “{}” {}.", attribute, problem),
               {},
               fmt::format("user.attributes.{}", attribute)};
}

/// A value as the column's type: equal types, and whole numbers where the column is Numeric.
std::optional<model::Value> fit_value(const model::Value& value, ValueType column_type) {
  const ValueType type = model::type_of(value);
  if (type == column_type) return value;
  if (type == ValueType::kInteger && column_type == ValueType::kNumeric) {
    constexpr std::int64_t kExact = std::int64_t{1} << 53;  // Beyond, a double rounds.
    const std::int64_t number = std::get<std::int64_t>(value);
    if (number >= -kExact && number <= kExact) return model::Value(static_cast<double>(number));
  }
  return std::nullopt;
}

/// A value that can not be compared as the rule asks: the token's fault, or the rule's own.
Error misfit(const model::AttributeOperand* operand, std::string_view problem) {
  if (operand != nullptr) {
    return attribute_error(Code::kAttributeType, operand->attribute, problem);
  }
  return Error{Code::kNoRule, fmt::format("A constant of an access rule {}.", problem)};
}

Result<std::vector<model::Value>> attribute_values(const std::string& name,
                                                   const RuleContext& context) {
  const auto found = context.attributes.find(name);
  if (found == context.attributes.end()) {
    return attribute_error(Code::kAttributeMissing, name, "is missing");
  }
  if (found->second.values.empty()) {
    return attribute_error(Code::kAttributeMissing, name, "is an empty list");
  }
  return found->second.values;
}

Result<std::vector<model::Value>> operand_values(const model::Condition& condition,
                                                 ValueType column_type,
                                                 const RuleContext& context) {
  const auto* operand = std::get_if<model::AttributeOperand>(&condition.operand);
  std::vector<model::Value> values;
  if (operand == nullptr) {
    values = std::get<model::ConstantOperand>(condition.operand).values;
  } else {
    ASSIGN_OR_RETURN(values, attribute_values(operand->attribute, context));
  }
  if (values.empty()) return Error{Code::kNoRule, "An access rule has no value to compare with."};
  if (condition.op == model::RuleOperator::kEqual && values.size() != 1) {
    return misfit(operand, "is a list where one value is needed");
  }
  for (model::Value& value : values) {
    auto fitted = fit_value(value, column_type);
    if (!fitted) return misfit(operand, "has another type than its column");
    value = std::move(*fitted);
  }
  return values;
}

Result<sql::Expression> compile_condition(const model::Condition& condition,
                                          const RuleContext& context) {
  const model::Column* column = context.table.find_column(condition.column);
  if (column == nullptr) {
    return Error{Code::kNoRule, "An access rule names a column that its table no longer has.",
                 fmt::format("rule {} column {}", context.rule.id.text(), condition.column)};
  }
  ASSIGN_OR_RETURN(std::vector<model::Value> values,
                   operand_values(condition, column->type, context));
  std::vector<sql::Expression> arguments{sql::column(column->name)};
  for (const model::Value& value : values) arguments.push_back(sql::bound(value));
  const auto* operand = std::get_if<model::AttributeOperand>(&condition.operand);
  context.applied.push_back({context.table.name, context.rule.name, column->name,
                             operand == nullptr ? "" : operand->attribute, std::move(values)});
  const bool equal = condition.op == model::RuleOperator::kEqual;
  return sql::call(equal ? sql::Function::kEqual : sql::Function::kIn, std::move(arguments));
}

Result<sql::Expression> compile_node(const model::RuleNode& node, const RuleContext& context) {
  if (const auto* condition = std::get_if<model::Condition>(&node.node)) {
    return compile_condition(*condition, context);
  }
  const auto& group = std::get<model::Group>(node.node);
  if (group.nodes.empty()) return Error{Code::kNoRule, "An access rule has an empty group."};
  std::vector<sql::Expression> parts;
  for (const model::RuleNode& child : group.nodes) {
    ASSIGN_OR_RETURN(sql::Expression part, compile_node(child, context));
    parts.push_back(std::move(part));
  }
  const bool all = group.junction == model::Junction::kAnd;
  return sql::call(all ? sql::Function::kAnd : sql::Function::kOr, std::move(parts));
}

Result<sql::Expression> join_rules(const model::Table& table, const model::Principal& principal,
                                   std::vector<AppliedCondition>& applied) {
  static const model::AttributeValues kNoAttributes;
  const auto& embed = principal.embed();
  std::vector<sql::Expression> parts;
  for (const model::AccessRule& rule : table.rules) {
    const RuleContext context{table, rule, embed ? embed->attributes : kNoAttributes, applied};
    ASSIGN_OR_RETURN(sql::Expression part, compile_node(rule.rows, context));
    parts.push_back(std::move(part));
  }
  if (parts.empty())
    return Error{Code::kNoRule, "No access rule applies to a table of this chart."};
  return sql::call(sql::Function::kAnd, std::move(parts));
}

}  // namespace

RowScope row_scope_of(const model::Principal& principal) {
  const bool writes_rules =
      principal.role() == model::Role::kAdmin || principal.role() == model::Role::kMaker;
  return !principal.embed() && principal.user() && writes_rules ? RowScope::kAllRowsByRole
                                                                : RowScope::kByRules;
}

Result<sql::Expression> build_row_filter(const model::Table& table,
                                         const model::Principal& principal,
                                         std::vector<AppliedCondition>& applied) {
  switch (table.access) {
    case model::TableAccess::kShared: return sql::Expression(nullptr);
    case model::TableAccess::kRestricted: return join_rules(table, principal, applied);
    case model::TableAccess::kHidden: break;
  }
  return Error{Code::kNoRule, "No access rule applies to a table of this chart."};
}

}  // namespace guard
