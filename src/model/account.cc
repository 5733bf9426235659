#include "model/account.h"

namespace model {

KeyState state_of(const ApiKey& key, const ApiKey* parent, base::Seconds now) {
  if (key.revoked_at) return KeyState::kRevoked;
  if (key.expires_at && *key.expires_at <= now) return KeyState::kExpired;
  if (!key.parent) return KeyState::kActive;
  const bool parent_active =
      parent != nullptr && !parent->parent && state_of(*parent, nullptr, now) == KeyState::kActive;
  return parent_active ? KeyState::kActive : KeyState::kParentEnded;
}

}  // namespace model
