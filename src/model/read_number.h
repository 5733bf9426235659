#pragma once

// A member that is a number, whole or not, for the readers of this room.

#include <optional>
#include <string_view>

#include "base/json.h"

namespace model {

/// Nothing where it is missing; what is no number is refused.
[[nodiscard]] inline std::optional<double> read_number(base::ObjectReader& reader,
                                                       std::string_view name) {
  const base::json::value* value = reader.optional_any(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_number()) {
    reader.refuse(name, "Must be a number.");
    return std::nullopt;
  }
  return value->to_number<double>();
}

}  // namespace model
