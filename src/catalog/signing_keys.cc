#include "catalog/signing_keys.h"

#include "catalog/authorize.h"

namespace catalog {

using base::Done;
using base::Result;

Result<std::vector<std::shared_ptr<const auth::SigningKey>>> list_signing_keys(
    auth::SigningKeys& keys, const model::Principal& principal) {
  RETURN_IF_ERROR(authorize(principal, Verb::kManageSigningKeys));
  return keys.list(principal.organization());
}

Result<Done> rotate_signing_key(auth::SigningKeyRotation& rotation, const Caller& caller,
                                model::Environment environment, auth::RotationMode mode) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kManageSigningKeys));
  return rotation.rotate(caller.principal.organization(), environment, mode, caller.actor);
}

}  // namespace catalog
