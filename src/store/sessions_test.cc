#include "store/sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store_test_support.h"

namespace store {
namespace {

using base::Code;

class SessionRecords : public ::testing::Test {
 protected:
  [[nodiscard]] model::User add_user(const base::OrgId& organization, const std::string& name) {
    model::User user{base::UserId("usr_" + name), organization, name + "@acme.example",
                     model::Role::kMaker};
    store_.write([&](Connection& c) { return insert_user(c, user, "hash"); });
    return user;
  }
  [[nodiscard]] model::Session add(const model::User& user, const std::string& name,
                                   base::Seconds created_at) {
    model::Session session{
        base::SessionId("ses_" + name),      user.organization, user.id,    created_at, created_at,
        created_at + std::chrono::hours(12), "Browser " + name, "192.0.2.1"};
    store_.write([&](Connection& c) { return insert_session(c, session, "hash of " + name); });
    return session;
  }
  [[nodiscard]] bool exists(const std::string& name) {
    return store_.read([&](Connection& c) { return find_session(c, "hash of " + name); })
        .has_value();
  }
  [[nodiscard]] Code refusal_of_delete(const model::User& user, const base::SessionId& id) {
    const auto outcome = store_.get().write(
        [&](Connection& c) { return delete_session(c, user.organization, user.id, id); });
    return outcome ? Code::kInternal : outcome.error().code;
  }

  TestStore store_;
  base::OrgId mine_ = add_organization(store_, "org_mine");
  base::OrgId theirs_ = add_organization(store_, "org_theirs");
  model::User ada_ = add_user(mine_, "ada");
  model::User max_ = add_user(mine_, "max");
  model::User eve_ = add_user(theirs_, "eve");
  const base::Seconds now_{std::chrono::seconds(1'800'000'000)};
};

TEST_F(SessionRecords, ComeBackWholeByTheirSecretOnly) {
  const model::Session session = add(ada_, "a", now_);
  const auto found = store_.read([](Connection& c) { return find_session(c, "hash of a"); });
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->session.id, session.id);
  EXPECT_EQ(found->session.organization, mine_);
  EXPECT_EQ(found->session.created_at, now_);
  EXPECT_EQ(found->session.last_seen_at, now_);
  EXPECT_EQ(found->session.expires_at, session.expires_at);
  EXPECT_EQ(found->session.user_agent, "Browser a");
  EXPECT_EQ(found->session.remote_address, "192.0.2.1");
  EXPECT_EQ(found->user.id, ada_.id);
  EXPECT_EQ(found->user.email, ada_.email);
  EXPECT_EQ(found->user.role, model::Role::kMaker);
  EXPECT_FALSE(store_.read([](Connection& c) { return find_session(c, "ses_a"); }).has_value());
}

TEST_F(SessionRecords, NeitherAnotherUserNorAnotherOrganizationReachesThem) {
  const model::Session session = add(ada_, "a", now_);
  EXPECT_EQ(refusal_of_delete(max_, session.id), Code::kNotFound);
  EXPECT_EQ(refusal_of_delete(eve_, session.id), Code::kNotFound);
  const base::SessionId none("ses_none");
  for (const model::User& other : {max_, eve_}) {
    const auto count = store_.write([&](Connection& c) {
      return delete_other_sessions(c, other.organization, other.id, none);
    });
    EXPECT_EQ(count, 0);
    EXPECT_THAT(store_.read([&](Connection& c) {
      return list_sessions(c, other.organization, other.id, kAnyTimes, 10);
    }),
                ::testing::IsEmpty());
  }
  store_.write([&](Connection& c) {
    return touch_session(c, theirs_, session.id, now_ + std::chrono::hours(1));
  });
  EXPECT_EQ(
      store_.read([](Connection& c) { return find_session(c, "hash of a"); })->session.last_seen_at,
      now_);
}

TEST_F(SessionRecords, OfAnInactiveOrganizationAreNotFound) {
  (void)add(ada_, "a", now_);
  (void)add(eve_, "e", now_);
  store_.write([](Connection& c) {
    return c.run_script("UPDATE organizations SET active = 0 WHERE id = 'org_mine'");
  });
  EXPECT_FALSE(exists("a"));
  EXPECT_TRUE(exists("e"));
}

TEST_F(SessionRecords, AllOthersGoAtOnce) {
  const model::Session kept = add(ada_, "a", now_);
  (void)add(ada_, "b", now_);
  (void)add(ada_, "c", now_);
  (void)add(max_, "m", now_);
  const auto count = store_.write(
      [&](Connection& c) { return delete_other_sessions(c, mine_, ada_.id, kept.id); });
  EXPECT_EQ(count, 2);
  EXPECT_TRUE(exists("a"));
  EXPECT_FALSE(exists("b"));
  EXPECT_TRUE(exists("m"));
}

TEST_F(SessionRecords, LastUseOnlyGrowsAndTheNewestComeFirst) {
  const model::Session session = add(ada_, "a", now_);
  (void)add(ada_, "b", now_ + std::chrono::seconds(1));
  (void)add(ada_, "c", now_ + std::chrono::seconds(2));
  for (const int seconds : {60, 30}) {
    store_.write([&](Connection& c) {
      return touch_session(c, mine_, session.id, now_ + std::chrono::seconds(seconds));
    });
  }
  const auto newest =
      store_.read([&](Connection& c) { return list_sessions(c, mine_, ada_.id, kAnyTimes, 2); });
  ASSERT_EQ(newest.size(), 2U);
  EXPECT_EQ(newest[0].user_agent, "Browser c");
  EXPECT_EQ(newest[1].user_agent, "Browser b");
  const auto all =
      store_.read([&](Connection& c) { return list_sessions(c, mine_, ada_.id, kAnyTimes, 9); });
  EXPECT_EQ(all[2].last_seen_at, now_ + std::chrono::seconds(60));
}

TEST_F(SessionRecords, EndedOnesAreCleared) {
  (void)add(ada_, "expired", now_ - std::chrono::hours(12));
  (void)add(ada_, "idle", now_ - std::chrono::hours(2));
  (void)add(ada_, "live", now_ - std::chrono::hours(2) + std::chrono::seconds(1));
  store_.write(
      [&](Connection& c) { return delete_ended_sessions(c, now_, now_ - std::chrono::hours(2)); });
  EXPECT_FALSE(exists("expired"));
  EXPECT_FALSE(exists("idle"));
  EXPECT_TRUE(exists("live"));
}

TEST_F(SessionRecords, APasswordIsReplacedOnlyWhereItIsStillTheOldOne) {
  const auto replace = [&](const model::User& user, const std::string& old_hash) {
    return store_.get()
        .write([&](Connection& c) { return replace_password_hash(c, user, old_hash, "new"); })
        .ok();
  };
  EXPECT_FALSE(replace(ada_, "other"));
  EXPECT_TRUE(replace(ada_, "hash"));
  EXPECT_FALSE(replace(ada_, "hash"));
  const auto hash_of = [&](const model::User& user) {
    return store_.read([&](Connection& c) { return find_user_for_sign_in(c, user.email); })
        ->password_hash;
  };
  EXPECT_EQ(hash_of(ada_), "new");
  EXPECT_EQ(hash_of(max_), "hash");
}

}  // namespace
}  // namespace store
