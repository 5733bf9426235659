#pragma once

// Whether a condition on the user (model/user_condition.h) holds for a principal. For this room
// only.

#include "base/result.h"
#include "model/principal.h"
#include "model/user_condition.h"

namespace guard {

/// Of a list attribute, isIn asks for one value in common and isNotIn for none; other operators
/// need exactly one value. Never guesses: kAttributeMissing where an attribute that is compared is
/// absent or empty (only isSet and isNotSet may ask that), kAttributeType where it is of another
/// type; both name the attribute. A signed-in user has no attributes.
[[nodiscard]] base::Result<bool> matches(const model::UserNode& node,
                                         const model::Principal& principal);

}  // namespace guard
