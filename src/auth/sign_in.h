#pragma once

// What a password opens: signing in, and changing the password. Both slow down whoever guesses.
// Thread-safe.

#include <mutex>
#include <optional>
#include <string>

#include "auth/attempt_throttle.h"
#include "auth/audit_queue.h"
#include "auth/sessions.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "store/accounts.h"
#include "store/store.h"

namespace auth {

class SignIn {
 public:
  SignIn(store::Store& store, Sessions& sessions, AttemptThrottle& throttle, AuditQueue& audit,
         const base::Clock& clock)
      : store_(store), sessions_(sessions), throttle_(throttle), audit_(audit), clock_(clock) {}

  /// kWrongCredentials for an unknown email and for a wrong password alike, after the same work.
  /// kTooManyRequests without any; kUnavailable.
  [[nodiscard]] base::Result<OpenedSession> sign_in(const std::string& email,
                                                    const base::Secret& password,
                                                    const Device& device);

  /// Also ends the user's other sessions. kWrongCredentials (field currentPassword), kInvalidBody
  /// (field newPassword), kTooManyRequests, kUnavailable, kConflict.
  [[nodiscard]] base::Result<base::Done> change_password(const SignedIn& who,
                                                         const base::Secret& current,
                                                         const base::Secret& wanted,
                                                         std::string_view remote_address);

 private:
  using Found = std::optional<store::UserWithPassword>;
  [[nodiscard]] base::Result<Found> find_user(const std::string& email);
  [[nodiscard]] base::Result<OpenedSession> check_and_open(const std::string& email,
                                                           const base::Secret& password,
                                                           const Device& device);
  /// Verified for unknown emails, so that time does not tell which exist.
  [[nodiscard]] base::Result<std::string> decoy_hash();
  void note_failure(const Found& found, std::string_view remote_address);
  [[nodiscard]] base::Result<base::Done> check_and_change(const SignedIn& who,
                                                          const base::Secret& current,
                                                          const base::Secret& wanted,
                                                          std::string_view remote_address);
  [[nodiscard]] base::Result<base::Done> write_change(store::Connection& connection,
                                                      const SignedIn& who,
                                                      const std::string& old_hash,
                                                      const std::string& new_hash,
                                                      std::string_view remote_address);

  store::Store& store_;
  Sessions& sessions_;
  AttemptThrottle& throttle_;
  AuditQueue& audit_;
  const base::Clock& clock_;
  std::mutex decoy_mutex_;
  std::string decoy_;
};

}  // namespace auth
