#include "catalog/usage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/principal_test_support.h"
#include "crypto/init.h"
#include "store/store_test_support.h"

namespace catalog {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using Outcome = UsageCounter::Outcome;

class UsageTest : public ::testing::Test {
 protected:
  [[nodiscard]] static model::Principal viewer(const std::string& end_user,
                                               model::Environment environment) {
    model::EmbedIdentity identity = auth::embed_identity({});
    identity.distinct_id = end_user;
    identity.environment = environment;
    return auth::PrincipalFactory::for_embed(auth::kTestOrganization, model::Role::kExplorer,
                                             std::move(identity));
  }
  void view(const std::string& end_user, base::Seconds at,
            model::Environment environment = model::Environment::kProduction) {
    counter_.count_view(viewer(end_user, environment), kDashboard, at);
  }
  [[nodiscard]] Usage usage(base::Seconds now, int days = 30) {
    store::expect_value(counter_.flush(now));
    const auto maker = auth::user_principal(mine_, model::Role::kMaker);
    return store::expect_value(find_usage(store_.get(), maker, std::chrono::days(days), now));
  }

  static const base::DashboardId kDashboard;
  static constexpr base::Seconds kNow{std::chrono::seconds(1'800'000'000)};
  store::TestStore store_;
  base::OrgId mine_ = store::add_organization(store_, auth::kTestOrganization.text());
  UsageCounter counter_{store_.get()};
};

const base::DashboardId UsageTest::kDashboard{"dsh_1"};

TEST_F(UsageTest, ComingBackSoonIsTheSameView) {
  view("ada", kNow);
  view("ada", kNow + minutes(29));
  view("ada", kNow + minutes(58));
  EXPECT_EQ(usage(kNow + minutes(58)).dashboards.at(0).views, 1);
  view("ada", kNow + minutes(88));
  view("bob", kNow + minutes(88));
  const Usage now = usage(kNow + minutes(88));
  EXPECT_EQ(now.dashboards.at(0).views, 3);
  EXPECT_EQ(now.dashboards.at(0).end_users, 2);
}

TEST_F(UsageTest, OnlyProductionCounts) {
  view("ada", kNow, model::Environment::kSandbox);
  counter_.count_view(auth::user_principal(mine_, model::Role::kExplorer), kDashboard, kNow);
  counter_.count_chart(viewer("ada", model::Environment::kSandbox), base::ChartId("cht_1"),
                       milliseconds(5), Outcome::kAnswered, kNow);
  const Usage now = usage(kNow);
  EXPECT_TRUE(now.days.empty());
  EXPECT_TRUE(now.charts.empty());
}

TEST_F(UsageTest, SlowAndFailingChartsAreTold) {
  const auto ada = viewer("ada", model::Environment::kProduction);
  const base::ChartId quick("cht_quick");
  const base::ChartId slow("cht_slow");
  counter_.count_chart(ada, quick, milliseconds(10), Outcome::kAnswered, kNow);
  counter_.count_chart(ada, slow, milliseconds(100), Outcome::kAnswered, kNow);
  const Usage first = usage(kNow);
  counter_.count_chart(ada, slow, milliseconds(300), Outcome::kFailed, kNow);
  const Usage now = usage(kNow);
  ASSERT_EQ(now.charts.size(), 2U);
  EXPECT_EQ(first.charts.at(0).failures, 0);
  EXPECT_EQ(now.charts.at(0).chart, slow);
  EXPECT_EQ(now.charts.at(0).runs, 2);
  EXPECT_EQ(now.charts.at(0).failures, 1);
  EXPECT_EQ(now.charts.at(0).total_milliseconds, 400);
  EXPECT_EQ(now.charts.at(0).slowest_milliseconds, 300);
}

TEST_F(UsageTest, DaysAreCountedBackFromToday) {
  view("ada", kNow - std::chrono::days(6));
  view("bob", kNow);
  EXPECT_EQ(usage(kNow, 6).days.size(), 1U);
  EXPECT_EQ(usage(kNow, 7).days.size(), 2U);
  const auto deleted = store_.write([](store::Connection& connection) {
    return store::delete_usage(connection, std::chrono::floor<std::chrono::days>(kNow), 10);
  });
  EXPECT_EQ(deleted, 1);
  EXPECT_EQ(usage(kNow, 7).days.size(), 1U);
}

TEST_F(UsageTest, ExplorersAndOtherOrganizationsSeeNothing) {
  view("ada", kNow);
  store::expect_value(counter_.flush(kNow));
  const auto ask = [&](const base::OrgId& organization, model::Role role) {
    return find_usage(store_.get(), auth::user_principal(organization, role), std::chrono::days(7),
                      kNow);
  };
  EXPECT_EQ(ask(mine_, model::Role::kExplorer).error().code, base::Code::kForbidden);
  EXPECT_TRUE(ask(base::OrgId("org_other"), model::Role::kAdmin)->days.empty());
  EXPECT_EQ(ask(mine_, model::Role::kMaker)->days.size(), 1U);
}

}  // namespace
}  // namespace catalog
