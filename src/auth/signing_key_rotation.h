#pragma once

// Makes signing keys that follow the present ones, by schedule or because someone asks. Each change
// is one transaction with its audit event. Thread-safe, also beside another process.

#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "model/audit.h"
#include "model/environment.h"
#include "store/signing_keys.h"
#include "store/store.h"

namespace auth {

enum class RotationMode : std::uint8_t {
  /// The new key is published now and signs later; what the old one signed stays good.
  kOverlap,
  /// The new key signs now; every other key of the organization and environment, and every token
  /// under it, is dead at once.
  kEmergency,
};

struct RotationPolicy {
  std::chrono::seconds lifetime_max;   ///< Of tokens.
  std::chrono::seconds publish_ahead;  ///< Between publishing a key and signing with it.
  std::chrono::days every;             ///< Zero: by hand only.
};

/// How long the private half of a key is kept after nothing under it is believed any more.
inline constexpr std::chrono::days kKeptAfterEnd{31};

class SigningKeyRotation {
 public:
  SigningKeyRotation(store::Store& store, base::Secret master_key, const base::Clock& clock,
                     RotationPolicy policy)
      : store_(store), master_key_(std::move(master_key)), clock_(clock), policy_(policy) {}

  /// kConflict for kOverlap while the key of an earlier rotation does not sign yet.
  [[nodiscard]] base::Result<base::Done> rotate(const base::OrgId& organization,
                                                model::Environment environment, RotationMode mode,
                                                const model::Actor& actor);

  /// What the schedule asks for now: a successor where the key that signs has done so for
  /// `policy.every`, and the erasure of private keys that ended more than kKeptAfterEnd ago.
  [[nodiscard]] base::Result<base::Done> run_schedule();

  [[nodiscard]] const RotationPolicy& policy() const { return policy_; }

 private:
  [[nodiscard]] base::Result<base::Done> rotate_where_due(
      const std::vector<store::SigningKeyRecord>& records);
  [[nodiscard]] base::Result<base::Done> erase_where_due(
      const std::vector<store::SigningKeyRecord>& records);

  store::Store& store_;
  base::Secret master_key_;
  const base::Clock& clock_;
  RotationPolicy policy_;
};

}  // namespace auth
