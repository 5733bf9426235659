#include "auth/sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/account_test_support.h"
#include "store/sessions.h"

namespace auth {
namespace {

using base::Secret;
using model::AuditAction;
using model::Role;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class SessionsTest : public AccountTest {
 protected:
  SessionsTest() : ada_(create_ada()) {}

  [[nodiscard]] model::User create_max() {
    return store::expect_value(accounts_.create_user(
        ada_.organization, {"max@acme.example", Secret(password_), Role::kExplorer}, kSomebody));
  }
  void deactivate_organizations() {
    store_.write([](store::Connection& connection) {
      return connection.run_script("UPDATE organizations SET active = 0");
    });
  }
  /// Uses the session every hour until `span` went by.
  void use_for(const std::string& secret, std::chrono::hours span) {
    for (std::chrono::hours gone{0}; gone < span; ++gone) {
      clock_.advance(std::chrono::hours(1));
      (void)sessions_.find(secret);
    }
  }

  model::User ada_;
};

TEST_F(SessionsTest, ASessionProvesItsUser) {
  const auto found = sessions_.find(open_session(ada_));
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->principal.organization(), ada_.organization);
  EXPECT_EQ(found->principal.user(), ada_.id);
  EXPECT_EQ(found->principal.role(), Role::kAdmin);
  EXPECT_FALSE(found->principal.embed().has_value());
  EXPECT_EQ(found->user.email, "ada@acme.example");
}

TEST_F(SessionsTest, OnlyTheSecretOpensASession) {
  const std::string secret = open_session(ada_);
  EXPECT_EQ(outcome_of(sessions_.find(std::nullopt)), "not_signed_in");
  EXPECT_EQ(find(""), "not_signed_in");
  EXPECT_EQ(find(hash_of_secret(secret)), "not_signed_in");
  EXPECT_EQ(find(secret + " "), "not_signed_in");
  EXPECT_EQ(find(signed_in(secret).session.text()), "not_signed_in");
  for (const std::string name : {"aracari.db", "aracari.db-wal"}) {
    EXPECT_THAT(base::read_whole_file(store_.folder().path(name)),
                ::testing::Not(::testing::HasSubstr(secret)));
  }
}

TEST_F(SessionsTest, EachSignInIsAnotherSession) {
  const std::string first = open_session(ada_);
  const std::string second = open_session(ada_);
  EXPECT_NE(first, second);
  EXPECT_NE(signed_in(first).session, signed_in(second).session);
}

TEST_F(SessionsTest, ASessionEndsAfterTwelveHoursHoweverMuchItIsUsed) {
  const std::string secret = open_session(ada_);
  use_for(secret, kSessionLifetime - std::chrono::hours(1));
  clock_.advance(std::chrono::hours(1) - seconds(1));
  EXPECT_EQ(find(secret), "ok");
  clock_.advance(seconds(1));
  EXPECT_EQ(find(secret), "not_signed_in");
}

TEST_F(SessionsTest, ASessionThatNobodyUsesEndsAfterTwoHours) {
  const std::string secret = open_session(ada_);
  clock_.advance(kSessionIdleTime - seconds(1));
  EXPECT_EQ(find(secret), "ok");
  clock_.advance(kSessionIdleTime - seconds(1));
  EXPECT_EQ(find(secret), "ok") << "the use before counts although it is not written yet";
  clock_.advance(kSessionIdleTime);
  EXPECT_EQ(find(secret), "not_signed_in");
}

TEST_F(SessionsTest, UsesOutliveARestartOnceTheyAreWritten) {
  const std::string secret = open_session(ada_);
  clock_.advance(std::chrono::hours(1));
  EXPECT_EQ(find(secret), "ok");
  ASSERT_TRUE(sessions_.flush_seen().ok());
  clock_.advance(kSessionIdleTime - seconds(1));
  Sessions restarted(store_.get(), clock_);
  EXPECT_EQ(outcome_of(restarted.find(secret)), "ok");
}

TEST_F(SessionsTest, AClockThatIsAheadForAWhileEndsNoSessionAndLengthensNone) {
  const std::string before = open_session(ada_);
  clock_.advance(std::chrono::days(3));
  EXPECT_EQ(find(before), "not_signed_in");
  const std::string meanwhile = open_session(ada_);
  EXPECT_EQ(find(meanwhile), "ok");
  clock_.advance(-std::chrono::days(3));
  EXPECT_EQ(find(before), "ok");
  EXPECT_EQ(find(meanwhile), "not_signed_in") << "else it would live for three days";
}

TEST_F(SessionsTest, NobodyIsSignedInToAnInactiveOrganization) {
  const std::string secret = open_session(ada_);
  deactivate_organizations();
  EXPECT_EQ(find(secret), "not_signed_in");
}

TEST_F(SessionsTest, TheListShowsWhereAUserIsSignedIn) {
  const std::string first = open_session(ada_);
  clock_.advance(minutes(10));
  ASSERT_TRUE(sessions_.open(ada_, {"Phone\n\xc3\xa9", "2001:db8::1"}).ok());
  const std::string other = open_session(create_max());
  clock_.advance(minutes(5));
  const auto listed = sessions_.list(signed_in(first));
  ASSERT_TRUE(listed.ok());
  ASSERT_EQ(listed->size(), 2U);
  EXPECT_EQ(listed->at(0).user_agent, "Phone???") << "printable ASCII only";
  EXPECT_EQ(listed->at(0).remote_address, "2001:db8::1");
  EXPECT_EQ(listed->at(1).id, signed_in(first).session);
  EXPECT_EQ(listed->at(1).last_seen_at, clock_.now()) << "also uses that are not written yet";
  EXPECT_EQ(sessions_.list(signed_in(other))->size(), 1U);
}

TEST_F(SessionsTest, TheListHoldsLiveSessionsOnly) {
  (void)open_session(ada_);
  clock_.advance(kSessionIdleTime - seconds(1));
  const std::string second = open_session(ada_);
  clock_.advance(seconds(1));
  EXPECT_EQ(sessions_.list(signed_in(second))->size(), 1U);
}

TEST_F(SessionsTest, AnOldLiveSessionIsListedBehindManyThatEnded) {
  const std::string old = open_session(ada_);
  clock_.advance(seconds(1));
  for (int i = 0; i < 201; ++i) (void)open_session(ada_);
  clock_.advance(hours(1));
  const SignedIn who = signed_in(old);
  clock_.advance(hours(1));
  const auto listed = sessions_.list(who);
  ASSERT_TRUE(listed.ok());
  ASSERT_EQ(listed->size(), 1U);
  EXPECT_EQ(listed->at(0).id, who.session);
}

TEST_F(SessionsTest, AUserAgentIsKeptWithinABound) {
  ASSERT_TRUE(sessions_.open(ada_, {std::string(100'000, 'a'), "192.0.2.1"}).ok());
  const auto listed = sessions_.list(signed_in(open_session(ada_)));
  ASSERT_EQ(listed->size(), 2U);
  for (const model::Session& session : *listed) EXPECT_LE(session.user_agent.size(), 256U);
}

TEST_F(SessionsTest, EndingOneLeavesTheOthers) {
  const std::string first = open_session(ada_);
  const std::string second = open_session(ada_);
  const SignedIn who = signed_in(second);
  ASSERT_TRUE(sessions_.end(who, signed_in(first).session, "192.0.2.1").ok());
  EXPECT_EQ(find(first), "not_signed_in");
  EXPECT_EQ(find(second), "ok");
  const auto events = events_of(ada_.organization, AuditAction::kSignedOut);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].actor.id, ada_.id.text());
  EXPECT_EQ(events[0].actor.remote_address, "192.0.2.1");
}

TEST_F(SessionsTest, NobodyEndsTheSessionOfSomebodyElse) {
  const std::string mine = open_session(ada_);
  const std::string theirs = open_session(create_max());
  const auto ended = sessions_.end(signed_in(theirs), signed_in(mine).session, "192.0.2.1");
  EXPECT_EQ(outcome_of(ended), "not_found");
  EXPECT_EQ(find(mine), "ok");
  EXPECT_TRUE(events_of(ada_.organization, AuditAction::kSignedOut).empty());
}

TEST_F(SessionsTest, EndingAllOthersKeepsThisOneAndThoseOfOtherUsers) {
  const std::string here = open_session(ada_);
  const std::string there = open_session(ada_);
  const std::string theirs = open_session(create_max());
  ASSERT_TRUE(sessions_.end_others(signed_in(here), "192.0.2.1").ok());
  EXPECT_EQ(find(here), "ok");
  EXPECT_EQ(find(there), "not_signed_in");
  EXPECT_EQ(find(theirs), "ok");
  ASSERT_TRUE(sessions_.end_others(signed_in(here), "192.0.2.1").ok());
  const auto events = events_of(ada_.organization, AuditAction::kSignedOut);
  ASSERT_EQ(events.size(), 1U) << "where there was none to end there is nothing to tell";
  EXPECT_EQ(events[0].count, 1);
}

TEST_F(SessionsTest, OpeningOneClearsAwayThoseThatEndedLongAgo) {
  (void)open_session(ada_);
  clock_.advance(kSessionLifetime + kEndedSessionKept);
  (void)open_session(ada_);
  const auto stored = store_.read([&](store::Connection& connection) {
    return store::list_sessions(connection, ada_.organization, ada_.id, store::kAnyTimes, 100);
  });
  EXPECT_EQ(stored.size(), 1U);
}

}  // namespace
}  // namespace auth
