#pragma once

// Rule cases: what one principal sees of the table `orders` under given access rules, as plain
// text.
//
// A case file holds sections, each a line `--- <name>` and its text up to the next one. What stands
// before the first section says what the case shows.
//
//   --- access       hidden, shared or restricted.
//   --- rules        JSON: the access rules, each as model::parse_rule_node reads it, or {"if",
//                    "rows"}. May be left out.
//   --- columns      JSON: columns that are not simply visible, by name: {"access", "exceptions"}.
//                    May be left out.
//   --- statement    The SELECT of a table that a maker defined. May be left out.
//   --- attributes   JSON: the typed attributes of the token by name, {"type", "value"} or {"type",
//                    "list"}. May be left out.
//   --- principal    Who asks: `embed <role>` or `user <role>`, and ` of another organization`
//                    where the table is not theirs.
//   --- request      JSON: {"by": [columns], "keep": {column: [values]}}. Counts the rows by these
//                    columns and keeps what a viewer chose in filters.
// and then either
//   --- sql          The sealed text for DuckDB. Line breaks count as one space.
//   --- arguments    JSON: the bound values, in order.
//   --- rows         JSON: what every engine answers on the rows of orders.sql.
// or
//   --- refusal      The code and the field, if any: of the guard, or of reading the rules.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "auth/principal_test_support.h"
#include "base/json.h"
#include "guard/guard.h"
#include "model/table.h"
#include "sql/tree.h"

namespace cases {

struct RuleCase {
  guard::Policies::Tables tables;  ///< One: orders.
  guard::Policies::Databases databases;
  model::Principal principal;
  sql::Select plan;
  std::optional<base::Error> unsaved;  ///< Why no maker could have saved these rules.
  std::map<std::string, std::string, std::less<>> sections;
};

/// Throws std::runtime_error, naming what is wrong with the file.
[[nodiscard]] RuleCase read_rule_case(const std::string& text);

/// The rows of a result as JSON.
[[nodiscard]] std::string render_cells(const std::vector<std::vector<model::Cell>>& columns);

}  // namespace cases
