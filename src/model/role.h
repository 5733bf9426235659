#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace model {

/// What a person may do: admin all; maker content, databases, access rules, sandbox; explorer read.
enum class Role : std::uint8_t { kExplorer, kMaker, kAdmin };

[[nodiscard]] constexpr std::string_view role_name(Role role) {
  switch (role) {
    case Role::kAdmin: return "admin";
    case Role::kMaker: return "maker";
    case Role::kExplorer: return "explorer";
  }
  return "explorer";
}

[[nodiscard]] constexpr std::optional<Role> parse_role(std::string_view name) {
  if (name == "admin") return Role::kAdmin;
  if (name == "maker") return Role::kMaker;
  if (name == "explorer") return Role::kExplorer;
  return std::nullopt;
}

}  // namespace model
