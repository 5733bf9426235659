#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/principal_test_support.h"
#include "query/chart_query.h"

namespace query {
namespace {

using model::ColumnAccess;
using model::ValueType;

constexpr model::Date kToday{std::chrono::year(2026) / 11 / 29};

store::OrganizationView view_of(model::Table table) {
  const base::TableId id = table.id;
  store::OrganizationView view{{auth::kTestOrganization, "Mine", true}, {}, {}, {}, {}, {}, {}, {}};
  view.charts.emplace(
      base::ChartId("cht_1"),
      model::Chart{base::ChartId("cht_1"), "Chart", {id, model::ChartType::kValue, {"rows"}}});
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
std::string parsed(const std::string& text, const model::Table& table = orders(),
                   const model::Dashboard& on = dashboard()) {
  const auto filters = parse_filters(base::parse_json(text).value(), auth::embed_principal({}),
                                     on.filters, view_of(table), kToday);
  if (!filters) {
    EXPECT_EQ(filters.error().code, base::Code::kInvalidBody);
    return "refused " + filters.error().field;
  }
  std::string description;
  for (const TableFilter& filter : *filters) {
    sql::Select select{{{sql::column("x"), "x"}}, sql::PhysicalTable{"t"}, filter.condition};
    const sql::Statement statement = sql::render(select, sql::Dialect::kDuckDb).value();
    description += filter.table.text() + " " + statement.text.substr(statement.text.find("WHERE"));
    for (const model::Value& value : statement.arguments) {
      description += " " + model::describe_value(value);
    }
    description += ";";
  }
  return description;
}

TEST(DashboardFilters, AreReadByTheTypeOfTheirColumn) {
  EXPECT_EQ(parsed("{}"), "");
  EXPECT_EQ(parsed(R"({"place":["Paris","Lyon"],"number":[7]})"),
            "tbl_orders WHERE (CAST(\"city\" AS VARCHAR) IN ($1, $2)) Paris Lyon;"
            "tbl_orders WHERE (\"id\" IN ($1)) 7;");
  EXPECT_EQ(parsed(R"({"place":["Paris",null]})"),
            "tbl_orders WHERE ((CAST(\"city\" AS VARCHAR) IN ($1)) OR (\"city\" IS NULL)) Paris;");
}

TEST(DashboardFilters, TakeWhatTheirKindIsFor) {
  const base::TableId table("tbl_orders");
  model::Dashboard kinds = dashboard();
  kinds.filters = {{"search", "S", table, "place", model::FilterKind::kSearch},
                   {"number", "N", table, "number", model::FilterKind::kNumber},
                   {"date", "D", table, "number", model::FilterKind::kDate}};
  const auto of = [&](const std::string& text) { return parsed(text, orders(), kinds); };
  EXPECT_EQ(of(R"({"search":{"contains":"50%"},"number":{"from":1.5,"to":7}})"),
            "tbl_orders WHERE contains(lower(CAST(\"city\" AS VARCHAR)), lower($1)) 50%;"
            "tbl_orders WHERE ((\"id\" >= $1) AND (\"id\" <= $2)) 2 7;");
  EXPECT_EQ(of(R"({"search":{},"number":{},"date":[]})"), "");
  EXPECT_EQ(of(R"({"search":["Paris"]})"), "refused filters.search");
  EXPECT_EQ(of(R"({"number":{"contains":"7"}})"), "refused filters.number");
  EXPECT_EQ(of(R"({"date":{"from":1}})"), "refused filters.date");
  EXPECT_EQ(of(R"({"date":{"preset":"today"}})"), "refused filters.date") << "the column is none";
}

TEST(Selections, NarrowEveryOtherChartOnTheTable) {
  store::OrganizationView view = view_of(orders());
  model::Chart picked{base::ChartId("cht_2"),
                      "Picked",
                      {base::TableId("tbl_orders"), model::ChartType::kBar, {"rows"}, {{"place"}}}};
  view.charts.emplace(picked.id, picked);
  const std::vector<const model::Chart*> charts = {&view.charts.at(base::ChartId("cht_1")),
                                                   &view.charts.at(picked.id)};
  const auto parse = [&](const std::string& text) {
    return parse_selections(base::parse_json(text)->as_array(), auth::embed_principal({}), charts,
                            view);
  };
  const auto selections = parse(R"([{"chart":"cht_2","dimension":"place","values":["Paris"]}])");
  ASSERT_TRUE(selections.ok());
  ASSERT_EQ(selections->size(), 1U);
  EXPECT_TRUE(selections->front().acts_on(*charts[0]));
  EXPECT_FALSE(selections->front().acts_on(*charts[1])) << "the one that was picked in";
  for (const auto& [text, field] : std::vector<std::pair<std::string, std::string>>{
           {R"([{"chart":"cht_9","dimension":"place","values":["Paris"]}])", "selections.chart"},
           {R"([{"chart":"cht_2","dimension":"number","values":[7]}])", "selections.dimension"},
           {R"([{"chart":"cht_2","dimension":"place","grain":"day","values":["x"]}])",
            "selections.dimension"},
           {R"([{"chart":"cht_2","dimension":"place","values":[7]}])", "selections.values"},
           {R"([{"chart":"cht_2","dimension":"place","values":[]}])", "selections.values"},
           {R"([{"chart":"cht_2","dimension":"place"}])", "selections.values"}}) {
    const auto refused = parse(text);
    ASSERT_FALSE(refused.ok()) << text;
    EXPECT_EQ(refused.error().code, base::Code::kInvalidBody);
    EXPECT_EQ(refused.error().field, field);
  }
  view.tables.at(base::TableId("tbl_orders")).columns[0].access = ColumnAccess::kHidden;
  const auto hidden = parse(R"([{"chart":"cht_2","dimension":"place","values":["Paris"]}])");
  ASSERT_FALSE(hidden.ok());
  EXPECT_EQ(hidden.error().field, "selections.dimension");
}

TEST(DashboardFilters, NameTheOneAtFault) {
  EXPECT_EQ(parsed(R"({"city":["Paris"]})"), "refused filters.city");
  EXPECT_EQ(parsed(R"({"place":"Paris"})"), "refused filters.place");
  EXPECT_EQ(parsed(R"({"place":[["Paris"]]})"), "refused filters.place");
  EXPECT_EQ(parsed(R"({"place":{"from":1}})"), "refused filters.place");
  EXPECT_EQ(parsed(R"({"number":{"contains":"7"}})"), "refused filters.number");
  EXPECT_EQ(parsed(R"({"number":{"preset":"today"}})"), "refused filters.number");
  EXPECT_EQ(parsed(R"({"place":{"sql":"1=1"}})"), "refused filters.place.sql");
  EXPECT_EQ(parsed(R"({"number":["7"]})"), "refused filters.number");
  EXPECT_EQ(parsed(R"({"number":[7.5]})"), "refused filters.number");
  EXPECT_EQ(parsed("[]"), "refused filters");
  EXPECT_EQ(parsed(R"({"lost":["x"]})"), "refused filters.lost");
  EXPECT_EQ(parsed(R"({"away":["x"]})"), "refused filters.away");
}

TEST(DashboardFilters, OfAHiddenColumnAreAsIfTheirColumnWereGone) {
  const auto refusal = [](const model::Table& table, const std::string& text) {
    const auto filters = parse_filters(base::parse_json(text).value(), auth::embed_principal({}),
                                       dashboard().filters, view_of(table), kToday);
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
  EXPECT_EQ(parsed(R"({"place":["Paris"]})", hidden),
            "tbl_orders WHERE (CAST(\"city\" AS VARCHAR) IN ($1)) Paris;");
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

TEST(LockedAttributes, AreThoseOfTheChartsTables) {
  const auto principal =
      auth::embed_principal({{"location", auth::scalar_attribute(std::string("Paris"))},
                             {"unused", auth::scalar_attribute(true)}});
  const store::OrganizationView view = view_of(orders());
  const auto locked = find_locked_attributes(
      principal, view, {&view.charts.at(base::ChartId("cht_1"))}, base::Seconds{});
  ASSERT_EQ(locked.size(), 1U);
  EXPECT_EQ(locked[0].attribute, "location");
  EXPECT_TRUE(find_locked_attributes(principal, view, {}, base::Seconds{}).empty());
}

}  // namespace
}  // namespace query
