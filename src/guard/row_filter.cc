#include "guard/row_filter.h"

#include <fmt/format.h>

#include "guard/attribute_value.h"
#include "guard/user_match.h"

namespace guard {
namespace {

using base::Code;
using base::Error;
using base::Result;
using model::RuleOperator;
using model::ValueType;
using sql::Expression;
using sql::Function;
using Values = std::vector<model::Value>;

constexpr std::int64_t kMaxDays = 36'500;

/// What one rule is compiled with.
struct RuleContext {
  const model::Table& table;
  const model::AccessRule& rule;
  const model::Principal& principal;
  std::chrono::sys_days today;
  TableDecision& decision;
};

/// The rule's own fault: it gives no rows until its author repairs it.
Error broken_rule(std::string what, const RuleContext& context, const std::string& column) {
  return {Code::kNoRule, std::move(what),
          fmt::format("rule {} column {}", context.rule.id.text(), column)};
}

Result<Values> constant_values(const model::ConstantOperand& constants, ValueType type) {
  auto fitted = fit_values(constants.values, type);
  if (fitted) return *std::move(fitted);
  return Error{Code::kNoRule,
               "A constant of an access rule has another type than it is compared with."};
}

/// The values of one operand, each of `type`; several only where the operator takes a list.
Result<Values> operand_values(const model::Operand& operand, ValueType type, RuleOperator op,
                              const RuleContext& context) {
  const auto* attribute = std::get_if<model::AttributeOperand>(&operand);
  ASSIGN_OR_RETURN(Values values,
                   attribute == nullptr
                       ? constant_values(std::get<model::ConstantOperand>(operand), type)
                       : attribute_values(context.principal, attribute->attribute, type));
  if (values.empty()) return Error{Code::kNoRule, "An access rule has no value to compare with."};
  if (values.size() > 1 && !model::takes_list(op)) {
    if (attribute != nullptr) return attribute_misfit(attribute->attribute, kListForOne);
    return Error{Code::kNoRule, "An access rule has a list where one value is needed."};
  }
  return values;
}

Function comparison(RuleOperator op) {
  switch (op) {
    case RuleOperator::kDifferent: return Function::kDifferent;
    case RuleOperator::kIn: return Function::kIn;
    case RuleOperator::kNotIn: return Function::kNotIn;
    case RuleOperator::kContains: return Function::kContains;
    case RuleOperator::kStartsWith: return Function::kStartsWith;
    case RuleOperator::kGreater: return Function::kGreater;
    case RuleOperator::kGreaterOrEqual: return Function::kGreaterOrEqual;
    case RuleOperator::kLess: return Function::kLess;
    case RuleOperator::kLessOrEqual: return Function::kLessOrEqual;
    case RuleOperator::kEqual:
    case RuleOperator::kBetween:
    case RuleOperator::kInLastDays:
    case RuleOperator::kSet:
    case RuleOperator::kNotSet: break;
  }
  return Function::kEqual;
}

Expression stored(const model::Column& column) {
  return sql::stored_column(column.name, column.type);
}

Expression compare(Function function, const model::Column& column, const Values& values) {
  std::vector<Expression> arguments{stored(column)};
  for (const model::Value& value : values) arguments.push_back(sql::bound(value));
  return sql::call(function, std::move(arguments));
}

/// NaN sorts above every number in both engines, so these would let it through.
bool lets_nan_through(RuleOperator op) {
  return op == RuleOperator::kDifferent || op == RuleOperator::kNotIn ||
         op == RuleOperator::kGreater || op == RuleOperator::kGreaterOrEqual;
}

Expression range(const model::Column& column, model::Value from, model::Value to, Function upper) {
  return sql::call(Function::kAnd, {compare(Function::kGreaterOrEqual, column, {std::move(from)}),
                                    compare(upper, column, {std::move(to)})});
}

Expression last_days(const model::Column& column, std::int64_t days, std::chrono::sys_days today) {
  const std::chrono::sys_days first = today - std::chrono::days(days);
  if (column.type == ValueType::kDate) {
    return range(column, first, today, Function::kLessOrEqual);
  }
  return range(column, model::Datetime(first), model::Datetime(today + std::chrono::days(1)),
               Function::kLess);
}

Expression set_test(const model::Column& column, RuleOperator op) {
  const bool number = column.type == ValueType::kNumeric;
  if (op == RuleOperator::kSet) {
    return sql::call(number ? Function::kIsNumber : Function::kIsSet, {stored(column)});
  }
  return sql::call(number ? Function::kIsNoNumber : Function::kIsNotSet, {stored(column)});
}

Result<Expression> express(const model::Condition& condition, const model::Column& column,
                           const std::vector<Values>& operands, const RuleContext& context) {
  switch (condition.op) {
    case RuleOperator::kSet:
    case RuleOperator::kNotSet: return set_test(column, condition.op);
    case RuleOperator::kBetween:
      return range(column, operands[0].front(), operands[1].front(), Function::kLessOrEqual);
    case RuleOperator::kInLastDays: {
      const auto days = std::get<std::int64_t>(operands[0].front());
      if (days >= 0 && days <= kMaxDays) return last_days(column, days, context.today);
      return broken_rule("An access rule counts an impossible number of days.", context,
                         column.name);
    }
    default: break;
  }
  Expression compared = compare(comparison(condition.op), column, operands[0]);
  if (column.type != ValueType::kNumeric || !lets_nan_through(condition.op)) return compared;
  return sql::call(Function::kAnd,
                   {sql::call(Function::kIsNumber, {stored(column)}), std::move(compared)});
}

void note(const model::Condition& condition, const std::vector<Values>& operands,
          const RuleContext& context) {
  AppliedCondition applied{context.rule.id, context.rule.name, condition.column, condition.op, {}};
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const auto* attribute = std::get_if<model::AttributeOperand>(&condition.operands[i]);
    applied.operands.push_back({attribute == nullptr ? "" : attribute->attribute, operands[i]});
  }
  context.decision.conditions.push_back(std::move(applied));
}

Result<Expression> compile_condition(const model::Condition& condition,
                                     const RuleContext& context) {
  const model::Column* column = context.table.find_column(condition.column);
  if (column == nullptr) {
    return broken_rule("An access rule names a column that its table no longer has.", context,
                       condition.column);
  }
  if (!model::is_offered(condition.op, column->type) ||
      condition.operands.size() != model::operands_of(condition.op)) {
    return broken_rule("An access rule compares in a way that does not fit its column.", context,
                       condition.column);
  }
  const ValueType type =
      condition.op == RuleOperator::kInLastDays ? ValueType::kInteger : column->type;
  std::vector<Values> operands;
  for (const model::Operand& operand : condition.operands) {
    ASSIGN_OR_RETURN(Values values, operand_values(operand, type, condition.op, context));
    operands.push_back(std::move(values));
  }
  ASSIGN_OR_RETURN(Expression expression, express(condition, *column, operands, context));
  note(condition, operands, context);
  return expression;
}

Result<Expression> compile_node(const model::RuleNode& node, const RuleContext& context) {
  if (const auto* condition = std::get_if<model::Condition>(&node.node)) {
    return compile_condition(*condition, context);
  }
  const auto& group = std::get<model::Group>(node.node);
  if (group.nodes.empty()) return Error{Code::kNoRule, "An access rule has an empty group."};
  std::vector<Expression> parts;
  for (const model::RuleNode& child : group.nodes) {
    ASSIGN_OR_RETURN(Expression part, compile_node(child, context));
    parts.push_back(std::move(part));
  }
  const bool all = group.junction == model::Junction::kAnd;
  return sql::call(all ? Function::kAnd : Function::kOr, std::move(parts));
}

Error no_rule() { return {Code::kNoRule, "No access rule applies to a table of this chart."}; }

Result<Expression> join_rules(const model::Table& table, const model::Principal& principal,
                              std::chrono::sys_days today, TableDecision& decision) {
  std::vector<Expression> parts;
  for (const model::AccessRule& rule : table.rules) {
    bool applies = true;
    if (rule.applies_if) {
      ASSIGN_OR_RETURN(applies, matches(*rule.applies_if, principal));
    }
    decision.rules.push_back({rule.id, rule.name, applies});
    if (!applies) continue;
    const RuleContext context{table, rule, principal, today, decision};
    ASSIGN_OR_RETURN(Expression part, compile_node(rule.rows, context));
    parts.push_back(std::move(part));
  }
  if (parts.empty()) return no_rule();
  return sql::call(Function::kAnd, std::move(parts));
}

}  // namespace

RowScope row_scope_of(const model::Principal& principal) {
  const bool writes_rules =
      principal.role() == model::Role::kAdmin || principal.role() == model::Role::kMaker;
  return !principal.embed() && principal.user() && writes_rules ? RowScope::kAllRowsByRole
                                                                : RowScope::kByRules;
}

Result<Expression> build_row_filter(const model::Table& table, const model::Principal& principal,
                                    std::chrono::sys_days today, TableDecision& decision) {
  switch (table.access) {
    case model::TableAccess::kShared: return Expression(nullptr);
    case model::TableAccess::kRestricted: return join_rules(table, principal, today, decision);
    case model::TableAccess::kHidden: break;
  }
  return no_rule();
}

}  // namespace guard
