#include "checks.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "auth/principal_test_support.h"
#include "evaluator.h"
#include "plain_query.h"

namespace oracle {
namespace {

std::string cell_text(const model::Cell& cell) {
  return cell ? base::render_json(model::render_value(*cell)) : "NULL";
}

std::string row_text(const Columns& columns, std::size_t row) {
  std::string text;
  for (const auto& column : columns) text += cell_text(column.at(row)) + " | ";
  return text;
}

std::size_t rows_of(const Columns& columns) { return columns.empty() ? 0 : columns[0].size(); }

std::string rows_text(const Columns& columns) {
  std::string text;
  const std::size_t shown = std::min<std::size_t>(rows_of(columns), 20);
  for (std::size_t row = 0; row < shown; ++row) text += "\n    " + row_text(columns, row);
  return text + fmt::format("\n    ({} rows)", rows_of(columns));
}

double number_of(const model::Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  return std::get<double>(value);
}

bool is_number(const model::Value& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

/// Sums may be added up in another order.
bool is_same(const model::Cell& left, const model::Cell& right) {
  if (!left || !right) return left.has_value() == right.has_value();
  if (std::holds_alternative<double>(*left) && is_number(*right)) {
    const double a = number_of(*left);
    const double b = number_of(*right);
    return std::abs(a - b) <= 1e-9 * std::max({std::abs(a), std::abs(b), 1e-9});
  }
  return *left == *right;
}

bool are_same(const Columns& left, const Columns& right) {
  if (left.size() != right.size()) return false;
  for (std::size_t column = 0; column < left.size(); ++column) {
    if (!std::ranges::equal(left[column], right[column], is_same)) return false;
  }
  return true;
}

/// The rows in the order of their text, for answers without an order.
Columns sorted(const Columns& columns) {
  std::vector<std::pair<std::string, std::size_t>> rows;
  for (std::size_t row = 0; row < rows_of(columns); ++row) {
    rows.emplace_back(row_text(columns, row), row);
  }
  std::ranges::sort(rows);
  Columns ordered(columns.size());
  for (const auto& [text, row] : rows) {
    for (std::size_t column = 0; column < columns.size(); ++column) {
      ordered[column].push_back(columns[column][row]);
    }
  }
  return ordered;
}

Columns cells_of(source::ResultSet result) {
  Columns columns;
  for (source::ResultColumn& column : result.columns) columns.push_back(std::move(column.cells));
  return columns;
}

std::string differing(std::string_view what, const Columns& expected, const Columns& got) {
  return fmt::format("{}\n  expected{}\n  got{}", what, rows_text(expected), rows_text(got));
}

std::string check_names(const Question& question, const Verdict& verdict, const Outcome& outcome) {
  std::vector<std::string> expected;
  for (const model::Column& column : question.table.columns) {
    const auto seen = verdict.columns.find(column.name);
    if (seen == verdict.columns.end()) continue;
    expected.push_back(column.name + (seen->second ? " masked" : ""));
  }
  if (expected == outcome.names) return "";
  return fmt::format("columns {} in place of {}", fmt::join(outcome.names, ", "),
                     fmt::join(expected, ", "));
}

std::string check_refusal(const Verdict& verdict, const Outcome& outcome) {
  if (!outcome.refusal) {
    return fmt::format("answered, and not refused with {}\n  got{}",
                       fmt::join(verdict.refusals, " or "), rows_text(outcome.columns));
  }
  const std::string refusal = refusal_text(*outcome.refusal);
  if (verdict.refusals.contains(refusal)) return "";
  return fmt::format("refused with {} ({}; {}) in place of {}", refusal, outcome.refusal->what,
                     outcome.refusal->detail, fmt::join(verdict.refusals, " or "));
}

std::string check_rows(Engine& engine, const World& world, const Question& question,
                       const Verdict& verdict, const Outcome& outcome) {
  const bool chart = question.asked == Asked::kChart;
  const std::string plain =
      chart ? plain_chart(world, question, verdict) : plain_preview(world, question, verdict);
  auto expected = engine.run_plain(plain);
  if (!expected) return "the plain query failed: " + expected.error().detail + "\n  " + plain;
  const Columns rows = cells_of(std::move(expected).value());
  if (chart && are_same(rows, outcome.columns)) return "";
  if (!chart && are_same(sorted(rows), sorted(outcome.columns))) return "";
  return differing("other rows than those of " + plain, rows, outcome.columns);
}

/// `table` with the row numbers as a column that everybody sees.
model::Table with_row_numbers(const Question& question) {
  model::Table table = question.table;
  table.statement.reset();
  table.columns.push_back({"rid", model::ValueType::kInteger, model::ColumnAccess::kVisible});
  return table;
}

using Attributes = std::map<std::string, bool>;  ///< Whether it stands in *is in* alone.

void note_attributes(const model::RuleNode& node, Attributes& attributes) {
  if (const auto* condition = std::get_if<model::Condition>(&node.node)) {
    for (const model::Operand& operand : condition->operands) {
      const auto* attribute = std::get_if<model::AttributeOperand>(&operand);
      if (attribute == nullptr) continue;
      const bool in = condition->op == model::RuleOperator::kIn;
      const auto [place, fresh] = attributes.emplace(attribute->attribute, in);
      if (!fresh) place->second = place->second && in;
    }
    return;
  }
  for (const model::RuleNode& child : std::get<model::Group>(node.node).nodes) {
    note_attributes(child, attributes);
  }
}

/// Adds values to the constants of *is in*. True where there were any.
bool widen_constants(Random& random, model::RuleNode& node) {
  if (auto* group = std::get_if<model::Group>(&node.node)) {
    bool widened = false;
    for (model::RuleNode& child : group->nodes) widened = widen_constants(random, child) || widened;
    return widened;
  }
  auto& condition = std::get<model::Condition>(node.node);
  if (condition.op != model::RuleOperator::kIn) return false;
  auto* constants = std::get_if<model::ConstantOperand>(&condition.operands[0]);
  if (constants == nullptr) return false;
  const model::ValueType type = model::type_of(constants->values.front());
  // A whole number that is too large for a Numeric column would break the rule.
  if (type == model::ValueType::kInteger) {
    constants->values.emplace_back(std::int64_t{7});
  } else {
    for (int i = 0; i < 3; ++i) constants->values.push_back(make_value(random, type));
  }
  return true;
}

/// The same token with longer lists where only *is in* asks for them.
bool widen_token(Random& random, const model::Table& table, model::EmbedIdentity& identity) {
  Attributes attributes;
  for (const model::AccessRule& rule : table.rules) {
    if (rule.applies_if) return false;
    note_attributes(rule.rows, attributes);
  }
  bool widened = false;
  for (const auto& [name, alone] : attributes) {
    const auto found = identity.attributes.find(name);
    if (!alone || found == identity.attributes.end() || found->second.values.empty()) continue;
    if (found->second.type == model::ValueType::kInteger) {
      found->second.values.emplace_back(std::int64_t{7});
    } else {
      found->second.values.push_back(make_value(random, found->second.type));
    }
    found->second.list = true;
    widened = true;
  }
  return widened;
}

/// A rule whose list can be widened; nothing where no column takes one.
std::optional<model::AccessRule> list_rule(Random& random, const model::Table& table) {
  const model::Column& column = random.pick(table.columns);
  if (column.type == model::ValueType::kBoolean) return std::nullopt;
  model::ConstantOperand constants;
  for (int i = 0; i < 6; ++i) constants.values.push_back(make_value(random, column.type));
  return model::AccessRule{base::RuleId("rul_list"),
                           "A list",
                           {model::Condition{column.name, model::RuleOperator::kIn, {constants}}}};
}

bool has_rules_to_judge(const Question& question) {
  return question.principal.embed() && question.principal.organization() == kOrganization &&
         question.table.access == model::TableAccess::kRestricted;
}

bool names_column(const model::RuleNode& node, const std::string& column) {
  if (const auto* condition = std::get_if<model::Condition>(&node.node)) {
    return condition->column == column;
  }
  const auto& nodes = std::get<model::Group>(node.node).nodes;
  return std::ranges::any_of(
      nodes, [&](const model::RuleNode& child) { return names_column(child, column); });
}

}  // namespace

Finding check_answer(Engine& engine, Product& product, const World& world,
                     const Question& question) {
  const Verdict verdict = judge(world, question);
  const Outcome outcome = product.ask(question);
  if (!verdict.refusals.empty()) return {true, check_refusal(verdict, outcome)};
  if (outcome.refusal) {
    return {true, fmt::format("refused with {} ({}; {}), and not answered",
                              refusal_text(*outcome.refusal), outcome.refusal->what,
                              outcome.refusal->detail)};
  }
  if (question.asked == Asked::kCount) {
    const auto before = static_cast<std::int64_t>(world.tables.at(question.stored).rows);
    const auto after = static_cast<std::int64_t>(verdict.rows.size());
    const Columns counts{{model::Value(before)}, {model::Value(after)}};
    if (are_same(counts, outcome.columns)) return {true, ""};
    return {true, differing("other counts", counts, outcome.columns)};
  }
  if (question.asked == Asked::kPreview) {
    std::string problem = check_names(question, verdict, outcome);
    if (!problem.empty()) return {true, problem};
  }
  return {true, check_rows(engine, world, question, verdict, outcome)};
}

Finding check_added_rule(Random& random, Product& product, const Question& question) {
  if (!has_rules_to_judge(question)) return {false, ""};
  model::Table table = with_row_numbers(question);
  const auto before = product.seen_rows(table, question.principal);
  if (!before) return {false, ""};
  table.rules.push_back(make_rule(random, question.table));
  const auto after = product.seen_rows(table, question.principal);
  if (!after || std::ranges::includes(*before, *after)) return {true, ""};
  return {true, "one more rule added rows: " +
                    base::render_json(model::render_access_rule(table.rules.back()))};
}

Finding check_widened_list(Random& random, Product& product, const Question& question) {
  if (!has_rules_to_judge(question)) return {false, ""};
  model::Table table = with_row_numbers(question);
  if (auto rule = list_rule(random, question.table)) table.rules.push_back(*std::move(rule));
  const auto before = product.seen_rows(table, question.principal);
  if (!before) return {false, ""};
  bool widened = false;
  for (model::AccessRule& rule : table.rules) {
    widened = widen_constants(random, rule.rows) || widened;
  }
  model::EmbedIdentity identity = *question.principal.embed();
  widened = widen_token(random, question.table, identity) || widened;
  if (!widened) return {false, ""};
  const model::Principal principal = auth::embed_principal(kOrganization, question.principal.role(),
                                                           std::move(identity.attributes));
  const auto after = product.seen_rows(table, principal);
  if (after && std::ranges::includes(*after, *before)) return {true, ""};
  return {true, "longer lists removed rows"};
}

Finding check_hidden_column(Random& random, Product& product, const Question& question) {
  if (question.asked != Asked::kChart || !has_rules_to_judge(question)) return {false, ""};
  const Outcome before = product.ask(question);
  if (before.refusal || question.table.columns.size() < 2) return {false, ""};
  Question changed = question;
  model::Column& column = changed.table.columns.at(random.below(changed.table.columns.size()));
  column.access = model::ColumnAccess::kHidden;
  column.exceptions.clear();
  const Outcome after = product.ask(changed);
  // Where it was the last that could be seen, there is nothing left to answer from.
  if (after.refusal && after.refusal->code == base::Code::kNoRule) return {false, ""};
  if (columns_read(question).contains(column.name)) {
    if (!after.refusal) return {true, "a chart used the hidden column " + column.name};
    std::erase_if(changed.table.columns,
                  [name = column.name](const model::Column& each) { return each.name == name; });
    const bool broken =
        std::ranges::any_of(question.table.rules, [&](const model::AccessRule& rule) {
          return std::ranges::none_of(changed.table.columns, [&](const model::Column& each) {
            return names_column(rule.rows, each.name);
          });
        });
    if (broken) return {true, ""};
    const Outcome gone = product.ask(changed);
    const bool same =
        gone.refusal &&
        (gone.refusal->code == base::Code::kNoRule ||
         (gone.refusal->what == after.refusal->what && gone.refusal->code == after.refusal->code));
    if (same) return {true, ""};
    return {true, fmt::format("a hidden column is refused with “{}”, one that is gone with “{}”",
                              after.refusal->what, gone.refusal ? gone.refusal->what : "")};
  }
  if (!after.refusal && are_same(before.columns, after.columns)) return {true, ""};
  return {true, differing("hiding " + column.name + ", which is not used, changed the answer",
                          before.columns, after.columns)};
}

Finding check_masked_column(Product& product, const World& world, const Question& question) {
  const StoredTable& stored = world.tables.at(question.stored);
  const std::string& differs = stored.differs;
  if (question.asked == Asked::kCount || !has_rules_to_judge(question) ||
      std::ranges::any_of(question.table.rules, [&](const model::AccessRule& rule) {
        return names_column(rule.rows, differs);
      })) {
    return {false, ""};
  }
  Question masked = question;
  masked.table.statement.reset();
  for (model::Column& column : masked.table.columns) {
    if (column.name != differs) continue;
    column.access = model::ColumnAccess::kMasked;
    column.exceptions.clear();
  }
  const Outcome here = product.ask(masked);
  if (here.refusal) return {false, ""};
  masked.table.name = stored.twin;
  masked.table.id = base::TableId(masked.table.id.text() + "_twin");
  masked.spec.table = masked.table.id;
  const Outcome there = product.ask(masked);
  if (there.refusal) return {true, "the twin is refused: " + there.refusal->detail};
  const bool ordered = question.asked == Asked::kChart;
  const bool same = ordered ? are_same(here.columns, there.columns)
                            : are_same(sorted(here.columns), sorted(there.columns));
  if (same) return {true, ""};
  return {true, differing("the masked column " + differs + " shows", here.columns, there.columns)};
}

}  // namespace oracle
