#include "guard/attribute_value.h"

#include <cstdint>

#include <fmt/format.h>

namespace guard {
namespace {

using base::Code;
using base::Error;
using base::Result;
using model::ValueType;

Error attribute_error(Code code, std::string_view attribute, std::string_view problem) {
  return Error{code,
               fmt::format("The token attribute “{}” {}.", attribute, problem),
               {},
               fmt::format("user.attributes.{}", attribute)};
}

const model::AttributeValue* find_attribute(const model::Principal& principal,
                                            std::string_view name) {
  if (!principal.embed()) return nullptr;
  const auto found = principal.embed()->attributes.find(name);
  return found == principal.embed()->attributes.end() ? nullptr : &found->second;
}

}  // namespace

std::optional<model::Value> fit_value(const model::Value& value, ValueType type) {
  const ValueType own = model::type_of(value);
  if (own == type) return value;
  if (own == ValueType::kInteger && type == ValueType::kNumeric) {
    constexpr std::int64_t kExact = std::int64_t{1} << 53;  // Beyond, a double rounds.
    const std::int64_t number = std::get<std::int64_t>(value);
    if (number >= -kExact && number <= kExact) return model::Value(static_cast<double>(number));
  }
  return std::nullopt;
}

std::optional<std::vector<model::Value>> fit_values(std::vector<model::Value> values,
                                                    ValueType type) {
  for (model::Value& value : values) {
    auto fitted = fit_value(value, type);
    if (!fitted) return std::nullopt;
    value = std::move(*fitted);
  }
  return values;
}

Error attribute_misfit(std::string_view attribute, std::string_view problem) {
  return attribute_error(Code::kAttributeType, attribute, problem);
}

Error attribute_absence(std::string_view attribute, std::string_view problem) {
  return attribute_error(Code::kAttributeMissing, attribute, problem);
}

bool has_attribute(const model::Principal& principal, std::string_view attribute) {
  const model::AttributeValue* found = find_attribute(principal, attribute);
  return found != nullptr && !found->values.empty();
}

Result<std::vector<model::Value>> attribute_values(const model::Principal& principal,
                                                   const std::string& attribute, ValueType type) {
  const model::AttributeValue* found = find_attribute(principal, attribute);
  if (found == nullptr) return attribute_absence(attribute, "is missing");
  if (found->values.empty()) {
    return attribute_absence(attribute, "is an empty list");
  }
  auto fitted = fit_values(found->values, type);
  if (!fitted) return attribute_misfit(attribute, "has another type than it is compared with");
  return *std::move(fitted);
}

}  // namespace guard
