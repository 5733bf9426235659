#pragma once

// Use cases on signing keys: see which there are and what each does now, and put a new one in
// place.

#include <memory>
#include <vector>

#include "auth/signing_key_rotation.h"
#include "auth/signing_keys.h"
#include "base/result.h"
#include "catalog/caller.h"

namespace catalog {

/// Those of the caller's organization, newest first. kForbidden.
[[nodiscard]] base::Result<std::vector<std::shared_ptr<const auth::SigningKey>>> list_signing_keys(
    auth::SigningKeys& keys, const model::Principal& principal);

/// kForbidden, kConflict (see auth::SigningKeyRotation).
[[nodiscard]] base::Result<base::Done> rotate_signing_key(auth::SigningKeyRotation& rotation,
                                                          const Caller& caller,
                                                          model::Environment environment,
                                                          auth::RotationMode mode);

}  // namespace catalog
