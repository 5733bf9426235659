#pragma once

// The operators of access rules and of conditions on a user, and which types each is for.

#include <array>
#include <cstdint>
#include <string_view>

#include "model/enum_names.h"
#include "model/value.h"

namespace model {

enum class RuleOperator : std::uint8_t {
  kEqual,
  kDifferent,
  kIn,
  kNotIn,
  kContains,    ///< String: holds the text, byte for byte, case-sensitive.
  kStartsWith,  ///< String, likewise.
  kGreater,     ///< Of days and moments: later than.
  kGreaterOrEqual,
  kLess,  ///< Of days and moments: sooner than.
  kLessOrEqual,
  kBetween,     ///< Both bounds included.
  kInLastDays,  ///< Date, Datetime: today (UTC) or one of the N days before; not the future.
  kSet,         ///< Neither NULL nor NaN. An empty string is set.
  kNotSet,
};

/// As access rules write them in JSON.
inline constexpr auto kRuleOperatorNames = std::to_array<std::string_view>(
    {"isEqualTo", "isDifferentFrom", "isIn", "isNotIn", "contains", "startsWith", "isGreaterThan",
     "isGreaterOrEqual", "isLessThan", "isLessOrEqual", "isBetween", "isInLastDays", "isSet",
     "isNotSet"});

/// Whether a column or attribute of `type` may be tested with `op`.
[[nodiscard]] constexpr bool is_offered(RuleOperator op, ValueType type) {
  const bool text = type == ValueType::kString;
  const bool flag = type == ValueType::kBoolean;
  const bool time = type == ValueType::kDate || type == ValueType::kDatetime;
  switch (op) {
    case RuleOperator::kEqual:
    case RuleOperator::kDifferent:
    case RuleOperator::kSet:
    case RuleOperator::kNotSet: return true;
    case RuleOperator::kIn:
    case RuleOperator::kNotIn: return !flag;
    case RuleOperator::kContains:
    case RuleOperator::kStartsWith: return text;
    case RuleOperator::kGreater:
    case RuleOperator::kLess:
    case RuleOperator::kGreaterOrEqual:
    case RuleOperator::kLessOrEqual:
    case RuleOperator::kBetween: return !text && !flag;
    case RuleOperator::kInLastDays: return time;
  }
  return false;
}

/// How many operands `op` takes: 0, 1 or, for a range, 2.
[[nodiscard]] constexpr std::size_t operands_of(RuleOperator op) {
  if (op == RuleOperator::kSet || op == RuleOperator::kNotSet) return 0;
  return op == RuleOperator::kBetween ? 2 : 1;
}

/// Whether an operand of `op` may hold several values.
[[nodiscard]] constexpr bool takes_list(RuleOperator op) {
  return op == RuleOperator::kIn || op == RuleOperator::kNotIn;
}

}  // namespace model
