#pragma once

// Whether what makers said about a table fits its columns and the registered attributes. Pure.

#include <map>
#include <string>
#include <vector>

#include "model/attribute.h"
#include "model/table.h"

namespace model {

using Attributes = std::map<std::string, TokenAttribute, std::less<>>;

/// One thing that its author has to repair.
struct TableProblem {
  std::string field;  ///< The place in the table's JSON.
  std::string part;   ///< The part of the table that it is in, in words: Rule “Own city”.
  std::string what;
};

/// In the order of columns, metrics, dimensions, rules. A rule with a problem gives no rows.
[[nodiscard]] std::vector<TableProblem> find_problems(const Table& table,
                                                      const Attributes& attributes);

/// Restricted, and without a rule that would give rows.
[[nodiscard]] bool lacks_rule(const Table& table);

/// Whether nobody has said yet who sees what of a table that is opened: it lacks a rule, or has
/// problems.
[[nodiscard]] bool is_undecided(const Table& table, const Attributes& attributes);

/// Why a chart on the table would stay empty for those who are subject to rules, in words for its
/// maker: it is hidden, or undecided. Empty where somebody decided who sees what of it.
[[nodiscard]] std::string why_unseen(const Table& table, const Attributes& attributes);

/// Columns that rules, metrics or dimensions name and the table no longer has; each once.
[[nodiscard]] std::vector<std::string> gone_columns(const Table& table);

}  // namespace model
