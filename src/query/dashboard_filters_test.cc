#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/principal_test_support.h"
#include "query/chart_query.h"

namespace query {
namespace {

using model::ColumnAccess;
using model::ValueType;

store::OrganizationView view_of(model::Table table) {
  const base::TableId id = table.id;
  store::OrganizationView view{{auth::kTestOrganization, "Mine", true}, {}, {}, {}, {}, {}, {}, {}};
  view.charts.emplace(
      base::ChartId("cht_1"),
      model::Chart{
          base::ChartId("cht_1"), "Chart", {id, model::ChartType::kValue, false, {"rows"}}});
  view.tables.emplace(id, std::move(table));
  return view;
}

model::Table orders() {
  const base::json::value rule =
      base::parse_json(R"({"column":"city","operator":"isEqualTo","attribute":"location"})")
          .value();
  return {base::TableId("tbl_orders"),
          base::DatabaseId("dbs_1"),
          "orders",
          "Orders",
          model::TableAccess::kRestricted,
          {{"city", ValueType::kString, ColumnAccess::kVisible},
           {"id", ValueType::kInteger, ColumnAccess::kVisible}},
          {{"rows", "Rows", {model::Aggregate::kCount, "", {}}, {}, {}}},
          {{"place", "Place", "city"}, {"number", "Number", "id"}, {"lost", "Lost", "gone"}},
          {{base::RuleId("rul_1"), "Own city", model::parse_rule_node(rule).value()}}};
}

model::Dashboard dashboard() {
  const base::TableId table("tbl_orders");
  return {base::DashboardId("dsh_1"),
          "Dashboard",
          "",
          {{base::ChartId("cht_1"), 0, 0, 1, 1}, {base::ChartId("cht_gone"), 0, 0, 1, 1}},
          {{"place", "Place", table, "place"},
           {"number", "Number", table, "number"},
           {"lost", "Lost", table, "lost"},
           {"away", "Away", base::TableId("tbl_gone"), "place"}}};
}

/// Of somebody for whom `table` is as it says.
std::string parsed(const std::string& text, const model::Table& table = orders()) {
  const auto filters = parse_filters(base::parse_json(text).value(), auth::embed_principal({}),
                                     dashboard(), view_of(table));
  if (!filters) {
    EXPECT_EQ(filters.error().code, base::Code::kInvalidBody);
    return "refused " + filters.error().field;
  }
  std::string description;
  for (const TableFilter& filter : *filters) {
    description += filter.table.text() + "." + filter.choice.column + "=";
    for (const model::Value& value : filter.choice.values) {
      description += model::describe_value(value) + ";";
    }
  }
  return description;
}

TEST(DashboardFilters, AreReadByTheTypeOfTheirColumn) {
  EXPECT_EQ(parsed("{}"), "");
  EXPECT_EQ(parsed(R"({"place":["Paris","Lyon"],"number":[7]})"),
            "tbl_orders.city=Paris;Lyon;tbl_orders.id=7;");
  EXPECT_EQ(parsed(R"({"place":[]})"), "") << "an empty list does not filter";
}

TEST(DashboardFilters, NameTheOneAtFault) {
  EXPECT_EQ(parsed(R"({"city":["Paris"]})"), "refused filters.city");
  EXPECT_EQ(parsed(R"({"place":"Paris"})"), "refused filters.place");
  EXPECT_EQ(parsed(R"({"place":[null]})"), "refused filters.place");
  EXPECT_EQ(parsed(R"({"number":["7"]})"), "refused filters.number");
  EXPECT_EQ(parsed(R"({"number":[7.5]})"), "refused filters.number");
  EXPECT_EQ(parsed("[]"), "refused filters");
  EXPECT_EQ(parsed(R"({"lost":["x"]})"), "refused filters.lost");
  EXPECT_EQ(parsed(R"({"away":["x"]})"), "refused filters.away");
}

TEST(DashboardFilters, OfAHiddenColumnAreAsIfTheirColumnWereGone) {
  const auto refusal = [](const model::Table& table, const std::string& text) {
    const auto filters = parse_filters(base::parse_json(text).value(), auth::embed_principal({}),
                                       dashboard(), view_of(table));
    return filters ? "read" : filters.error().field + " " + filters.error().what;
  };
  model::Table hidden = orders();
  hidden.columns[1].access = ColumnAccess::kHidden;
  model::Table gone = orders();
  gone.columns.pop_back();
  for (const std::string text :
       {R"({"number":[7]})", R"({"number":["x"]})", R"({"number":[]})", R"({"number":7})"}) {
    EXPECT_EQ(refusal(hidden, text), refusal(gone, text)) << text;
    EXPECT_NE(refusal(hidden, text), "read") << text;
  }
  EXPECT_THAT(refusal(hidden, R"({"number":["x"]})"),
              ::testing::Not(::testing::HasSubstr("integer")));
  EXPECT_EQ(parsed(R"({"place":["Paris"]})", hidden), "tbl_orders.city=Paris;");
}

TEST(DashboardFilters, AreThoseOfColumnsThatAreSeen) {
  const auto ids = [](const model::Principal& principal, const model::Table& table) {
    std::vector<std::string> seen;
    const store::OrganizationView view = view_of(table);
    const model::Dashboard shown = dashboard();
    for (const auto* filter : find_filters(principal, view, shown)) seen.push_back(filter->id);
    return seen;
  };
  model::Table table = orders();
  const model::Principal viewer = auth::embed_principal({});
  EXPECT_THAT(ids(viewer, table), ::testing::ElementsAre("place", "number"));
  table.columns[0].access = ColumnAccess::kHidden;
  EXPECT_THAT(ids(viewer, table), ::testing::ElementsAre("number"));
  EXPECT_THAT(ids(auth::user_principal(auth::kTestOrganization, model::Role::kMaker), table),
              ::testing::ElementsAre("place", "number"));
}

TEST(DashboardFilters, AreBounded) {
  std::string list = "1";
  for (int i = 1; i < 1000; ++i) list += ",1";
  EXPECT_NE(parsed("{\"number\":[" + list + "]}"), "refused filters.number");
  EXPECT_EQ(parsed("{\"number\":[" + list + ",1]}"), "refused filters.number");
}

TEST(LockedAttributesOfADashboard, AreThoseOfItsChartsTables) {
  const auto principal =
      auth::embed_principal({{"location", auth::scalar_attribute(std::string("Paris"))},
                             {"unused", auth::scalar_attribute(true)}});
  const auto locked =
      find_locked_attributes(principal, view_of(orders()), dashboard(), base::Seconds{});
  ASSERT_EQ(locked.size(), 1U);
  EXPECT_EQ(locked[0].attribute, "location");
}

}  // namespace
}  // namespace query
