#include "catalog/charts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/principal_test_support.h"
#include "crypto/init.h"
#include "store/store_test_support.h"

namespace catalog {
namespace {

using model::ChartType;
using model::ColumnAccess;
using model::Role;
using model::ValueType;

const base::TableId kOrders("tbl_orders");
const base::ChartId kShown("cht_shown");

class Charts : public ::testing::Test {
 protected:
  Charts() {
    crypto::init();
    store_.write([&](store::Connection& connection) -> base::Result<base::Done> {
      RETURN_IF_ERROR(store::insert_database(
          connection, mine_,
          {base::DatabaseId("dbs_1"), "Shop", model::DatabaseKind::kDuckDb, "shop.db"}));
      RETURN_IF_ERROR(store::insert_table(connection, mine_, orders()));
      model::Chart chart = store::make_chart(kShown.text());
      RETURN_IF_ERROR(store::insert_chart(connection, mine_, chart));
      model::Dashboard dashboard = store::make_dashboard("dsh_1");
      dashboard.tiles = {{kShown, 0, 0, 1, 1}};
      return store::insert_dashboard(connection, mine_, dashboard);
    });
  }

  static model::Table orders() {
    model::Table table{kOrders,
                       base::DatabaseId("dbs_1"),
                       "orders",
                       "Orders",
                       model::TableAccess::kShared,
                       {},
                       {},
                       {},
                       {}};
    table.columns = {{"city", ValueType::kString, ColumnAccess::kVisible}};
    table.metrics = {{"rows", "Rows", {model::Aggregate::kCount, "", {}}, {}, {}}};
    table.dimensions = {{"city", "City", "city"}};
    return table;
  }
  [[nodiscard]] Caller caller(Role role) const {
    return {auth::user_principal(mine_, role),
            {model::ActorKind::kUser, "usr_ada", "ada@acme.example", "192.0.2.7"}};
  }
  [[nodiscard]] std::shared_ptr<const store::OrganizationView> view() {
    return store::expect_value(views_.get(mine_));
  }
  static WantedChart wanted(const std::string& name) {
    return {name, {kOrders, ChartType::kBar, {"rows"}, {{"city"}}}};
  }
  template <typename T>
  static std::string outcome(const base::Result<T>& result) {
    if (result) return "ok";
    const std::string& field = result.error().field;
    return std::string(base::code_name(result.error().code)) + (field.empty() ? "" : " " + field);
  }
  [[nodiscard]] std::string change(std::int64_t seen, const std::string& name) {
    return outcome(change_chart(store_.get(), caller(Role::kMaker), *view(), kShown, seen,
                                wanted(name), base::Seconds()));
  }

  store::TestStore store_;
  base::OrgId mine_ = store::add_organization(store_, auth::kTestOrganization.text());
  store::OrganizationViews views_{store_.get()};
};

TEST_F(Charts, AreMadeAndChangedByMakersOncePerVersion) {
  const auto made =
      create_chart(store_.get(), caller(Role::kMaker), *view(), wanted("A"), base::Seconds());
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(view()->charts.at(made->id).name, "A");
  EXPECT_EQ(outcome(create_chart(store_.get(), caller(Role::kExplorer), *view(), wanted("B"),
                                 base::Seconds())),
            "forbidden");
  EXPECT_EQ(change(1, "First"), "ok");
  EXPECT_EQ(change(1, "Second"), "conflict");
  EXPECT_EQ(view()->charts.at(kShown).name, "First");
  EXPECT_EQ(view()->charts.at(kShown).version, 2);
}

TEST_F(Charts, OnAPublishedDashboardNeedADecidedTable) {
  model::Table hidden = orders();
  hidden.access = model::TableAccess::kHidden;
  hidden.version = 2;
  store_.write([&](store::Connection& connection) {
    return store::update_table(connection, mine_, hidden);
  });
  EXPECT_EQ(change(1, "x"), "coverage_undecided");
  EXPECT_EQ(view()->charts.at(kShown).version, 1);
}

TEST_F(Charts, AreNotRemovedWhileTheyAreShown) {
  const auto remove = [&](InUse in_use) {
    return outcome(
        remove_chart(store_.get(), caller(Role::kMaker), *view(), kShown, in_use, base::Seconds()));
  };
  EXPECT_EQ(remove(InUse::kRefused), "content_in_use");
  EXPECT_TRUE(view()->charts.contains(kShown));
  EXPECT_EQ(remove(InUse::kForced), "ok");
  EXPECT_FALSE(view()->charts.contains(kShown));
  EXPECT_EQ(remove(InUse::kForced), "not_found");
}

TEST_F(Charts, AskForWhatTheirTableHas) {
  const auto checked = [&](const model::ChartSpec& spec) {
    return outcome(check_spec(spec, *view()));
  };
  EXPECT_EQ(checked(wanted("x").spec), "ok");
  EXPECT_EQ(checked({base::TableId("tbl_none"), ChartType::kBar, {"rows"}}),
            "invalid_body spec.table");
  EXPECT_EQ(checked({kOrders, ChartType::kBar, {"none"}}), "invalid_body spec.table");
  EXPECT_EQ(checked({kOrders, ChartType::kHeatmap, {"rows"}, {{"city"}}}),
            "invalid_body spec.dimensions");
  EXPECT_EQ(checked({kOrders, ChartType::kScatter, {"rows"}, {{"city"}}}),
            "invalid_body spec.metrics");
  EXPECT_EQ(checked({kOrders, ChartType::kMap, {"rows"}, {{"city"}}}), "invalid_body spec.options");
  EXPECT_EQ(checked({kOrders, ChartType::kGauge, {"rows"}, {{"city"}}}),
            "invalid_body spec.dimensions");
}

}  // namespace
}  // namespace catalog
