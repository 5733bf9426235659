#pragma once

// Slows down whoever guesses a secret that people type: passwords at sign-in and at their change,
// the set-up secret. Failures count for the name together with the address, and for the address
// alone, never for the name alone: nobody is locked out by what others do elsewhere. An IPv4
// address counts by itself and an IPv6 address with its /64, which one customer has. Thread-safe.

#include <mutex>
#include <string>
#include <string_view>

#include "auth/failure_table.h"
#include "base/clock.h"
#include "base/result.h"

namespace auth {

/// Of one name at one address.
inline constexpr FailureLimits kNameLimits{5, std::chrono::seconds{5}, std::chrono::minutes{15},
                                           std::chrono::hours{1}};
/// Of all names at one address, behind which may be a whole office.
inline constexpr FailureLimits kAddressLimits{20, std::chrono::seconds{5}, std::chrono::minutes{15},
                                              std::chrono::hours{1}};
/// More than there can be password hashes in the time for which failures are remembered (28 a
/// second, crypto/password.h), so that a real entry does not have to go. At most 13 MB each.
inline constexpr std::size_t kThrottledKeys = 65'536;

struct Attempt {
  std::string_view name;  ///< The email or what else is guessed at.
  std::string_view remote_address;
};

class AttemptThrottle {
 public:
  explicit AttemptThrottle(const base::MonotonicClock& clock);

  /// Runs `body` unless the caller has to wait: kTooManyRequests with `retry_after`. An error of
  /// `body` with the code `wrong` counts as a failure from the moment at which the attempt began,
  /// so that many at once gain nothing; another error does not count. Success ends the failures of
  /// the name at this address. They stay those of the address: who has an account of their own must
  /// not clear it between guesses at others.
  template <typename Body>
  [[nodiscard]] auto run(const Attempt& attempt, base::Code wrong, Body body) -> decltype(body()) {
    const Keys keys = keys_of(attempt);
    RETURN_IF_ERROR(admit(keys));
    auto outcome = body();
    if (outcome) {
      note_success(keys);
    } else if (outcome.error().code != wrong) {
      take_back(keys);
    }
    return outcome;
  }

 private:
  struct Keys {
    std::string name;
    std::string address;
  };
  [[nodiscard]] static Keys keys_of(const Attempt& attempt);
  [[nodiscard]] base::Result<base::Done> admit(const Keys& keys);
  void note_success(const Keys& keys);
  void take_back(const Keys& keys);

  /// Not the time of day, so that whoever sets that neither ends a wait nor makes it last.
  const base::MonotonicClock& clock_;
  std::mutex mutex_;
  FailureTable names_;
  FailureTable addresses_;
};

/// "203.0.113.9" for IPv4, also where it is written as ::ffff:203.0.113.9; the first 64 bits for
/// IPv6; the text itself for anything else.
[[nodiscard]] std::string address_prefix(std::string_view remote_address);

}  // namespace auth
