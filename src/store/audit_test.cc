#include "store/audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store_test_support.h"

namespace store {
namespace {

using model::ActorKind;
using model::AuditAction;
using model::Environment;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AuditRecords : public ::testing::Test {
 protected:
  [[nodiscard]] base::Seconds at(int second) const { return now_ + std::chrono::seconds(second); }

  void add(const base::OrgId& organization, const model::AuditEvent& event) {
    store_.write([&](Connection& c) { return insert_audit_event(c, organization, event); });
  }
  /// An event whose detail is `name`.
  void add(const std::string& name, int second, AuditAction action, const std::string& actor_name,
           const std::string& subject_name) {
    add(mine_, {at(second),
                action,
                {ActorKind::kUser, "usr_" + actor_name, actor_name, "192.0.2.1"},
                {"end_user", "id-" + subject_name, subject_name},
                Environment::kSandbox,
                1,
                name});
  }

  [[nodiscard]] static std::string names(const std::vector<StoredAuditEvent>& events) {
    std::string text;
    for (const StoredAuditEvent& event : events) text += event.event.detail;
    return text;
  }
  [[nodiscard]] std::string before(const AuditFilter& filter,
                                   const std::optional<AuditPlace>& place = std::nullopt,
                                   std::int64_t limit = 100) {
    return names(store_.read(
        [&](Connection& c) { return list_audit_events_before(c, mine_, filter, place, limit); }));
  }
  [[nodiscard]] std::string after(const AuditFilter& filter,
                                  const std::optional<AuditPlace>& place = std::nullopt,
                                  std::int64_t limit = 100) {
    return names(store_.read(
        [&](Connection& c) { return list_audit_events_after(c, mine_, filter, place, limit); }));
  }

  TestStore store_;
  base::OrgId mine_ = add_organization(store_, "org_mine");
  base::OrgId theirs_ = add_organization(store_, "org_theirs");
  const base::Seconds now_{std::chrono::seconds(1'800'000'000)};
};

TEST_F(AuditRecords, ComeBackWhole) {
  add(mine_, {now_,
              AuditAction::kTokenMinted,
              {ActorKind::kApiKey, "key_1", "Backend", "192.0.2.1"},
              {"end_user", "user-1", ""},
              Environment::kProduction,
              7,
              "x"});
  add(mine_, {at(1), AuditAction::kUserCreated, {ActorKind::kServer, "", "Demo", ""}, {}});
  const auto events = store_.read(
      [&](Connection& c) { return list_audit_events_after(c, mine_, {}, std::nullopt, 100); });
  ASSERT_EQ(events.size(), 2U);
  const model::AuditEvent& minted = events[0].event;
  EXPECT_EQ(minted.at, now_);
  EXPECT_EQ(minted.action, AuditAction::kTokenMinted);
  EXPECT_EQ(minted.actor.kind, ActorKind::kApiKey);
  EXPECT_EQ(minted.actor.id, "key_1");
  EXPECT_EQ(minted.actor.name, "Backend");
  EXPECT_EQ(minted.actor.remote_address, "192.0.2.1");
  EXPECT_EQ(minted.subject.kind, "end_user");
  EXPECT_EQ(minted.subject.id, "user-1");
  EXPECT_EQ(minted.environment, Environment::kProduction);
  EXPECT_EQ(minted.count, 7);
  EXPECT_EQ(minted.detail, "x");
  EXPECT_EQ(events[1].event.environment, std::nullopt);
  EXPECT_GT(events[1].number, events[0].number);
}

TEST_F(AuditRecords, AreThoseOfTheOrganization) {
  add("a", 0, AuditAction::kUserCreated, "ada", "x");
  for (const AuditFilter& filter :
       {AuditFilter{}, AuditFilter{.actions = {AuditAction::kUserCreated}}}) {
    EXPECT_THAT(store_.read([&](Connection& c) {
      return list_audit_events_before(c, theirs_, filter, std::nullopt, 9);
    }),
                IsEmpty());
    EXPECT_THAT(store_.read([&](Connection& c) {
      return list_audit_events_after(c, theirs_, filter, std::nullopt, 9);
    }),
                IsEmpty());
  }
  EXPECT_EQ(store_.write(
                [&](Connection& c) { return delete_audit_events_before(c, theirs_, at(100), 9); }),
            0);
  EXPECT_EQ(before({}), "a");
}

TEST_F(AuditRecords, AreReadInPagesBothWaysByTimeThenNumber) {
  add("b", 5, AuditAction::kUserCreated, "ada", "x");
  add("c", 5, AuditAction::kTokenMinted, "ada", "x");
  add("a", 1, AuditAction::kTokenMinted, "ada", "x");
  add("d", 9, AuditAction::kUserCreated, "ada", "x");
  for (const AuditFilter& filter :
       {AuditFilter{},
        AuditFilter{.actions = {AuditAction::kUserCreated, AuditAction::kTokenMinted}}}) {
    EXPECT_EQ(before(filter), "dcba");
    EXPECT_EQ(after(filter), "abcd");
    EXPECT_EQ(before(filter, std::nullopt, 2), "dc");
    EXPECT_EQ(before(filter, AuditPlace{at(5), 2}, 2), "ba");
    EXPECT_EQ(before(filter, AuditPlace{at(5), 1}, 2), "a");
    EXPECT_EQ(after(filter, AuditPlace{at(5), 1}, 1), "c");
    EXPECT_EQ(after(filter, AuditPlace{at(5), 2}), "d");
    EXPECT_EQ(before(filter, AuditPlace{at(0), 0}), "");
  }
}

TEST_F(AuditRecords, AreFilteredByActionEnvironmentAndTime) {
  add("a", 1, AuditAction::kUserCreated, "ada", "x");
  add("b", 2, AuditAction::kTokenMinted, "ada", "x");
  add(mine_, {at(3),
              AuditAction::kTokenMinted,
              {ActorKind::kNobody, "", "", ""},
              {},
              Environment::kProduction,
              1,
              "c"});
  EXPECT_EQ(before({.actions = {AuditAction::kTokenMinted}}), "cb");
  EXPECT_EQ(before({.environment = Environment::kProduction}), "c");
  EXPECT_EQ(before({.environment = Environment::kSandbox}), "ba");
  EXPECT_EQ(before({.from = at(2)}), "cb");
  EXPECT_EQ(before({.to = at(2)}), "a");
  EXPECT_EQ(after({.from = at(2), .to = at(3)}), "b");
  // A place outside of the times does not widen them.
  EXPECT_EQ(before({.to = at(2)}, AuditPlace{at(9), 9}), "a");
  EXPECT_EQ(after({.from = at(2)}, AuditPlace{at(0), 0}), "bc");
}

TEST_F(AuditRecords, AreFoundByPartOfANameOrTheWholeId) {
  add("a", 1, AuditAction::kUserCreated, "Ada", "100%_sure!");
  add("b", 2, AuditAction::kUserCreated, "Max", "100 sure");
  EXPECT_EQ(before({.actor = "ad"}), "a");
  EXPECT_EQ(before({.actor = "usr_Max"}), "b");
  EXPECT_EQ(before({.actor = "usr_"}), "");
  EXPECT_EQ(before({.subject = "sure"}), "ba");
  EXPECT_EQ(before({.subject = "id-100 sure"}), "b");
  for (const std::string text : {"%", "_", "!", "0%", "%_sure", "e!"}) {
    EXPECT_EQ(before({.subject = text}), "a") << text;
  }
  for (const std::string text : {"0%s", "1__", "' OR 1=1 --", "%%", "!%"}) {
    EXPECT_EQ(before({.subject = text}), "") << text;
  }
}

TEST_F(AuditRecords, OldOnesAreDeletedAFewAtATime) {
  for (int second = 1; second <= 5; ++second) {
    add(std::to_string(second), second, AuditAction::kTokenMinted, "ada", "x");
  }
  const auto expire = [&] {
    return store_.write(
        [&](Connection& c) { return delete_audit_events_before(c, mine_, at(4), 2); });
  };
  EXPECT_EQ(expire(), 2);
  EXPECT_EQ(after({}), "345");
  EXPECT_EQ(expire(), 1);
  EXPECT_EQ(expire(), 0);
  EXPECT_EQ(after({}), "45");
}

}  // namespace
}  // namespace store
