#include "catalog/rule_columns.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "sql/render.h"

namespace catalog {
namespace {

using model::RuleOperator;
using model::ValueType;

/// More columns than this sort nothing that the first did not.
constexpr std::size_t kLayoutColumnsMax = 4;

/// How rows are found by a condition; nothing where each has to be looked at.
enum class Finding : std::uint8_t { kByValue, kByBounds };
std::optional<Finding> finding_of(RuleOperator op) {
  switch (op) {
    case RuleOperator::kEqual:
    case RuleOperator::kIn: return Finding::kByValue;
    case RuleOperator::kStartsWith:
    case RuleOperator::kGreater:
    case RuleOperator::kGreaterOrEqual:
    case RuleOperator::kLess:
    case RuleOperator::kLessOrEqual:
    case RuleOperator::kBetween:
    case RuleOperator::kInLastDays: return Finding::kByBounds;
    case RuleOperator::kDifferent:
    case RuleOperator::kNotIn:
    case RuleOperator::kContains:
    case RuleOperator::kSet:
    case RuleOperator::kNotSet: break;
  }
  return std::nullopt;
}

/// How often the conditions on one column find rows in either way.
struct Use {
  std::string column;
  std::size_t place;  ///< In the order of the rules.
  std::array<int, 2> times{};
  [[nodiscard]] bool by_value() const { return times[0] > 0; }
};
using Uses = std::vector<Use>;

void count(const model::Condition& condition, const model::Table& table, Uses& uses) {
  const auto finding = finding_of(condition.op);
  if (!finding || table.find_column(condition.column) == nullptr) return;
  auto use = std::ranges::find(uses, condition.column, &Use::column);
  if (use == uses.end()) use = uses.insert(uses.end(), Use{condition.column, uses.size()});
  ++use->times[static_cast<std::size_t>(*finding)];
}

/// The columns of `uses`, best first; where two are as good, in the order of the rules.
std::vector<std::string> ranked(Uses uses) {
  std::ranges::sort(uses, {}, [](const Use& use) {
    return std::tuple(!use.by_value(), -(use.by_value() ? use.times[0] : use.times[1]), use.place);
  });
  std::vector<std::string> columns;
  for (const Use& use : uses) columns.push_back(use.column);
  return columns;
}

void count_all(const model::RuleNode& node, const model::Table& table, Uses& uses) {
  if (const auto* condition = std::get_if<model::Condition>(&node.node)) {
    return count(*condition, table, uses);
  }
  for (const model::RuleNode& child : std::get<model::Group>(node.node).nodes) {
    count_all(child, table, uses);
  }
}

bool is_time(const model::Column* column) {
  return column != nullptr &&
         (column->type == ValueType::kDate || column->type == ValueType::kDatetime);
}

std::optional<std::string> main_date(const model::Table& table) {
  for (const model::Dimension& dimension : table.dimensions) {
    if (is_time(table.find_column(dimension.column))) return dimension.column;
  }
  for (const model::Column& column : table.columns) {
    if (is_time(&column)) return column.name;
  }
  return std::nullopt;
}

/// What one index is for: conditions that hold together, and the sides of ORs apart from them.
class IndexWish {
 public:
  explicit IndexWish(const model::Table& table) : table_(table) {}

  void add(const model::RuleNode& node) {
    if (const auto* condition = std::get_if<model::Condition>(&node.node)) {
      // A prefix is found by an index only in some collations.
      if (condition->op != RuleOperator::kStartsWith) count(*condition, table_, together_);
      return;
    }
    const auto& group = std::get<model::Group>(node.node);
    for (const model::RuleNode& child : group.nodes) {
      if (group.junction == model::Junction::kAnd || group.nodes.size() == 1) {
        add(child);
      } else {
        sides_.emplace_back(table_).add(child);
      }
    }
  }

  void append_to(std::vector<std::vector<std::string>>& indexes) const {
    std::vector<std::string> columns = ranked(together_);
    const auto by_value = std::ranges::count_if(together_, &Use::by_value);
    // Behind the first column with bounds, an index orders nothing that is asked for.
    const auto useful = static_cast<std::size_t>(by_value) + 1;
    if (columns.size() > useful) columns.resize(useful);
    const auto date = main_date(table_);
    const bool closed = columns.size() == useful;
    if (!columns.empty() && !closed && date && std::ranges::find(columns, *date) == columns.end()) {
      columns.push_back(*date);
    }
    if (!columns.empty()) indexes.push_back(std::move(columns));
    for (const IndexWish& side : sides_) side.append_to(indexes);
  }

 private:
  const model::Table& table_;
  Uses together_;
  std::vector<IndexWish> sides_;
};

/// "schema.table" as two names; the schema `public` is left out of them.
std::string quote_table(const std::string& name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return sql::quote_identifier(name);
  return sql::quote_identifier(name.substr(0, dot)) + "." +
         sql::quote_identifier(name.substr(dot + 1));
}

std::string render_index(const model::Table& table, const std::vector<std::string>& columns) {
  std::string text = "CREATE INDEX ON " + quote_table(table.name) + " (";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    text += (i == 0 ? "" : ", ") + sql::quote_identifier(columns[i]);
  }
  return text + ")";
}

}  // namespace

std::vector<std::string> rule_columns(const model::Table& table) {
  Uses uses;
  for (const model::AccessRule& rule : table.rules) count_all(rule.rows, table, uses);
  return ranked(std::move(uses));
}

std::vector<std::string> layout_columns(const model::Table& table) {
  if (table.statement) return {};
  std::vector<std::string> columns = rule_columns(table);
  if (columns.size() > kLayoutColumnsMax) columns.resize(kLayoutColumnsMax);
  const auto date = main_date(table);
  if (date && std::ranges::find(columns, *date) == columns.end()) columns.push_back(*date);
  return columns;
}

std::vector<std::string> suggest_indexes(const model::Table& table) {
  if (table.statement) return {};
  IndexWish everybody(table);
  std::vector<std::vector<std::string>> indexes;
  for (const model::AccessRule& rule : table.rules) {
    if (!rule.applies_if) everybody.add(rule.rows);
  }
  everybody.append_to(indexes);
  for (const model::AccessRule& rule : table.rules) {
    if (!rule.applies_if) continue;
    IndexWish some(table);
    some.add(rule.rows);
    some.append_to(indexes);
  }
  std::vector<std::string> statements;
  for (const auto& columns : indexes) {
    std::string statement = render_index(table, columns);
    if (std::ranges::find(statements, statement) == statements.end()) {
      statements.push_back(std::move(statement));
    }
  }
  return statements;
}

}  // namespace catalog
