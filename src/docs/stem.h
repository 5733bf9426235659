#pragma once

// Words as they are compared outside of the index. Pure and thread-safe.

#include <string>
#include <string_view>
#include <vector>

namespace docs {

/// Rough: "rotates", "rotated" and "rotating" have one.
[[nodiscard]] std::string_view stem_of(std::string_view word);

/// In lower case. `-` within a word stays.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

}  // namespace docs
