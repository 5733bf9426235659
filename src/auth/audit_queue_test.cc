#include "auth/audit_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/audit.h"
#include "store/store_test_support.h"

namespace auth {
namespace {

using model::AuditAction;

class AuditQueueTest : public ::testing::Test {
 protected:
  void record(const base::OrgId& organization, int first, int last) {
    for (int number = first; number < last; ++number) {
      queue_.record(organization, {kNow,
                                   AuditAction::kTokenMinted,
                                   {model::ActorKind::kApiKey, "key_1", "Backend", "192.0.2.1"},
                                   {"end_user", "user-" + std::to_string(number), {}},
                                   model::Environment::kSandbox});
    }
  }
  /// Of the written events: how many name an end user, and how many were only counted.
  [[nodiscard]] std::pair<std::int64_t, std::int64_t> written(const base::OrgId& organization) {
    store::expect_value(queue_.flush(kNow));
    return store_.read(
        [&](store::Connection& connection) -> base::Result<std::pair<std::int64_t, std::int64_t>> {
          store::Query query = connection.query(
              "SELECT count(*) FILTER (WHERE subject_id LIKE 'user-%'),"
              " coalesce(sum(count) FILTER (WHERE actor_kind = 'server'), 0)"
              " FROM audit_events WHERE organization_id = ?");
          query.bind(organization);
          RETURN_IF_ERROR(query.next());
          return std::pair(query.integer(0), query.integer(1));
        });
  }

  static constexpr base::Seconds kNow{std::chrono::seconds(1'800'000'000)};
  static constexpr int kMost = AuditQueue::kMostEntries;
  store::TestStore store_;
  base::OrgId loud_ = store::add_organization(store_, "org_loud");
  base::OrgId quiet_ = store::add_organization(store_, "org_quiet");
  AuditQueue queue_{store_.get()};
};

TEST_F(AuditQueueTest, AnOrganizationThatFillsItLeavesOthersTheirPlaces) {
  record(loud_, 0, kMost + 7);
  record(quiet_, 0, 100);
  record(loud_, kMost + 7, kMost + 10);
  EXPECT_EQ(written(quiet_), std::pair(std::int64_t{100}, std::int64_t{0}));
  EXPECT_EQ(written(loud_), std::pair(std::int64_t{kMost}, std::int64_t{10}))
      << "what is dropped is counted for whoever caused it";
}

TEST_F(AuditQueueTest, WhereSeveralAreLoudEachHasItsShare) {
  record(quiet_, 0, 1);
  record(loud_, 0, kMost);
  EXPECT_EQ(written(loud_), std::pair(std::int64_t{kMost / 2}, std::int64_t{kMost / 2}));
}

TEST_F(AuditQueueTest, EqualEventsTakeOnePlaceAndPlacesComeBackWithAFlush) {
  for (int time = 0; time < 3; ++time) record(loud_, 0, 1);
  EXPECT_EQ(written(loud_), std::pair(std::int64_t{1}, std::int64_t{0}));
  record(loud_, 1, kMost + 1);
  EXPECT_EQ(written(loud_), std::pair(std::int64_t{kMost + 1}, std::int64_t{0}));
}

}  // namespace
}  // namespace auth
