#pragma once

// From what a file calls its columns to names that a table can have. Pure. For this room only.

#include <string>
#include <vector>

namespace source {

inline constexpr std::size_t kColumnNameBytesMax = 120;

/// One name for each of `originals`, in their order: without control characters and outer blanks,
/// shortened, and no two equal in whatever case of their letters: a second "Id" becomes "Id 2", and
/// one without a name "column 3".
[[nodiscard]] std::vector<std::string> make_column_names(const std::vector<std::string>& originals);

/// `text` cut to at most `bytes`, not within a character of UTF-8.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t bytes);

}  // namespace source
