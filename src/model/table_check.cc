#include "model/table_check.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace model {
namespace {

constexpr std::string_view kNoColumn = "The table has no such column.";

bool is_number(ValueType type) {
  return type == ValueType::kInteger || type == ValueType::kNumeric;
}

/// As the guard compares: equal types, and whole numbers where Numeric is asked.
bool fits(ValueType given, ValueType wanted) {
  return given == wanted || (given == ValueType::kInteger && wanted == ValueType::kNumeric);
}

std::string place(std::string_view list, std::size_t index) {
  return fmt::format("{}[{}]", list, index);
}

/// Calls `visit` with each leaf of `tree` and its place, as parse_rule_tree names it.
template <typename Leaf, typename Visit>
void for_each_leaf(const RuleTree<Leaf>& tree, const std::string& path, const Visit& visit) {
  if (const auto* leaf = std::get_if<Leaf>(&tree.node)) return visit(*leaf, path);
  const auto& group = std::get<RuleGroup<Leaf>>(tree.node);
  const std::string_view word = group.junction == Junction::kAnd ? "and" : "or";
  for (std::size_t i = 0; i < group.nodes.size(); ++i) {
    for_each_leaf(group.nodes[i], fmt::format("{}.{}[{}]", path, word, i), visit);
  }
}

/// Looks through one table and keeps what does not fit.
class Checking {
 public:
  Checking(const Table& table, const Attributes& attributes)
      : table_(table), attributes_(attributes) {}

  std::vector<TableProblem> run() && {
    check_columns();
    check_metrics();
    check_dimensions();
    for (std::size_t i = 0; i < table_.rules.size(); ++i) check_rule(i);
    return std::move(problems_);
  }

 private:
  void report(std::string field, std::string_view what) {
    problems_.push_back({std::move(field), part_, std::string(what)});
  }
  void check_columns();
  void check_metrics();
  void check_measure(const Measure& measure, const std::string& path, bool in_ratio);
  void check_dimensions();
  void check_rule(std::size_t index);
  void check_condition(const Condition& condition, const std::string& path);
  void check_operand(const Operand& operand, ValueType wanted, const std::string& path);
  void check_attribute(const std::string& name, ValueType wanted, const std::string& path);
  void check_user(const UserNode& node, const std::string& path);

  const Table& table_;
  const Attributes& attributes_;
  std::string part_;  ///< Of the table, that is being looked at.
  std::vector<TableProblem> problems_;
};

void Checking::check_attribute(const std::string& name, ValueType wanted, const std::string& path) {
  const auto found = attributes_.find(name);
  if (found == attributes_.end()) return report(path, "There is no such token attribute.");
  if (fits(found->second.type, wanted)) return;
  report(path, fmt::format("The token attribute is of type {}, and {} is needed.",
                           type_name(found->second.type), type_name(wanted)));
}

void Checking::check_user(const UserNode& node, const std::string& path) {
  for_each_leaf(node, path, [&](const UserCondition& leaf, const std::string& at) {
    const auto* condition = std::get_if<AttributeCondition>(&leaf);
    if (condition == nullptr) return;
    if (!attributes_.contains(condition->attribute)) {
      return report(at + ".attribute", "There is no such token attribute.");
    }
    if (condition->values.empty()) return;
    check_attribute(condition->attribute, type_of(condition->values.front()), at + ".attribute");
  });
}

void Checking::check_columns() {
  for (std::size_t i = 0; i < table_.columns.size(); ++i) {
    const auto& exceptions = table_.columns[i].exceptions;
    part_ = fmt::format("Column “{}”", table_.columns[i].name);
    for (std::size_t j = 0; j < exceptions.size(); ++j) {
      check_user(exceptions[j].applies_if, fmt::format("columns[{}].exceptions[{}].if", i, j));
    }
  }
}

void Checking::check_measure(const Measure& measure, const std::string& path, bool in_ratio) {
  using enum Aggregate;
  if (measure.aggregate != kCount) {
    const Column* column = table_.find_column(measure.column);
    if (column == nullptr) return report(path + ".column", kNoColumn);
    const bool needs_number = measure.aggregate == kSum || measure.aggregate == kAverage ||
                              (in_ratio && measure.aggregate != kCountDistinct);
    if (needs_number && !is_number(column->type)) {
      report(path + ".column", "The aggregate needs a column of numbers.");
    }
  }
  if (!measure.filter) return;
  const Column* column = table_.find_column(measure.filter->column);
  if (column == nullptr) return report(path + ".filter.column", kNoColumn);
  if (!fits(type_of(measure.filter->value), column->type)) {
    report(path + ".filter.value", "Has another type than the column.");
  }
}

void Checking::check_metrics() {
  for (std::size_t i = 0; i < table_.metrics.size(); ++i) {
    const Metric& metric = table_.metrics[i];
    const bool ratio = metric.denominator.has_value();
    part_ = fmt::format("Metric “{}”", metric.label);
    check_measure(metric.measure, place("metrics", i) + ".measure", ratio);
    if (ratio) check_measure(*metric.denominator, place("metrics", i) + ".denominator", true);
  }
}

void Checking::check_dimensions() {
  for (std::size_t i = 0; i < table_.dimensions.size(); ++i) {
    part_ = fmt::format("Dimension “{}”", table_.dimensions[i].label);
    if (table_.find_column(table_.dimensions[i].column) == nullptr) {
      report(place("dimensions", i) + ".column", kNoColumn);
    }
  }
}

void Checking::check_operand(const Operand& operand, ValueType wanted, const std::string& path) {
  if (const auto* attribute = std::get_if<AttributeOperand>(&operand)) {
    return check_attribute(attribute->attribute, wanted, path + ".attribute");
  }
  const auto& values = std::get<ConstantOperand>(operand).values;
  const bool fit =
      std::ranges::all_of(values, [&](const Value& value) { return fits(type_of(value), wanted); });
  if (!fit) report(path + ".values", "Has a value of another type than the column.");
}

void Checking::check_condition(const Condition& condition, const std::string& path) {
  const Column* column = table_.find_column(condition.column);
  if (column == nullptr) return report(path + ".column", kNoColumn);
  if (!is_offered(condition.op, column->type)) {
    return report(path + ".operator",
                  fmt::format("Is not for columns of type {}.", type_name(column->type)));
  }
  const ValueType wanted =
      condition.op == RuleOperator::kInLastDays ? ValueType::kInteger : column->type;
  if (condition.operands.size() == 2) {
    check_operand(condition.operands[0], wanted, path + ".from");
    check_operand(condition.operands[1], wanted, path + ".to");
  } else if (condition.operands.size() == 1) {
    check_operand(condition.operands[0], wanted, path);
  }
}

void Checking::check_rule(std::size_t index) {
  const AccessRule& rule = table_.rules[index];
  part_ = fmt::format("Rule “{}”", rule.name);
  if (rule.applies_if) check_user(*rule.applies_if, place("rules", index) + ".if");
  for_each_leaf(rule.rows, place("rules", index) + ".rows",
                [&](const Condition& leaf, const std::string& at) { check_condition(leaf, at); });
}

}  // namespace

std::vector<TableProblem> find_problems(const Table& table, const Attributes& attributes) {
  return Checking(table, attributes).run();
}

bool lacks_rule(const Table& table) {
  return table.access == TableAccess::kRestricted && table.rules.empty();
}

bool is_undecided(const Table& table, const Attributes& attributes) {
  return lacks_rule(table) || !find_problems(table, attributes).empty();
}

std::string why_unseen(const Table& table, const Attributes& attributes) {
  if (table.access == TableAccess::kHidden) {
    return "The table is hidden: charts on it stay empty.";
  }
  if (lacks_rule(table)) {
    return "The table is restricted and has no access rule: nobody sees a row.";
  }
  const std::vector<TableProblem> problems = find_problems(table, attributes);
  if (problems.empty()) return "";
  return fmt::format("{}: {}", problems.front().part, problems.front().what);
}

std::vector<std::string> gone_columns(const Table& table) {
  std::set<std::string> named;
  const auto add_measure = [&](const Measure& measure) {
    if (measure.aggregate != Aggregate::kCount) named.insert(measure.column);
    if (measure.filter) named.insert(measure.filter->column);
  };
  for (const Metric& metric : table.metrics) {
    add_measure(metric.measure);
    if (metric.denominator) add_measure(*metric.denominator);
  }
  for (const Dimension& dimension : table.dimensions) named.insert(dimension.column);
  for (const AccessRule& rule : table.rules) {
    for_each_leaf(rule.rows, "",
                  [&](const Condition& leaf, const std::string&) { named.insert(leaf.column); });
  }
  std::erase_if(named, [&](const std::string& name) { return table.find_column(name) != nullptr; });
  return {named.begin(), named.end()};
}

}  // namespace model
