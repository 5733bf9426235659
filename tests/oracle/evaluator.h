#pragma once

// What docs/access-rules.md says that somebody sees of a table, row by row and with no thought of
// speed. Written from that page alone: it shares no code with `guard` or `sql`.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "world.h"

namespace oracle {

struct Verdict {
  /// Code and field of each reason to refuse; the product may name any of them. None: answered.
  std::set<std::string> refusals;
  std::vector<std::size_t> rows;        ///< The row numbers that are seen.
  std::map<std::string, bool> columns;  ///< Those that are seen, and whether masked.
};

/// Of rows and columns alone.
[[nodiscard]] Verdict judge_table(const StoredTable& stored, const model::Table& table,
                                  const model::Principal& principal);
/// Also whether the question names a column that does not exist for its principal.
[[nodiscard]] Verdict judge(const World& world, const Question& question);

/// The columns that the question's chart reads, in any way.
[[nodiscard]] std::set<std::string> columns_read(const Question& question);

}  // namespace oracle
