#include "catalog/coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/principal_test_support.h"
#include "catalog/dashboards.h"
#include "store/store_test_support.h"

namespace catalog {
namespace {

using model::Role;
using model::TableAccess;

const base::DashboardId kDashboard("dsh_a");

model::Table orders(TableAccess access) {
  model::Table table{base::TableId("tbl_orders"),
                     base::DatabaseId("dbs_a"),
                     "orders",
                     "Orders",
                     access,
                     {},
                     {},
                     {},
                     {}};
  table.columns = {{"city", model::ValueType::kString, model::ColumnAccess::kVisible},
                   {"iban", model::ValueType::kString, model::ColumnAccess::kMasked}};
  return table;
}

model::Table with_rule(model::Table table) {
  const auto json = base::parse_json(R"({"column":"city","operator":"isSet"})").value();
  table.rules.push_back({base::RuleId("rul_a"), "City", model::parse_rule_node(json).value()});
  return table;
}

/// One dashboard with one chart on `table`.
store::OrganizationView view_with(const model::Table& table) {
  store::OrganizationView view{{auth::kTestOrganization, "Mine", true}, {}, {}, {}, {}, {}, {}, {}};
  view.tables.emplace(table.id, table);
  view.charts.emplace(base::ChartId("cht_a"), store::make_chart("cht_a"));
  model::Dashboard dashboard = store::make_dashboard(kDashboard.text());
  dashboard.published = false;
  dashboard.tiles = {{base::ChartId("cht_a"), 0, 0, 1, 1}};
  view.dashboards.emplace(kDashboard, dashboard);
  return view;
}

/// What is seen, and whether it is decided.
std::string covered(const model::Table& table) {
  const store::OrganizationView view = view_with(table);
  const Coverage coverage = cover(view.dashboards.at(kDashboard), view);
  EXPECT_EQ(coverage.tables.size(), 1U);
  const base::json::object json = render_coverage(coverage);
  EXPECT_EQ(json.at("decided").as_bool(), coverage.tables[0].undecided.empty());
  const std::string seen(json.at("tables").at(0).at("seen").as_string());
  return seen + (coverage.decided() ? "" : ", undecided");
}

TEST(Coverage, IsDecidedWhereSomebodySaidWhoSeesWhat) {
  EXPECT_EQ(covered(orders(TableAccess::kShared)), "all rows");
  EXPECT_EQ(covered(with_rule(orders(TableAccess::kRestricted))), "rows by rules");
  EXPECT_EQ(covered(orders(TableAccess::kRestricted)), "none, undecided");
  EXPECT_EQ(covered(orders(TableAccess::kHidden)), "none, undecided");
  EXPECT_EQ(covered(with_rule(orders(TableAccess::kHidden))), "none, undecided");
  model::Table gone = with_rule(orders(TableAccess::kRestricted));
  gone.columns.erase(gone.columns.begin());
  EXPECT_EQ(covered(gone), "rows by rules, undecided");
}

TEST(Coverage, SaysInWordsWhatIsUndecided) {
  model::Table table = with_rule(orders(TableAccess::kRestricted));
  table.columns.erase(table.columns.begin());
  const store::OrganizationView view = view_with(table);
  EXPECT_EQ(cover(view.dashboards.at(kDashboard), view).tables.at(0).undecided,
            "Rule “City”: The table has no such column.");
}

TEST(Coverage, ATableThatIsGoneIsUndecided) {
  store::OrganizationView view = view_with(orders(TableAccess::kShared));
  view.tables.clear();
  EXPECT_FALSE(cover(view.dashboards.at(kDashboard), view).decided());
}

TEST(Coverage, TheTablesOfFiltersCount) {
  store::OrganizationView view = view_with(orders(TableAccess::kShared));
  model::Table other = orders(TableAccess::kHidden);
  other.id = base::TableId("tbl_other");
  view.tables.emplace(other.id, other);
  view.dashboards.at(kDashboard).filters = {{"city", "City", other.id, "city"}};
  EXPECT_FALSE(cover(view.dashboards.at(kDashboard), view).decided());
}

class Publishing : public ::testing::Test {
 protected:
  Publishing() {
    store_.write([&](store::Connection& connection) {
      return store::insert_dashboard(connection, mine_, view_.dashboards.at(kDashboard));
    });
  }
  [[nodiscard]] static Caller caller(const base::OrgId& organization, Role role) {
    return {auth::user_principal(organization, role),
            {model::ActorKind::kUser, "usr_ada", "ada@acme.example", "192.0.2.7"}};
  }
  [[nodiscard]] std::string publish(Role role, const base::DashboardId& id = kDashboard) {
    const auto done =
        publish_dashboard(store_.get(), caller(mine_, role), view_, id, base::Seconds());
    return done ? "ok" : std::string(base::code_name(done.error().code));
  }
  [[nodiscard]] bool published() {
    return store_
        .read([&](store::Connection& connection) {
          return store::list_dashboards(connection, mine_);
        })
        .at(0)
        .published;
  }

  store::TestStore store_;
  base::OrgId mine_ = store::add_organization(store_, auth::kTestOrganization.text());
  store::OrganizationView view_ = view_with(orders(TableAccess::kShared));
};

TEST_F(Publishing, IsForMakersAndNeedsCoverage) {
  EXPECT_EQ(publish(Role::kExplorer), "forbidden");
  EXPECT_EQ(publish(Role::kMaker, base::DashboardId("dsh_none")), "not_found");
  view_.tables.at(base::TableId("tbl_orders")).access = TableAccess::kHidden;
  EXPECT_EQ(publish(Role::kMaker), "coverage_undecided");
  EXPECT_FALSE(published());
  view_.tables.at(base::TableId("tbl_orders")).access = TableAccess::kShared;
  EXPECT_EQ(publish(Role::kMaker), "ok");
  EXPECT_TRUE(published());
  EXPECT_TRUE(unpublish_dashboard(store_.get(), caller(mine_, Role::kAdmin), view_, kDashboard,
                                  base::Seconds())
                  .ok());
  EXPECT_FALSE(published());
}

TEST_F(Publishing, ADraftExistsForMakersOnly) {
  const auto finds = [&](const model::Principal& principal) {
    const auto listed = list_dashboards(principal, view_);
    const bool found = find_dashboard(principal, view_, kDashboard).ok();
    EXPECT_EQ(found, listed.ok() && listed->size() == 1);
    return found;
  };
  const auto token = auth::embed_principal(mine_, Role::kMaker, {});
  EXPECT_TRUE(finds(auth::user_principal(mine_, Role::kMaker)));
  EXPECT_FALSE(finds(auth::user_principal(mine_, Role::kExplorer)));
  EXPECT_FALSE(finds(token));
  view_.dashboards.at(kDashboard).published = true;
  EXPECT_TRUE(finds(auth::user_principal(mine_, Role::kExplorer)));
  EXPECT_TRUE(finds(token));
}

}  // namespace
}  // namespace catalog
