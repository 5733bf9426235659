#include "auth/sign_in.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/account_test_support.h"

namespace auth {
namespace {

using base::Secret;
using model::AuditAction;

class SignInTest : public AccountTest {
 protected:
  SignInTest() : ada_(create_ada()) {}

  [[nodiscard]] base::Result<OpenedSession> try_sign_in(const std::string& email,
                                                        const std::string& password) {
    return sign_in_.sign_in(email, Secret(password), kLaptop);
  }
  [[nodiscard]] std::string sign_in(const std::string& email, const std::string& password) {
    return outcome_of(try_sign_in(email, password));
  }
  [[nodiscard]] std::string change(const std::string& session, const std::string& current,
                                   const std::string& wanted) {
    return outcome_of(sign_in_.change_password(signed_in(session), Secret(current), Secret(wanted),
                                               kLaptop.remote_address));
  }

  model::User ada_;
  const std::string email_ = "ada@acme.example";
  const std::string wrong_ = "wrong horse battery";
  const std::string new_ = "staple battery horse";
};

TEST_F(SignInTest, TheRightPasswordOpensASession) {
  const auto opened = try_sign_in(email_, password_);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->user.id, ada_.id);
  EXPECT_EQ(signed_in(opened->secret.reveal_secret()).user.id, ada_.id);
  const auto events = events_of(ada_.organization, AuditAction::kSignedIn);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].actor.id, ada_.id.text());
  EXPECT_EQ(events[0].actor.remote_address, "192.0.2.1");
  EXPECT_EQ(events[0].subject.name, "Laptop");
}

TEST_F(SignInTest, AWrongPasswordAndAnUnknownEmailGetOneAnswer) {
  const auto wrong = try_sign_in(email_, wrong_);
  const auto unknown = try_sign_in("eve@acme.example", password_);
  EXPECT_EQ(outcome_of(wrong), "wrong_credentials");
  EXPECT_EQ(outcome_of(unknown), "wrong_credentials");
  EXPECT_EQ(wrong.error().what, unknown.error().what);
  EXPECT_EQ(sign_in(email_, ""), "wrong_credentials");
  EXPECT_EQ(sign_in("", ""), "wrong_credentials");
  EXPECT_EQ(sign_in("ADA@ACME.example", password_), "ok");
}

TEST_F(SignInTest, AnUnknownEmailCostsTheWorkOfAKnownOne) {
  (void)sign_in("warm@up", "x");
  const auto least_time_of = [&](const std::string& email) {
    auto least = std::chrono::steady_clock::duration::max();
    for (int time = 0; time < 3; ++time) {
      const auto begin = std::chrono::steady_clock::now();
      (void)sign_in(email, wrong_);
      least = std::min(least, std::chrono::steady_clock::now() - begin);
    }
    return least;
  };
  EXPECT_GT(least_time_of("eve@acme.example"), least_time_of(email_) / 4);
}

TEST_F(SignInTest, NobodySignsInToAnInactiveOrganization) {
  store_.write([](store::Connection& connection) {
    return connection.run_script("UPDATE organizations SET active = 0");
  });
  EXPECT_EQ(sign_in(email_, password_), "wrong_credentials");
}

TEST_F(SignInTest, FailuresAtAKnownEmailAreToldTogetherAndWithoutThePassword) {
  for (int time = 0; time < 3; ++time) (void)sign_in(email_, wrong_);
  (void)sign_in("eve@acme.example", wrong_);
  const auto events = events_of(ada_.organization, AuditAction::kSignInFailed);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].count, 3);
  EXPECT_EQ(events[0].actor.kind, model::ActorKind::kNobody);
  EXPECT_EQ(events[0].actor.remote_address, "192.0.2.1");
  EXPECT_EQ(events[0].subject.id, ada_.id.text());
  for (const std::string name : {"aracari.db", "aracari.db-wal"}) {
    EXPECT_THAT(base::read_whole_file(store_.folder().path(name)),
                ::testing::Not(::testing::HasSubstr(wrong_)));
  }
}

TEST_F(SignInTest, AfterFiveFailuresTheRightPasswordWaitsHereAndNotElsewhere) {
  for (int time = 0; time < 5; ++time) (void)sign_in(email_, wrong_);
  const auto waiting = try_sign_in(email_, password_);
  EXPECT_EQ(outcome_of(waiting), "too_many_requests");
  EXPECT_EQ(waiting.error().retry_after, std::chrono::seconds(5));
  EXPECT_TRUE(sign_in_.sign_in(email_, Secret(password_), {"Phone", "192.0.2.2"}).ok());
  monotonic_clock_.advance(std::chrono::seconds(5));
  EXPECT_EQ(sign_in(email_, password_), "ok");
}

TEST_F(SignInTest, AnUnknownEmailWaitsAsAKnownOneDoes) {
  for (int time = 0; time < 5; ++time) (void)sign_in("eve@acme.example", wrong_);
  EXPECT_EQ(sign_in("eve@acme.example", wrong_), "too_many_requests");
}

TEST_F(SignInTest, ChangingThePasswordEndsAllOtherSessions) {
  const std::string here = open_session(ada_);
  const std::string there = open_session(ada_);
  ASSERT_EQ(change(here, password_, new_), "ok");
  EXPECT_EQ(find(here), "ok");
  EXPECT_EQ(find(there), "not_signed_in");
  EXPECT_EQ(sign_in(email_, password_), "wrong_credentials");
  EXPECT_EQ(sign_in(email_, new_), "ok");
  const auto events = events_of(ada_.organization, AuditAction::kPasswordChanged);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].subject.id, ada_.id.text());
  EXPECT_EQ(events[0].detail, "Other sessions ended: 1.");
}

TEST_F(SignInTest, AChangeNeedsTheCurrentPasswordAndAGoodNewOne) {
  const std::string session = open_session(ada_);
  const std::string other = open_session(ada_);
  EXPECT_EQ(change(session, wrong_, new_), "wrong_credentials currentPassword");
  EXPECT_EQ(change(session, password_, "short"), "invalid_body newPassword");
  EXPECT_EQ(change(session, password_, email_), "invalid_body newPassword");
  EXPECT_EQ(change(session, password_, password_), "invalid_body newPassword");
  EXPECT_EQ(find(other), "ok");
  EXPECT_EQ(sign_in(email_, password_), "ok");
  EXPECT_TRUE(events_of(ada_.organization, AuditAction::kPasswordChanged).empty());
}

TEST_F(SignInTest, AStolenSessionCanNotGuessThePasswordQuickly) {
  const std::string session = open_session(ada_);
  for (int time = 0; time < 5; ++time) (void)change(session, wrong_, new_);
  EXPECT_EQ(change(session, password_, new_), "too_many_requests");
}

}  // namespace
}  // namespace auth
