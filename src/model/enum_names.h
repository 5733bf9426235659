#pragma once

// Names of the small enums of `model`, both ways, from one array per enum.

#include <array>
#include <optional>
#include <string_view>

namespace model {

/// The place of `name` in `names` as an enum that counts from zero.
template <typename Enum, std::size_t N>
[[nodiscard]] constexpr std::optional<Enum> parse_enum(const std::array<std::string_view, N>& names,
                                                       std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template <typename Enum, std::size_t N>
[[nodiscard]] constexpr std::string_view enum_name(const std::array<std::string_view, N>& names,
                                                   Enum value) {
  return names[static_cast<std::size_t>(value)];
}

}  // namespace model
