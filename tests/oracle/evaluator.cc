#include "evaluator.h"

#include <algorithm>
#include <cmath>

namespace oracle {
namespace {

using model::RuleOperator;
using model::ValueType;
using Refusals = std::set<std::string>;
using Values = std::vector<model::Value>;

const std::string kNoRule = "no_rule";
const std::string kNoColumn = "not_found";

/// The outcome of asking for values: refused where `refusals` holds something.
struct Operand {
  Values values;
  Refusals refusals;
};

std::string missing(const std::string& attribute) {
  return "attribute_missing user.attributes." + attribute;
}
std::string misfit(const std::string& attribute) {
  return "attribute_type user.attributes." + attribute;
}

/// `value` where `type` is asked: only a whole number of at most 2^53 becomes a Numeric.
std::optional<model::Value> as_type(const model::Value& value, ValueType type) {
  if (static_cast<std::size_t>(type) == value.index()) return value;
  const auto* whole = std::get_if<std::int64_t>(&value);
  if (whole == nullptr || type != ValueType::kNumeric) return std::nullopt;
  if (*whole > 9'007'199'254'740'992 || *whole < -9'007'199'254'740'992) return std::nullopt;
  return model::Value(static_cast<double>(*whole));
}

const model::AttributeValue* attribute_of(const model::Principal& principal,
                                          const std::string& name) {
  if (!principal.embed()) return nullptr;
  const auto found = principal.embed()->attributes.find(name);
  if (found == principal.embed()->attributes.end()) return nullptr;
  return found->second.values.empty() ? nullptr : &found->second;
}

Operand attribute_operand(const model::Principal& principal, const std::string& name,
                          ValueType type, bool list) {
  const model::AttributeValue* attribute = attribute_of(principal, name);
  if (attribute == nullptr) return {{}, {missing(name)}};
  Operand operand;
  for (const model::Value& value : attribute->values) {
    const auto fitting = as_type(value, type);
    if (!fitting) return {{}, {misfit(name)}};
    operand.values.push_back(*fitting);
  }
  if (operand.values.size() > 1 && !list) return {{}, {misfit(name)}};
  return operand;
}

Operand constant_operand(const Values& constants, ValueType type) {
  Operand operand;
  for (const model::Value& value : constants) {
    const auto fitting = as_type(value, type);
    if (!fitting) return {{}, {kNoRule}};
    operand.values.push_back(*fitting);
  }
  return operand;
}

bool is_list_operator(RuleOperator op) {
  return op == RuleOperator::kIn || op == RuleOperator::kNotIn;
}

/// The table of operators in docs/access-rules.md.
bool fits_column(RuleOperator op, ValueType type) {
  const bool number = type == ValueType::kInteger || type == ValueType::kNumeric;
  const bool time = type == ValueType::kDate || type == ValueType::kDatetime;
  switch (op) {
    case RuleOperator::kIn:
    case RuleOperator::kNotIn: return type != ValueType::kBoolean;
    case RuleOperator::kContains:
    case RuleOperator::kStartsWith: return type == ValueType::kString;
    case RuleOperator::kGreater:
    case RuleOperator::kGreaterOrEqual:
    case RuleOperator::kLess:
    case RuleOperator::kLessOrEqual:
    case RuleOperator::kBetween: return number || time;
    case RuleOperator::kInLastDays: return time;
    default: return true;
  }
}

/// Less than, equal or greater: -1, 0, 1. Both are of one type.
template <typename T>
int order(const T& left, const T& right) {
  if (left < right) return -1;
  return right < left ? 1 : 0;
}

int order_text(const std::string& left, const std::string& right) {
  return order(left.compare(right), 0);
}

std::int64_t microseconds_of(const model::Value& value) {
  return std::get<model::Datetime>(value).time_since_epoch().count() * 1'000'000;
}
std::int64_t days_of(const model::Value& value) {
  return std::get<model::Date>(value).time_since_epoch().count();
}

/// How a cell that is set compares with a value of its type.
int order_cell(const Datum& cell, const model::Value& value) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return order_text(*text, std::get<std::string>(value));
  }
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
    return order(*whole, std::get<std::int64_t>(value));
  }
  if (const auto* number = std::get_if<double>(&cell))
    return order(*number, std::get<double>(value));
  if (const auto* flag = std::get_if<bool>(&cell)) return order(*flag, std::get<bool>(value));
  if (const auto* day = std::get_if<Day>(&cell)) return order(day->days, days_of(value));
  return order(std::get<Moment>(cell).microseconds, microseconds_of(value));
}

bool is_set(const Datum& cell) {
  if (const auto* number = std::get_if<double>(&cell)) return !std::isnan(*number);
  return !std::holds_alternative<std::monostate>(cell);
}

std::int64_t day_of(const Datum& cell) {
  if (const auto* day = std::get_if<Day>(&cell)) return day->days;
  constexpr std::int64_t kDay = 86'400'000'000;
  const std::int64_t moment = std::get<Moment>(cell).microseconds;
  const std::int64_t whole = moment / kDay;
  return moment % kDay < 0 ? whole - 1 : whole;
}

bool is_within_days(const Datum& cell, std::int64_t count) {
  for (std::int64_t before = 0; before <= count; ++before) {
    if (day_of(cell) == kTodayDays - before) return true;
  }
  return false;
}

bool is_among(const Datum& cell, const Values& values) {
  return std::ranges::any_of(
      values, [&](const model::Value& value) { return order_cell(cell, value) == 0; });
}

/// Whether the row of `cell` satisfies the operator.
bool satisfies(const Datum& cell, RuleOperator op, const std::vector<Values>& operands) {
  if (op == RuleOperator::kNotSet) return !is_set(cell);
  if (!is_set(cell)) return false;
  if (op == RuleOperator::kSet) return true;
  const model::Value& value = operands[0][0];
  switch (op) {
    case RuleOperator::kEqual: return order_cell(cell, value) == 0;
    case RuleOperator::kDifferent: return order_cell(cell, value) != 0;
    case RuleOperator::kIn: return is_among(cell, operands[0]);
    case RuleOperator::kNotIn: return !is_among(cell, operands[0]);
    case RuleOperator::kContains:
      return std::get<std::string>(cell).find(std::get<std::string>(value)) != std::string::npos;
    case RuleOperator::kStartsWith:
      return std::get<std::string>(cell).find(std::get<std::string>(value)) == 0;
    case RuleOperator::kGreater: return order_cell(cell, value) > 0;
    case RuleOperator::kGreaterOrEqual: return order_cell(cell, value) >= 0;
    case RuleOperator::kLess: return order_cell(cell, value) < 0;
    case RuleOperator::kLessOrEqual: return order_cell(cell, value) <= 0;
    case RuleOperator::kBetween:
      return order_cell(cell, value) >= 0 && order_cell(cell, operands[1][0]) <= 0;
    case RuleOperator::kInLastDays: return is_within_days(cell, std::get<std::int64_t>(value));
    case RuleOperator::kSet:
    case RuleOperator::kNotSet: break;
  }
  return false;
}

/// Which rows of a table are seen under one condition, or why the query is refused.
struct Rows {
  std::vector<bool> seen;
  Refusals refusals;
};

class RowJudge {
 public:
  RowJudge(const StoredTable& stored, const model::Table& table, const model::Principal& principal)
      : stored_(stored), table_(table), principal_(principal) {}

  [[nodiscard]] Rows judge(const model::RuleNode& node) const {
    if (const auto* condition = std::get_if<model::Condition>(&node.node)) {
      return judge_condition(*condition);
    }
    const auto& group = std::get<model::Group>(node.node);
    const bool all = group.junction == model::Junction::kAnd;
    Rows rows{std::vector<bool>(stored_.rows, all), {}};
    for (const model::RuleNode& child : group.nodes) {
      Rows part = judge(child);
      rows.refusals.merge(part.refusals);
      for (std::size_t row = 0; row < stored_.rows && !part.seen.empty(); ++row) {
        rows.seen[row] = all ? rows.seen[row] && part.seen[row] : rows.seen[row] || part.seen[row];
      }
    }
    return rows;
  }

 private:
  [[nodiscard]] Rows judge_condition(const model::Condition& condition) const {
    const model::Column* column = nullptr;
    for (const model::Column& each : table_.columns) {
      if (each.name == condition.column) column = &each;
    }
    if (column == nullptr || !fits_column(condition.op, column->type)) return {{}, {kNoRule}};
    const bool days = condition.op == RuleOperator::kInLastDays;
    const ValueType type = days ? ValueType::kInteger : column->type;
    Rows rows;
    std::vector<Values> operands;
    for (const model::Operand& each : condition.operands) {
      Operand operand = read(each, type, is_list_operator(condition.op));
      rows.refusals.merge(operand.refusals);
      operands.push_back(std::move(operand.values));
    }
    if (!rows.refusals.empty()) return rows;
    if (days) {
      const auto count = std::get<std::int64_t>(operands[0][0]);
      if (count < 0 || count > 36'500) return {{}, {kNoRule}};
    }
    const auto cells = std::ranges::find(stored_.columns, column->name, &StoredColumn::name);
    for (const Datum& cell : cells->cells) {
      rows.seen.push_back(satisfies(cell, condition.op, operands));
    }
    return rows;
  }

  [[nodiscard]] Operand read(const model::Operand& operand, ValueType type, bool list) const {
    if (const auto* attribute = std::get_if<model::AttributeOperand>(&operand)) {
      return attribute_operand(principal_, attribute->attribute, type, list);
    }
    return constant_operand(std::get<model::ConstantOperand>(operand).values, type);
  }

  const StoredTable& stored_;
  const model::Table& table_;
  const model::Principal& principal_;
};

/// Whether a condition on the user holds, or why that can not be said.
struct Held {
  bool held;
  Refusals refusals;
};

int order_values(const model::Value& left, const model::Value& right) {
  if (const auto* text = std::get_if<std::string>(&left)) {
    return order_text(*text, std::get<std::string>(right));
  }
  return order(left, right);
}

bool have_common(const Values& left, const Values& right) {
  for (const model::Value& each : left) {
    for (const model::Value& other : right) {
      if (order_values(each, other) == 0) return true;
    }
  }
  return false;
}

bool holds_for(const model::Value& value, RuleOperator op, const Values& constants) {
  const model::Value& first = constants.front();
  switch (op) {
    case RuleOperator::kEqual: return order_values(value, first) == 0;
    case RuleOperator::kDifferent: return order_values(value, first) != 0;
    case RuleOperator::kContains:
      return std::get<std::string>(value).find(std::get<std::string>(first)) != std::string::npos;
    case RuleOperator::kStartsWith:
      return std::get<std::string>(value).rfind(std::get<std::string>(first), 0) == 0;
    case RuleOperator::kGreater: return order_values(value, first) > 0;
    case RuleOperator::kGreaterOrEqual: return order_values(value, first) >= 0;
    case RuleOperator::kLess: return order_values(value, first) < 0;
    case RuleOperator::kLessOrEqual: return order_values(value, first) <= 0;
    case RuleOperator::kBetween:
      return order_values(value, first) >= 0 && order_values(value, constants[1]) <= 0;
    default: return false;
  }
}

Held judge_attribute(const model::AttributeCondition& condition,
                     const model::Principal& principal) {
  const bool set = attribute_of(principal, condition.attribute) != nullptr;
  if (condition.op == RuleOperator::kSet) return {set, {}};
  if (condition.op == RuleOperator::kNotSet) return {!set, {}};
  const auto type = static_cast<ValueType>(condition.values.front().index());
  const Operand operand =
      attribute_operand(principal, condition.attribute, type, is_list_operator(condition.op));
  if (!operand.refusals.empty()) return {false, operand.refusals};
  const bool common = have_common(operand.values, condition.values);
  if (condition.op == RuleOperator::kIn) return {common, {}};
  if (condition.op == RuleOperator::kNotIn) return {!common, {}};
  return {holds_for(operand.values.front(), condition.op, condition.values), {}};
}

Held judge_user(const model::UserNode& node, const model::Principal& principal) {
  if (const auto* condition = std::get_if<model::UserCondition>(&node.node)) {
    if (const auto* role = std::get_if<model::RoleCondition>(condition)) {
      return {std::ranges::count(role->roles, principal.role()) > 0, {}};
    }
    return judge_attribute(std::get<model::AttributeCondition>(*condition), principal);
  }
  const auto& group = std::get<model::UserGroup>(node.node);
  const bool all = group.junction == model::Junction::kAnd;
  Held held{all, {}};
  for (const model::UserNode& child : group.nodes) {
    Held part = judge_user(child, principal);
    held.refusals.merge(part.refusals);
    held.held = all ? held.held && part.held : held.held || part.held;
  }
  return held;
}

bool sees_everything(const model::Principal& principal) {
  return principal.user() && !principal.embed() && principal.role() != model::Role::kExplorer;
}

void judge_rules(const StoredTable& stored, const model::Table& table,
                 const model::Principal& principal, Verdict& verdict) {
  std::vector<bool> seen(stored.rows, true);
  bool one_applies = false;
  for (const model::AccessRule& rule : table.rules) {
    if (rule.applies_if) {
      Held held = judge_user(*rule.applies_if, principal);
      verdict.refusals.merge(held.refusals);
      if (!held.held) continue;
    }
    one_applies = true;
    Rows rows = RowJudge(stored, table, principal).judge(rule.rows);
    verdict.refusals.merge(rows.refusals);
    for (std::size_t row = 0; row < rows.seen.size(); ++row)
      seen[row] = seen[row] && rows.seen[row];
  }
  if (!one_applies && verdict.refusals.empty()) verdict.refusals.insert(kNoRule);
  for (std::size_t row = 0; row < stored.rows; ++row) {
    if (seen[row]) verdict.rows.push_back(row);
  }
}

model::ColumnAccess access_for(const model::Column& column, const model::Principal& principal) {
  if (sees_everything(principal)) return model::ColumnAccess::kVisible;
  for (const model::ColumnException& exception : column.exceptions) {
    const Held held = judge_user(exception.applies_if, principal);
    if (!held.refusals.empty()) return model::ColumnAccess::kHidden;
    if (held.held) return exception.access;
  }
  return column.access;
}

void add_measure(const model::Measure& measure, std::set<std::string>& columns) {
  if (!measure.column.empty()) columns.insert(measure.column);
  if (measure.filter) columns.insert(measure.filter->column);
}

}  // namespace

Verdict judge_table(const StoredTable& stored, const model::Table& table,
                    const model::Principal& principal) {
  Verdict verdict;
  if (principal.organization() != kOrganization) return {{kNoColumn}, {}, {}};
  for (const model::Column& column : table.columns) {
    const model::ColumnAccess access = access_for(column, principal);
    if (access == model::ColumnAccess::kHidden) continue;
    verdict.columns[column.name] = access == model::ColumnAccess::kMasked;
  }
  const bool all = sees_everything(principal) || table.access == model::TableAccess::kShared;
  if (!all && table.access == model::TableAccess::kHidden) verdict.refusals.insert(kNoRule);
  if (!all && table.access == model::TableAccess::kRestricted) {
    judge_rules(stored, table, principal, verdict);
    return verdict;
  }
  for (std::size_t row = 0; row < stored.rows; ++row) verdict.rows.push_back(row);
  return verdict;
}

std::set<std::string> columns_read(const Question& question) {
  std::set<std::string> columns;
  for (const model::ChartDimension& asked : question.spec.dimensions) {
    for (const model::Dimension& dimension : question.table.dimensions) {
      if (dimension.name == asked.dimension) columns.insert(dimension.column);
    }
  }
  for (const model::Metric& metric : question.table.metrics) {
    if (std::ranges::count(question.spec.metrics, metric.name) == 0) continue;
    add_measure(metric.measure, columns);
    if (metric.denominator) add_measure(*metric.denominator, columns);
  }
  for (const FilterChoice& filter : question.filters) columns.insert(filter.column);
  return columns;
}

Verdict judge(const World& world, const Question& question) {
  Verdict verdict =
      judge_table(world.tables.at(question.stored), question.table, question.principal);
  if (question.asked == Asked::kCount) return verdict;
  if (verdict.columns.empty()) verdict.refusals.insert(kNoRule);
  if (question.asked == Asked::kPreview) return verdict;
  for (const std::string& column : columns_read(question)) {
    if (!verdict.columns.contains(column)) verdict.refusals.insert(kNoColumn);
  }
  return verdict;
}

}  // namespace oracle
