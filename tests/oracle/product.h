#pragma once

// The product's own road from a question to its answer: planner, guard, cache and source, over one
// engine's database. One cache serves all questions, as it does all viewers. Not thread-safe.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "engine.h"
#include "query/chart_query.h"
#include "query/table_query.h"
#include "world.h"

namespace oracle {

using Columns = std::vector<std::vector<model::Cell>>;

/// Cells column by column, or a refusal.
struct Outcome {
  Columns columns;
  std::optional<base::Error> refusal;
  std::vector<std::string> names;  ///< Of a preview: the columns, masked ones with " masked".
};

class Product {
 public:
  explicit Product(Engine& engine);

  [[nodiscard]] Outcome ask(const Question& question);
  /// The values of the rows' column `rid`, which the table has to define; nothing where refused.
  [[nodiscard]] std::optional<std::set<std::int64_t>> seen_rows(const model::Table& table,
                                                                const model::Principal& principal);

 private:
  [[nodiscard]] Outcome ask_chart(const Question& question);
  [[nodiscard]] Outcome ask_preview(const Question& question);
  [[nodiscard]] Outcome ask_count(const Question& question);

  store::OrganizationView view_{{kOrganization, "Oracle", true}, {}, {}, {}, {}, {}, {}, {}};
  base::FixedClock clock_;
  query::ResultCache cache_{32 << 20, clock_};
  query::ChartQueries charts_;
  query::TableQueries tables_;
};

/// Code and field.
[[nodiscard]] std::string refusal_text(const base::Error& error);

}  // namespace oracle
