#pragma once

// What a question is about: its words without those that say nothing, and what we call the same.
// Pure and thread-safe.

#include <string>
#include <string_view>
#include <vector>

namespace docs {

/// One thing that a question names, by one word or by several that mean the same.
struct Meaning {
  std::vector<std::string> asked;  ///< The words of the question, in lower case.
  std::vector<std::string> ours;   ///< Words of the documentation for it; may be empty.
};

/// In the order of the question, at most 24. Words hold letters, digits, `-` and bytes beyond
/// ASCII, nothing else.
[[nodiscard]] std::vector<Meaning> meanings_of(std::string_view question);

}  // namespace docs
