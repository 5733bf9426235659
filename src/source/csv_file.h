#pragma once

// CSV: the dialect of a file, its columns, and what is wrong with a line. For this room only.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/readable_file.h"

namespace source {

inline constexpr std::size_t kLineBytesMax = 2'000'000;

/// What a file begins with, for the dialect: at most kLineBytesMax.
struct FirstRecord {
  char delimiter;
  std::size_t columns;
};
/// The delimiter is the given one, or the one that the first record has most of outside of quotes;
/// a comma where it has none. Pure.
[[nodiscard]] FirstRecord look_at_first_record(std::string_view text,
                                               std::optional<char> delimiter);

/// kInvalidFile. `head` is the file's beginning.
[[nodiscard]] base::Result<ReadableFile> find_csv_columns(const ConnectionHandle& connection,
                                                          const model::FileQuestion& question,
                                                          std::string_view head);

/// As readable_file.h.
[[nodiscard]] StatementText select_csv_columns(const ReadableFile& file,
                                               const std::vector<ReadColumn>& columns);
[[nodiscard]] StatementText count_csv_rows(const ReadableFile& file);

/// A sentence for the sender from DuckDB's text, which has the line. Pure.
[[nodiscard]] std::string explain_csv(const std::string& driver_text, const ReadableFile& file);

}  // namespace source
