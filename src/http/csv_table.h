#pragma once

// Rows as CSV, a batch at a time. Texts are guarded (csv.h), numbers stay numbers, dates are ISO
// 8601 in UTC, NULL is empty. Pure.

#include <cstddef>
#include <string>
#include <vector>

#include "http/file_column.h"

namespace http {

/// The record of labels.
[[nodiscard]] std::string render_csv_head(const std::vector<FileColumn>& columns);

/// The rows of `result`, which has a column for each of `columns`, from `begin` to before `end`.
[[nodiscard]] std::string render_csv_rows(const std::vector<FileColumn>& columns,
                                          const source::ResultSet& result, std::size_t begin,
                                          std::size_t end);

}  // namespace http
