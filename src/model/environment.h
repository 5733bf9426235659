#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace model {

/// Every API key and every token has exactly one.
enum class Environment : std::uint8_t { kSandbox, kProduction };

[[nodiscard]] constexpr std::string_view environment_name(Environment environment) {
  return environment == Environment::kSandbox ? "sandbox" : "production";
}

[[nodiscard]] constexpr std::optional<Environment> parse_environment(std::string_view name) {
  if (name == "sandbox") return Environment::kSandbox;
  if (name == "production") return Environment::kProduction;
  return std::nullopt;
}

}  // namespace model
