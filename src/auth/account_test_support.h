#pragma once

// What concerns people who sign in, over a store in a folder, at a moment that the test chooses.

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "auth/accounts.h"
#include "auth/auth_test_support.h"
#include "auth/sessions.h"
#include "auth/sign_in.h"
#include "crypto/init.h"
#include "store/audit.h"
#include "store/store_test_support.h"

namespace auth {

class AccountTest : public ::testing::Test {
 protected:
  static inline const model::Actor kSomebody{
      model::ActorKind::kCommandLine, {}, "Command line", {}};
  static constexpr Device kLaptop{"Laptop", "192.0.2.1"};

  AccountTest() { crypto::init(); }

  [[nodiscard]] base::Result<model::User> create(const std::string& organization,
                                                 const std::string& email,
                                                 const std::string& password) {
    return accounts_.create_organization(
        organization, {email, base::Secret(password), model::Role::kAdmin}, kSomebody);
  }
  /// The admin of an organization, with `password_`.
  [[nodiscard]] model::User create_ada() {
    return store::expect_value(create("Acme", "ada@acme.example", password_));
  }
  [[nodiscard]] std::string open_session(const model::User& user) {
    return store::expect_value(sessions_.open(user, kLaptop)).secret.reveal_secret();
  }
  [[nodiscard]] SignedIn signed_in(const std::string& secret) {
    return store::expect_value(sessions_.find(secret));
  }
  [[nodiscard]] std::string find(const std::string& secret) {
    return outcome_of(sessions_.find(secret));
  }
  /// Of one action, newest first, with what is queued.
  [[nodiscard]] std::vector<model::AuditEvent> events_of(const base::OrgId& organization,
                                                         model::AuditAction action) {
    store::expect_value(audit_.flush(clock_.now()));
    const auto stored = store_.read([&](store::Connection& connection) {
      return store::list_audit_events_before(connection, organization, {{action}}, {}, 100);
    });
    std::vector<model::AuditEvent> events;
    for (const store::StoredAuditEvent& event : stored) events.push_back(event.event);
    return events;
  }

  store::TestStore store_;
  base::FixedClock clock_{base::Seconds(std::chrono::seconds(1'800'000'000))};
  Accounts accounts_{store_.get(), base::Secret(std::string(32, 'k')), clock_};
  Sessions sessions_{store_.get(), clock_};
  base::FixedMonotonicClock monotonic_clock_;
  AttemptThrottle throttle_{monotonic_clock_};
  AuditQueue audit_{store_.get()};
  SignIn sign_in_{store_.get(), sessions_, throttle_, audit_, clock_};
  const std::string password_ = "correct horse battery";
};

}  // namespace auth
