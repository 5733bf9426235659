#pragma once

// What a principal's token says of an attribute, as access rules need it. For this room only.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/principal.h"
#include "model/value.h"

namespace guard {

inline constexpr std::string_view kListForOne = "is a list where one value is needed";

/// A value as `type`: equal types, and whole numbers where Numeric is asked.
[[nodiscard]] std::optional<model::Value> fit_value(const model::Value& value,
                                                    model::ValueType type);

/// Each value as `type`, or nothing where one does not fit.
[[nodiscard]] std::optional<std::vector<model::Value>> fit_values(std::vector<model::Value> values,
                                                                  model::ValueType type);

/// kAttributeType: "The token attribute “name” <problem>." with its field.
[[nodiscard]] base::Error attribute_misfit(std::string_view attribute, std::string_view problem);

/// kAttributeMissing, likewise.
[[nodiscard]] base::Error attribute_absence(std::string_view attribute, std::string_view problem);

/// False for an empty list, too.
[[nodiscard]] bool has_attribute(const model::Principal& principal, std::string_view attribute);

/// At least one value, each of `type`. kAttributeMissing, kAttributeType.
[[nodiscard]] base::Result<std::vector<model::Value>> attribute_values(
    const model::Principal& principal, const std::string& attribute, model::ValueType type);

}  // namespace guard
