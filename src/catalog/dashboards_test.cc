#include "catalog/dashboards.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/principal_test_support.h"
#include "store/store_test_support.h"

namespace catalog {
namespace {

using model::Access;

store::OrganizationView view_of_two() {
  store::OrganizationView view{{auth::kTestOrganization, "Mine", true}, {}, {}, {}, {}, {}, {}, {}};
  for (const std::string id : {"dsh_a", "dsh_b"}) {
    view.dashboards.emplace(base::DashboardId(id), store::make_dashboard(id));
  }
  view.charts.emplace(base::ChartId("cht_a"), store::make_chart("cht_a"));
  return view;
}

model::Principal token_with(Access access, model::Resources resources) {
  model::EmbedIdentity identity = auth::embed_identity({});
  identity.permissions.dashboard = access;
  identity.resources = std::move(resources);
  return auth::PrincipalFactory::for_embed(auth::kTestOrganization, model::Role::kExplorer,
                                           std::move(identity));
}

model::Resources narrowed_to(std::set<base::DashboardId> dashboards) {
  return {true, false, std::move(dashboards), {}};
}

/// The listed ids, or the refusal; and checks that each is found and the others are not.
std::string listed(const model::Principal& principal) {
  const store::OrganizationView view = view_of_two();
  const auto dashboards = list_dashboards(principal, view);
  std::string ids;
  for (const auto& [id, dashboard] : view.dashboards) {
    const auto found = find_dashboard(principal, view, id);
    if (found) ids += id.text() + " ";
  }
  if (!dashboards) {
    EXPECT_EQ(ids, "");
    return std::string(base::code_name(dashboards.error().code));
  }
  std::string listed_ids;
  for (const model::Dashboard* dashboard : *dashboards) listed_ids += dashboard->id.text() + " ";
  EXPECT_EQ(listed_ids, ids);
  return ids;
}

TEST(Dashboards, EveryUserSeesAll) {
  for (const auto role : {model::Role::kExplorer, model::Role::kMaker, model::Role::kAdmin}) {
    EXPECT_EQ(listed(auth::user_principal(auth::kTestOrganization, role)), "dsh_a dsh_b ");
  }
}

/// Of "cht_a", which is on dsh_a alone, and "cht_b", which is on none.
std::string alone(const model::Principal& principal) {
  store::OrganizationView view = view_of_two();
  view.charts.emplace(base::ChartId("cht_b"), store::make_chart("cht_b"));
  for (auto& [id, dashboard] : view.dashboards) dashboard.tiles.clear();
  view.dashboards.at(base::DashboardId("dsh_a"))
      .tiles.push_back({base::ChartId("cht_a"), 0, 0, 1, 1});
  std::string seen;
  for (const std::string id : {"cht_a", "cht_b", "cht_none"}) {
    const auto chart = find_chart_alone(principal, view, base::ChartId(id));
    if (chart) {
      seen += id + " ";
    } else if (chart.error().code != base::Code::kNotFound) {
      return std::string(base::code_name(chart.error().code));
    }
  }
  return seen;
}

model::Principal chart_token(Access dashboards, Access charts, model::Resources resources,
                             std::set<base::ChartId> revoked = {}) {
  model::EmbedIdentity identity = auth::embed_identity({});
  identity.permissions.dashboard = dashboards;
  identity.permissions.chart = charts;
  identity.resources = std::move(resources);
  identity.revoked_charts = std::move(revoked);
  return auth::PrincipalFactory::for_embed(auth::kTestOrganization, model::Role::kExplorer,
                                           std::move(identity));
}

TEST(ChartsAlone, AreSeenByAListOrOnADashboardThatIsSeen) {
  const std::set<base::ChartId> b{base::ChartId("cht_b")};
  EXPECT_EQ(alone(chart_token(Access::kView, Access::kView, {})), "cht_a ");
  EXPECT_EQ(alone(chart_token(Access::kView, Access::kView, {false, true, {}, b})), "cht_b ");
  EXPECT_EQ(alone(chart_token(Access::kNone, Access::kView, {false, true, {}, b})), "cht_b ");
  EXPECT_EQ(alone(chart_token(Access::kNone, Access::kView, {})), "") << "sees no dashboard";
  EXPECT_EQ(alone(chart_token(Access::kView, Access::kView, narrowed_to({}))), "");
  EXPECT_EQ(
      alone(chart_token(Access::kView, Access::kView, narrowed_to({base::DashboardId("dsh_b")}))),
      "");
  EXPECT_EQ(alone(chart_token(Access::kView, Access::kView, {false, true, {}, {}})), "");
  EXPECT_EQ(alone(chart_token(Access::kEdit, Access::kNone, {false, true, {}, b})),
            "permission_missing");
}

TEST(ChartsAlone, ThatWereRevokedAreNotThere) {
  const std::set<base::ChartId> both{base::ChartId("cht_a"), base::ChartId("cht_b")};
  EXPECT_EQ(alone(chart_token(Access::kView, Access::kView, {}, both)), "");
  EXPECT_EQ(alone(chart_token(Access::kView, Access::kView, {false, true, {}, both}, both)), "");
}

TEST(ChartsAlone, PeopleSeeThoseOnPublishedDashboardsAndMakersAll) {
  const auto seen = [](model::Role role) {
    return alone(auth::user_principal(auth::kTestOrganization, role));
  };
  EXPECT_EQ(seen(model::Role::kExplorer), "cht_a ");
  EXPECT_EQ(seen(model::Role::kMaker), "cht_a cht_b ");
  EXPECT_EQ(seen(model::Role::kAdmin), "cht_a cht_b ");
}

TEST(Exports, AreForPeopleAndForTokensThatSaySo) {
  EXPECT_TRUE(may_export(auth::user_principal(auth::kTestOrganization, model::Role::kExplorer)));
  EXPECT_FALSE(may_export(chart_token(Access::kEdit, Access::kEdit, {})));
  model::EmbedIdentity identity = auth::embed_identity({});
  identity.permissions.chart_export = true;
  EXPECT_TRUE(may_export(auth::PrincipalFactory::for_embed(
      auth::kTestOrganization, model::Role::kExplorer, std::move(identity))));
}

TEST(Dashboards, ATokenSeesThoseItIsNarrowedTo) {
  EXPECT_EQ(listed(token_with(Access::kView, {})), "dsh_a dsh_b ");
  EXPECT_EQ(listed(token_with(Access::kEdit, {})), "dsh_a dsh_b ");
  EXPECT_EQ(listed(token_with(Access::kView, narrowed_to({base::DashboardId("dsh_b")}))), "dsh_b ");
  EXPECT_EQ(listed(token_with(Access::kView, narrowed_to({base::DashboardId("dsh_none")}))), "");
  EXPECT_EQ(listed(token_with(Access::kView, narrowed_to({}))), "");
}

TEST(Dashboards, ATokenWithoutThePermissionSeesNone) {
  EXPECT_EQ(listed(token_with(Access::kNone, {})), "permission_missing");
  EXPECT_EQ(listed(token_with(Access::kNone, narrowed_to({base::DashboardId("dsh_a")}))),
            "permission_missing");
}

TEST(Dashboards, UnknownForeignAndOutOfScopeGetOneAnswer) {
  const store::OrganizationView view = view_of_two();
  const auto narrow = token_with(Access::kView, narrowed_to({base::DashboardId("dsh_a")}));
  const auto out_of_scope = find_dashboard(narrow, view, base::DashboardId("dsh_b"));
  const auto unknown = find_dashboard(narrow, view, base::DashboardId("dsh_none"));
  ASSERT_FALSE(out_of_scope.ok());
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(out_of_scope.error().code, base::Code::kNotFound);
  EXPECT_EQ(out_of_scope.error().code, unknown.error().code);
  EXPECT_EQ(out_of_scope.error().what, unknown.error().what);
  EXPECT_EQ(out_of_scope.error().field, unknown.error().field);
}

TEST(Dashboards, WhatWasRevokedIsNotThere) {
  model::EmbedIdentity identity = auth::embed_identity({});
  identity.revoked_dashboards = {base::DashboardId("dsh_a")};
  identity.revoked_charts = {base::ChartId("cht_a")};
  const auto principal = auth::PrincipalFactory::for_embed(
      auth::kTestOrganization, model::Role::kExplorer, std::move(identity));
  const store::OrganizationView view = view_of_two();
  const auto listed = list_dashboards(principal, view);
  ASSERT_TRUE(listed.ok());
  ASSERT_EQ(listed->size(), 1U);
  EXPECT_EQ(listed->front()->id, base::DashboardId("dsh_b"));
  EXPECT_EQ(find_dashboard(principal, view, base::DashboardId("dsh_a")).error().code,
            base::Code::kNotFound);
  model::Dashboard dashboard = store::make_dashboard("dsh_b");
  dashboard.tiles = {{base::ChartId("cht_a"), 0, 0, 1, 1}};
  EXPECT_TRUE(charts_of(principal, dashboard, view).empty());
}

TEST(Dashboards, ATileWhoseChartIsGoneIsLeftOut) {
  const model::Principal principal = auth::embed_principal({});
  model::Dashboard dashboard = store::make_dashboard("dsh_a");
  dashboard.tiles = {{base::ChartId("cht_gone"), 0, 0, 1, 1}, {base::ChartId("cht_a"), 0, 0, 1, 1}};
  const store::OrganizationView view = view_of_two();
  const auto charts = charts_of(principal, dashboard, view);
  ASSERT_EQ(charts.size(), 1U);
  EXPECT_EQ(charts[0]->id, base::ChartId("cht_a"));
}

}  // namespace
}  // namespace catalog
