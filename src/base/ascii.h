#pragma once

// Letters without their case, whatever the locale: A to Z alone, other bytes as they are.

#include <algorithm>
#include <string>
#include <string_view>

namespace base {

[[nodiscard]] constexpr char lower_ascii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

[[nodiscard]] inline std::string lower_ascii(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = lower_ascii(c);
  return lowered;
}

[[nodiscard]] inline bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right,
                            [](char a, char b) { return lower_ascii(a) == lower_ascii(b); });
}

}  // namespace base
