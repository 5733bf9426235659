#pragma once

// In which order the rows of imported tables are stored. DuckDB keeps the least and the greatest
// value of each column for each group of rows, and reads only groups that can hold what is asked
// for: a table that is sorted by what access rules test is read where a viewer's own rows are.
//
// Only for files that we wrote ourselves. A file says in a comment on each table what it is sorted
// by, so that file and knowledge are one and change in one step.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "source/source.h"

namespace source {

/// Rows in the order of `columns`, the first first; NULLs last.
struct TableLayout {
  std::string table;
  std::vector<std::string> columns;
  friend bool operator==(const TableLayout&, const TableLayout&) = default;
};

/// The tables of `options.file` that say by what they are sorted, by name. kSourceUnavailable,
/// kStorageFull, kStorageFailed.
[[nodiscard]] base::Result<std::vector<TableLayout>> read_layouts(const DuckDbOptions& options);

/// Writes `options.file` anew with the tables of `layouts` sorted, columns that a table does not
/// have left out, and puts it in the place of the old one; the other tables, and everything else
/// in it, stay as they are. Runs on the calling thread alone, in `memory_bytes`, beyond which it
/// spills; it uses at most half of what the disk has free beside the new file. On failure the old
/// file stands and nothing is left. kStorageFull, kStorageFailed, kCancelled, kSourceUnavailable;
/// kConflict where somebody else replaced the file meanwhile.
[[nodiscard]] base::Result<base::Done> lay_out(const DuckDbOptions& options,
                                               const std::vector<TableLayout>& layouts,
                                               const Cancellation& cancellation);

}  // namespace source
