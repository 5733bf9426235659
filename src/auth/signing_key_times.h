#pragma once

// When a signing key signs and when what it signed is believed. Decided from records and the clock
// alone: nothing has to happen for a key to become active or retired. Pure.
//
// The unrevoked keys of one organization and environment follow one another by `activates_at`. Each
// signs until the next one does, and verifies until the last token that it may have signed is dead.

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/enum_names.h"
#include "store/signing_keys.h"

namespace auth {

/// How far the clocks of our own nodes may differ when one accepts what another just minted.
inline constexpr std::chrono::seconds kClockSkew{30};

enum class SigningKeyStatus : std::uint8_t {
  kNext,      ///< Published and believed; does not sign yet.
  kActive,    ///< Signs.
  kRetiring,  ///< Its successor signs; its tokens are believed.
  kRetired,   ///< Believed no more: its last token is dead.
  kRevoked,   ///< Believed no more, whatever it signed.
};
inline constexpr auto kSigningKeyStatusNames =
    std::to_array<std::string_view>({"next", "active", "retiring", "retired", "revoked"});

struct SigningKeyTimes {
  /// Nothing for the first of the keys that follow one another: it signs before its time, too, so
  /// that a clock which was set back does not leave an organization without a signer.
  std::optional<base::Seconds> signs_from;
  std::optional<base::Seconds> signs_until;  ///< Its successor's activation; nothing without one.
  std::optional<base::Seconds> retires_at;   ///< Set where signs_until is.
  std::optional<base::Seconds> revoked_at;
  bool erased = false;  ///< There is no private key any more.
};

[[nodiscard]] SigningKeyStatus status_at(const SigningKeyTimes& times, base::Seconds now);

/// Whether tokens under a key of this status may be believed.
[[nodiscard]] bool verifies(SigningKeyStatus status);

using SigningKeyTimesById = std::map<base::SigningKeyId, SigningKeyTimes>;

/// `records` are of any organizations and environments, ordered as store::list_signing_keys does.
[[nodiscard]] SigningKeyTimesById times_of(const std::vector<store::SigningKeyRecord>& records,
                                           std::chrono::seconds lifetime_max);

}  // namespace auth
