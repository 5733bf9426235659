#pragma once

#include <string>
#include <string_view>

namespace base {

/// The letters A to Z in lower case, whatever the locale; other bytes as they are.
[[nodiscard]] inline std::string lower_ascii(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lowered;
}

}  // namespace base
