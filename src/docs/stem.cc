#include "docs/stem.h"

#include <utility>

#include "base/ascii.h"

namespace docs {
namespace {

constexpr std::size_t kStemBytesMin = 4;

bool is_of_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

}  // namespace

std::string_view stem_of(std::string_view word) {
  for (const std::string_view ending : {"ing", "ed", "es", "s", "e"}) {
    if (word.size() >= kStemBytesMin + ending.size() && word.ends_with(ending)) {
      return word.substr(0, word.size() - ending.size());
    }
  }
  return word;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const std::string lowered = base::lower_ascii(text) + ' ';
  for (const char c : lowered) {
    if (is_of_word(c) || (c == '-' && !word.empty())) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  return words;
}

}  // namespace docs
