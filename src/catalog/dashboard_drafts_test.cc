#include "catalog/dashboard_drafts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/principal_test_support.h"
#include "catalog/coverage.h"
#include "crypto/init.h"
#include "store/audit.h"
#include "store/store_test_support.h"

namespace catalog {
namespace {

using model::Role;

class DashboardDrafts : public ::testing::Test {
 protected:
  DashboardDrafts() {
    crypto::init();
    store_.write([&](store::Connection& connection) {
      return store::insert_shared_chart(connection, mine_, "orders");
    });
    const auto made =
        create_dashboard(store_.get(), caller(Role::kMaker), {"Sales", "All of them"}, kNow);
    id_ = store::expect_value(made).shown.id;
  }

  [[nodiscard]] Caller caller(Role role) const {
    return {auth::user_principal(mine_, role),
            {model::ActorKind::kUser, "usr_ada", "ada@acme.example", "192.0.2.7"}};
  }
  [[nodiscard]] static model::DashboardContent content(const std::string& name) {
    model::DashboardContent content{name, ""};
    content.tiles = {{base::ChartId("cht_orders"), 0, 0, 6, 4, "a"}};
    return content;
  }
  template <typename T>
  [[nodiscard]] static std::string outcome(const base::Result<T>& result) {
    if (result) return "ok";
    const std::string& field = result.error().field;
    return std::string(base::code_name(result.error().code)) + (field.empty() ? "" : " " + field);
  }
  [[nodiscard]] std::string save(std::int64_t seen, model::DashboardContent wanted,
                                 Role role = Role::kMaker) {
    const Caller who = caller(role);
    const auto view = store::expect_value(views_.get(mine_));
    return outcome(save_draft(store_.get(), {who, id_, kNow}, *view, seen, std::move(wanted)));
  }
  [[nodiscard]] std::string publish() {
    const auto view = store::expect_value(views_.get(mine_));
    return outcome(publish_dashboard(store_.get(), caller(Role::kMaker), *view, id_, kNow));
  }
  [[nodiscard]] DashboardState state() {
    return store::expect_value(find_draft(store_.get(), caller(Role::kMaker).principal, id_));
  }
  /// What viewers get.
  [[nodiscard]] model::Dashboard shown() {
    return store::expect_value(views_.get(mine_))->dashboards.at(id_);
  }

  static constexpr base::Seconds kNow{std::chrono::seconds(1'800'000'000)};
  store::TestStore store_;
  base::OrgId mine_ = store::add_organization(store_, auth::kTestOrganization.text());
  store::OrganizationViews views_{store_.get()};
  base::DashboardId id_{""};
};

TEST_F(DashboardDrafts, BeforePublishingThereIsOneStateAlone) {
  EXPECT_EQ(save(1, content("Sales 2")), "ok");
  EXPECT_EQ(shown().name, "Sales 2");
  EXPECT_FALSE(shown().published);
  EXPECT_FALSE(state().draft.has_value());
  EXPECT_EQ(state().version, 2);
}

TEST_F(DashboardDrafts, AfterItViewersKeepWhatWasPublished) {
  ASSERT_EQ(save(1, content("Sales 2")), "ok");
  ASSERT_EQ(publish(), "ok");
  EXPECT_EQ(save(2, content("Sales 3")), "ok");
  EXPECT_EQ(shown().name, "Sales 2");
  EXPECT_EQ(working_content(state()).name, "Sales 3");
  ASSERT_EQ(publish(), "ok");
  EXPECT_EQ(shown().name, "Sales 3");
  EXPECT_FALSE(state().draft.has_value());
}

TEST_F(DashboardDrafts, SavingOneMakesNoMemoryStale) {
  ASSERT_EQ(save(1, content("Sales 2")), "ok");
  ASSERT_EQ(publish(), "ok");
  const auto before = store::expect_value(views_.get(mine_));
  ASSERT_EQ(save(2, content("Sales 3")), "ok");
  EXPECT_EQ(store::expect_value(views_.get(mine_)), before);
}

TEST_F(DashboardDrafts, WhoSawAnOlderVersionIsRefused) {
  ASSERT_EQ(save(1, content("First")), "ok");
  EXPECT_EQ(save(1, content("Second")), "conflict");
  EXPECT_EQ(working_content(state()).name, "First");
}

TEST_F(DashboardDrafts, AreForMakers) {
  EXPECT_EQ(save(1, content("x"), Role::kExplorer), "forbidden");
  const Caller explorer = caller(Role::kExplorer);
  EXPECT_EQ(outcome(find_draft(store_.get(), explorer.principal, id_)), "forbidden");
  EXPECT_EQ(outcome(create_dashboard(store_.get(), explorer, {"x", ""}, kNow)), "forbidden");
  EXPECT_EQ(outcome(remove_dashboard(store_.get(), {explorer, id_, kNow})), "forbidden");
  EXPECT_EQ(outcome(duplicate_dashboard(store_.get(), {explorer, id_, kNow})), "forbidden");
  EXPECT_EQ(outcome(discard_draft(store_.get(), {explorer, id_, kNow})), "forbidden");
  EXPECT_EQ(outcome(restore_version(store_.get(), {explorer, id_, kNow}, 1)), "forbidden");
}

TEST_F(DashboardDrafts, NameOnlyWhatIsThere) {
  model::DashboardContent wanted = content("x");
  wanted.tiles[0].chart = base::ChartId("cht_none");
  EXPECT_EQ(save(1, wanted), "invalid_body draft.tiles.chart");
  wanted = content("x");
  wanted.tiles[0].tab = "none";
  EXPECT_EQ(save(1, wanted), "invalid_body draft.tiles.tab");
  wanted = content("x");
  wanted.tiles[0].x = 7;
  EXPECT_EQ(save(1, wanted), "invalid_body draft.tiles.width");
  wanted = content("x");
  wanted.filters = {{"f", "F", base::TableId("tbl_none"), "city"}};
  EXPECT_EQ(save(1, wanted), "invalid_body draft.filters.table");
  wanted.filters = {{"f", "F", base::TableId("tbl_orders"), "city"}};
  EXPECT_EQ(save(1, wanted), "invalid_body draft.filters.dimension");
  EXPECT_EQ(state().version, 1);
}

TEST_F(DashboardDrafts, CanBeDroppedAndVersionsBroughtBack) {
  ASSERT_EQ(save(1, content("One")), "ok");
  ASSERT_EQ(publish(), "ok");
  ASSERT_EQ(save(2, content("Two")), "ok");
  const Caller maker = caller(Role::kMaker);
  EXPECT_EQ(outcome(discard_draft(store_.get(), {maker, id_, kNow})), "ok");
  EXPECT_EQ(working_content(state()).name, "One");
  ASSERT_EQ(save(4, content("Two")), "ok") << "dropping a draft is a version, too";
  ASSERT_EQ(publish(), "ok");
  const auto versions = list_dashboard_versions(store_.get(), maker.principal, id_);
  ASSERT_TRUE(versions.ok());
  ASSERT_EQ(versions->size(), 2U);
  EXPECT_EQ(versions->front().content.name, "Two");
  EXPECT_EQ(outcome(restore_version(store_.get(), {maker, id_, kNow}, 1)), "ok");
  EXPECT_EQ(working_content(state()).name, "One");
  EXPECT_EQ(shown().name, "Two");
  EXPECT_EQ(outcome(restore_version(store_.get(), {maker, id_, kNow}, 9)), "not_found");
}

TEST_F(DashboardDrafts, OfAnotherOrganizationAreNotThere) {
  const base::OrgId theirs = store::add_organization(store_, auth::kForeignOrganization.text());
  const Caller stranger{auth::user_principal(theirs, Role::kAdmin), caller(Role::kAdmin).actor};
  EXPECT_EQ(outcome(find_draft(store_.get(), stranger.principal, id_)), "not_found");
  EXPECT_EQ(outcome(remove_dashboard(store_.get(), {stranger, id_, kNow})), "not_found");
  EXPECT_EQ(outcome(duplicate_dashboard(store_.get(), {stranger, id_, kNow})), "not_found");
  EXPECT_EQ(outcome(list_dashboard_versions(store_.get(), stranger.principal, id_)), "not_found");
}

TEST_F(DashboardDrafts, EveryChangeIsInTheAuditLog) {
  ASSERT_EQ(save(1, content("One")), "ok");
  const Caller maker = caller(Role::kMaker);
  const auto copy = duplicate_dashboard(store_.get(), {maker, id_, kNow});
  ASSERT_TRUE(copy.ok());
  EXPECT_EQ(copy->shown.name, "One (copy)");
  EXPECT_FALSE(copy->shown.published);
  ASSERT_EQ(outcome(remove_dashboard(store_.get(), {maker, id_, kNow})), "ok");
  const auto events = store_.read([&](store::Connection& connection) {
    return store::list_audit_events_after(connection, mine_, {}, std::nullopt, 100);
  });
  std::vector<std::string> actions;
  for (const auto& each : events) {
    actions.emplace_back(model::enum_name(model::kAuditActionNames, each.event.action));
  }
  EXPECT_THAT(actions, ::testing::UnorderedElementsAre("dashboard.created", "dashboard.changed",
                                                       "dashboard.created", "dashboard.removed"));
}

}  // namespace
}  // namespace catalog
