#include "app/cleaning.h"

#include <vector>

#include <gtest/gtest.h>

#include "model/revocation.h"
#include "store/audit.h"
#include "store/revocations.h"
#include "store/store_test_support.h"

namespace app {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class CleaningTest : public ::testing::Test {
 protected:
  CleaningTest() {
    store_.write([&](store::Connection& connection) -> base::Result<base::Done> {
      RETURN_IF_ERROR(store::insert_revocation(
          connection, mine_,
          {base::RevocationId("rev_1"), model::RevocationKind::kEndUser, "user-1",
           model::Environment::kSandbox, kStart, kStart + days(1), "ada@example.com", ""}));
      return store::insert_audit_event(
          connection, mine_,
          {kStart, model::AuditAction::kSignedIn, {model::ActorKind::kServer, {}, "x", {}}, {}});
    });
  }

  /// Both clocks go on, with a look each minute as the server does it.
  void pass(hours span) {
    for (minutes gone{0}; gone < span; gone += minutes(1)) {
      clock_.advance(minutes(1));
      monotonic_.advance(minutes(1));
      ASSERT_TRUE(cleaning_.run().ok());
    }
  }
  void set_clock(seconds by) {
    clock_.advance(by);
    ASSERT_TRUE(cleaning_.run().ok());
  }
  [[nodiscard]] std::int64_t count(const std::string& table) {
    return store_.read([&](store::Connection& connection) -> base::Result<std::int64_t> {
      store::Query query = connection.query(
          "SELECT CASE ? WHEN 'revocations' THEN (SELECT count(*) FROM revocations)"
          " ELSE (SELECT count(*) FROM audit_events) END");
      query.bind(table);
      RETURN_IF_ERROR(query.next());
      return query.integer(0);
    });
  }

  static constexpr base::Seconds kStart{seconds(1'800'000'000)};
  store::TestStore store_;
  base::OrgId mine_ = store::add_organization(store_, "org_mine");
  base::FixedClock clock_{kStart};
  base::FixedMonotonicClock monotonic_;
  bool resting_ = true;
  std::vector<base::Seconds> expired_;  ///< What uploads were told.
  Cleaning cleaning_{store_.get(),
                     clock_,
                     monotonic_,
                     days(40),
                     [this] { return resting_; },
                     [this](base::Seconds now) -> base::Result<base::Done> {
                       expired_.push_back(now);
                       return base::Done{};
                     }};
};

TEST_F(CleaningTest, AClockThatIsFarAheadForAWhileDeletesNothing) {
  pass(hours(2));
  for (const days jump : {days(3), days(50), days(5000)}) {
    set_clock(jump);
    monotonic_.advance(minutes(59));
    set_clock(minutes(59));
    EXPECT_EQ(count("revocations"), 1) << jump.count();
    EXPECT_EQ(count("audit_events"), 1) << jump.count();
    EXPECT_TRUE(expired_.empty() || expired_.back() < kStart + days(2)) << jump.count();
    set_clock(-jump);
    EXPECT_EQ(count("revocations"), 1);
  }
}

TEST_F(CleaningTest, AServerThatStartsWithAClockFarAheadWaitsToo) {
  clock_.advance(days(5000));
  set_clock(seconds(0));
  EXPECT_EQ(count("revocations"), 1);
  EXPECT_EQ(count("audit_events"), 1);
}

TEST_F(CleaningTest, WhatHasEndedGoesOnceTheClockWasRightForAnHour) {
  set_clock(days(31));
  pass(hours(2));
  EXPECT_EQ(count("revocations"), 1) << "kept for 31 days beyond its end";
  set_clock(days(1));
  EXPECT_EQ(count("revocations"), 1);
  pass(hours(1));
  EXPECT_EQ(count("revocations"), 0);
  EXPECT_EQ(count("audit_events"), 1) << "younger than 40 days";
  set_clock(days(9));
  pass(hours(1));
  EXPECT_EQ(count("audit_events"), 0);
  EXPECT_EQ(expired_.back(), clock_.now());
}

TEST_F(CleaningTest, EndsWhenItIsToldSo) {
  set_clock(days(100));
  clock_.advance(hours(1));
  monotonic_.advance(hours(1));
  resting_ = false;
  ASSERT_TRUE(cleaning_.run().ok());
  EXPECT_EQ(count("revocations"), 1);
  resting_ = true;
  ASSERT_TRUE(cleaning_.run().ok());
  EXPECT_EQ(count("revocations"), 0);
}

}  // namespace
}  // namespace app
