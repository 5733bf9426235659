#include "query/chart_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/principal_test_support.h"
#include "guard/guard.h"
#include "sql/render.h"

namespace query {
namespace {

using model::Aggregate;
using model::ChartType;
using model::ColumnAccess;
using model::Grain;
using model::ValueType;

model::Table flights() {
  const model::Measure count{Aggregate::kCount, "", {}};
  const model::Measure late{
      Aggregate::kCount, "",
      model::MeasureFilter{"delay", model::Comparison::kGreater, std::int64_t{15}}};
  return {base::TableId("tbl_flights"),
          base::DatabaseId("dbs_1"),
          "flights",
          "Flights",
          model::TableAccess::kShared,
          {{"date", ValueType::kDatetime, ColumnAccess::kVisible},
           {"delay", ValueType::kInteger, ColumnAccess::kVisible},
           {"origin", ValueType::kString, ColumnAccess::kVisible},
           {"cancelled", ValueType::kBoolean, ColumnAccess::kVisible}},
          {{"flights", "Flights", count, {}, {}},
           {"delays", "Delays", {Aggregate::kSum, "delay", {}}, {}, {}},
           {"average", "Average", {Aggregate::kAverage, "delay", {}}, {}, {false, 1, "min"}},
           {"least", "Least", {Aggregate::kMin, "delay", {}}, {}, {}},
           {"most", "Most", {Aggregate::kMax, "delay", {}}, {}, {}},
           {"all_cancelled", "All cancelled", {Aggregate::kMin, "cancelled", {}}, {}, {}},
           {"any_cancelled", "Any cancelled", {Aggregate::kMax, "cancelled", {}}, {}, {}},
           {"origins", "Origins", {Aggregate::kCountDistinct, "origin", {}}, {}, {}},
           {"late", "Late", late, {}, {}},
           {"late_share", "Late share", late, count, {true, 1, ""}},
           {"broken", "Broken", {Aggregate::kSum, "gone", {}}, {}, {}}},
          {{"date", "Date", "date"},
           {"delay", "Delay", "delay"},
           {"origin", "Origin", "origin"},
           {"gone", "Gone", "gone"}},
          {}};
}

constexpr model::Date kToday{std::chrono::year(2026) / 11 / 29};

/// The plan as SQL over the whole table, or the refusal's code and detail.
std::string planned(const model::ChartSpec& spec,
                    const std::vector<sql::Expression>& conditions = {}) {
  const auto plan = plan_chart(spec, flights(), conditions, kToday);
  if (!plan) return std::string(base::code_name(plan.error().code)) + " " + plan.error().detail;
  EXPECT_EQ(plan->columns.size(), plan->select.projections.size());
  sql::Select grouped = *std::get<std::shared_ptr<const sql::Select>>(plan->select.from);
  EXPECT_TRUE(std::holds_alternative<sql::TableReference>(grouped.from));
  grouped.from = sql::PhysicalTable{"flights"};
  sql::Select select = plan->select;
  select.from = std::make_shared<const sql::Select>(std::move(grouped));
  return sql::render(select, sql::Dialect::kDuckDb)->text;
}

model::ChartSpec spec_of(std::vector<std::string> metrics,
                         std::vector<model::ChartDimension> dimensions = {}) {
  model::ChartSpec spec{base::TableId("tbl_flights"), ChartType::kBar, std::move(metrics)};
  spec.dimensions = std::move(dimensions);
  return spec;
}

TEST(ChartPlan, ComputesEveryKindOfMetric) {
  const auto metric = [](const std::string& name) {
    const std::string text = planned(spec_of({name}));
    const std::size_t begin = text.find("(SELECT ") + 8;
    return text.substr(begin, text.find(R"( AS "c0")", begin) - begin);
  };
  EXPECT_EQ(metric("flights"), "count(*)");
  EXPECT_EQ(metric("delays"), R"(sum("delay"))");
  EXPECT_EQ(metric("average"), R"(avg("delay"))");
  EXPECT_EQ(metric("least"), R"(min("delay"))");
  EXPECT_EQ(metric("most"), R"(max("delay"))");
  EXPECT_EQ(metric("all_cancelled"), R"(bool_and("cancelled"))");
  EXPECT_EQ(metric("any_cancelled"), R"(bool_or("cancelled"))");
  EXPECT_EQ(metric("origins"), R"(count(DISTINCT "origin"))");
  EXPECT_EQ(metric("late"), R"(count(*) FILTER (WHERE ("delay" > $1)))");
  EXPECT_EQ(metric("late_share"),
            R"((CAST(count(*) FILTER (WHERE ("delay" > $1)) AS DOUBLE) / NULLIF(count(*), 0)))");
}

TEST(ChartPlan, GroupsByEveryKindOfDimension) {
  const auto dimension = [](const model::ChartDimension& asked) {
    const std::string text = planned(spec_of({"flights"}, {asked}));
    const std::string shown = text.substr(7, text.find(" AS \"" + asked.dimension) - 7);
    const std::size_t begin = text.find("(SELECT ") + 8;
    return text.substr(begin, text.find(R"( AS "c0")", begin) - begin) + " -> " + shown;
  };
  EXPECT_EQ(dimension({"origin"}), R"("origin" -> "c0")");
  EXPECT_EQ(dimension({"date", Grain::kDay}), R"(CAST("date" AS DATE) -> "c0")");
  EXPECT_EQ(
      dimension({"date", Grain::kMonth}),
      R"((year("date") * 12 + month("date") - 1) -> make_date("c0" // 12, "c0" % 12 + 1, 1))");
  EXPECT_EQ(dimension({"date", Grain::kYear}), R"(year("date") -> make_date("c0", 1, 1))");
  EXPECT_EQ(dimension({"date", Grain::kHourOfDay}), R"(hour("date") -> "c0")");
  EXPECT_EQ(dimension({"date", Grain::kDayOfWeek}), R"(isodow("date") -> "c0")");
  EXPECT_EQ(dimension({"date", Grain::kMonthOfYear}), R"(month("date") -> "c0")");
  EXPECT_EQ(dimension({"date", Grain::kMinute}),
            R"(TRY_CAST(floor(epoch("date") / 60) AS BIGINT) -> make_timestamp("c0" * 60000000))");
  EXPECT_EQ(
      dimension({"date", Grain::kHour}),
      R"(TRY_CAST(floor(epoch("date") / 3600) AS BIGINT) -> make_timestamp("c0" * 3600000000))");
  EXPECT_EQ(dimension({"date", Grain::kWeek}),
            R"(TRY_CAST(floor((epoch("date") + 259200) / 604800) AS BIGINT))"
            R"( -> (DATE '1969-12-29' + CAST("c0" * 7 AS integer)))");
  EXPECT_EQ(dimension({"date", Grain::kQuarter}),
            R"((year("date") * 4 + quarter("date") - 1))"
            R"( -> make_date("c0" // 4, "c0" % 4 * 3 + 1, 1))");
  EXPECT_EQ(dimension({"delay", Grain::kNone, 10.0}),
            R"(TRY_CAST(floor("delay" / $1) AS BIGINT) -> ("c0" * $1))");
}

TEST(ChartPlan, SortsAsAskedAndThenByEveryDimension) {
  model::ChartSpec spec = spec_of({"flights", "average"}, {{"origin"}, {"date", Grain::kMonth}});
  spec.sort = model::ChartSort{"average", true};
  spec.limit_rows = 10;
  EXPECT_THAT(
      planned(spec),
      ::testing::EndsWith("GROUP BY 1, 2) AS \"t\" ORDER BY 4 DESC NULLS LAST, 1 ASC NULLS LAST, "
                          "2 ASC NULLS LAST LIMIT 10"));
  EXPECT_THAT(planned(spec_of({"flights"})),
              ::testing::EndsWith(R"(FROM "flights") AS "t" LIMIT 1000)"));
}

TEST(ChartPlan, FiltersAllApply) {
  const auto origins = sql::call(
      sql::Function::kIn,
      {sql::column("origin"), sql::bound(std::string("JFK")), sql::bound(std::string("LAX"))});
  const auto delays =
      sql::call(sql::Function::kIn, {sql::column("delay"), sql::bound(std::int64_t{5})});
  EXPECT_THAT(planned(spec_of({"flights"}), {origins}),
              ::testing::HasSubstr(R"(WHERE (CAST("origin" AS VARCHAR) IN ($1, $2))) AS)"));
  EXPECT_THAT(planned(spec_of({"flights"}), {origins, delays}),
              ::testing::HasSubstr(
                  R"(WHERE ((CAST("origin" AS VARCHAR) IN ($1, $2)) AND ("delay" IN ($3))))"));
}

TEST(ChartPlan, AppliesItsOwnFiltersBesideTheOthers) {
  model::ChartSpec spec = spec_of({"flights"});
  spec.filters = {{"delay", model::NumberRange{1.5, std::nullopt}},
                  {"date", model::DatePreset::kLastMonth},
                  {"origin", model::ChosenValues{}}};
  const auto jfk =
      sql::call(sql::Function::kEqual, {sql::column("origin"), sql::bound(std::string("JFK"))});
  EXPECT_THAT(planned(spec, {jfk}),
              ::testing::HasSubstr(R"(WHERE ((CAST("origin" AS VARCHAR) = $1) AND ("delay" >= $2))"
                                   R"( AND (("date" >= $3) AND ("date" < $4)))"));
  const auto plan = plan_chart(spec, flights(), {}, kToday);
  const auto statement = sql::render(
      [&] {
        sql::Select grouped = *std::get<std::shared_ptr<const sql::Select>>(plan->select.from);
        grouped.from = sql::PhysicalTable{"flights"};
        return grouped;
      }(),
      sql::Dialect::kDuckDb);
  const auto day = [](int y, unsigned m) {
    return model::Value(
        model::Datetime(model::Date(std::chrono::year(y) / std::chrono::month(m) / 1)));
  };
  EXPECT_THAT(statement->arguments,
              ::testing::ElementsAre(model::Value(std::int64_t{2}), day(2026, 10), day(2026, 11)));
  spec.filters = {{"none", model::ChosenValues{}}};
  EXPECT_EQ(planned(spec), "invalid_body dimension none");
  spec.filters = {{"gone", model::ChosenValues{}}};
  EXPECT_EQ(planned(spec), "not_found column gone is gone");
  spec.filters = {{"origin", model::NumberRange{1, 2}}};
  EXPECT_EQ(planned(spec), "invalid_body filter on origin");
}

/// The same with the table in place of every reference, those inside of expressions included.
std::string sealed_text(const model::ChartSpec& spec) {
  const model::Table table = flights();
  const guard::Policies::Tables tables{{table.id, table}};
  const guard::Policies::Databases databases{
      {table.database, {table.database, "Flights", model::DatabaseKind::kDuckDb}}};
  const auto plan = plan_chart(spec, table, {}, kToday);
  const auto sealed = guard::seal(plan->select, auth::embed_principal({}),
                                  {auth::kTestOrganization, tables, databases, kToday});
  std::string text = sealed ? sealed->statement().text : sealed.error().what;
  const std::string rows = R"((SELECT "date" AS "date", "delay" AS "delay", "origin" AS "origin", )"
                           R"("cancelled" AS "cancelled" FROM "flights") AS "t")";
  for (auto at = text.find(rows); at != std::string::npos; at = text.find(rows)) {
    text.replace(at, rows.size(), "FLIGHTS");
  }
  return text;
}

TEST(ChartPlan, KeepsTheLargestValuesOfItsFirstDimension) {
  model::ChartSpec spec = spec_of({"flights", "average"}, {{"origin"}, {"date", Grain::kYear}});
  const std::string kept =
      R"(("origin" IN (SELECT "c0" AS "c0" FROM (SELECT "origin" AS "c0", count(*) AS "c2")"
      R"( FROM FLIGHTS WHERE ("origin" IS NOT NULL) GROUP BY 1)"
      R"( ORDER BY 2 DESC NULLS LAST, 1 ASC NULLS LAST LIMIT 3) AS "t")))";
  spec.top = model::ChartTop{3, false};
  EXPECT_EQ(sealed_text(spec),
            R"(SELECT "c0" AS "origin", make_date("c1", 1, 1) AS "date", "c2" AS "flights",)"
            R"( "c3" AS "average" FROM (SELECT "origin" AS "c0", year("date") AS "c1",)"
            R"( count(*) AS "c2", avg("delay") AS "c3" FROM FLIGHTS WHERE )" +
                kept +
                R"( GROUP BY 1, 2) AS "t")"
                R"( ORDER BY 1 ASC NULLS LAST, 2 ASC NULLS LAST LIMIT 1000)");
  spec.top->other = true;
  const std::string gathered = sealed_text(spec);
  EXPECT_THAT(gathered, ::testing::HasSubstr("(SELECT (CASE WHEN " + kept +
                                             R"( THEN "origin" END) AS "c0")"));
  EXPECT_THAT(gathered, ::testing::HasSubstr(R"(FROM FLIGHTS GROUP BY 1, 2) AS "t")"
                                             R"( ORDER BY ("c0" IS NULL), 1 ASC)"));
  EXPECT_TRUE(plan_chart(spec, flights(), {}, kToday)->columns[0].rest);
  EXPECT_FALSE(plan_chart(spec, flights(), {}, kToday)->columns[1].rest);
}

TEST(ChartPlan, DescribesItsColumnsInTheOrderOfTheProjections) {
  const auto plan = plan_chart(
      spec_of({"average", "late_share"}, {{"delay", Grain::kNone, 10.0}, {"date", Grain::kMonth}}),
      flights(), {}, kToday);
  ASSERT_TRUE(plan.ok());
  ASSERT_EQ(plan->columns.size(), 4U);
  EXPECT_EQ(plan->columns[0].name, "delay");
  EXPECT_EQ(plan->columns[0].role, ChartColumn::Role::kDimension);
  EXPECT_EQ(plan->columns[0].bin_width, 10.0);
  EXPECT_EQ(plan->columns[1].grain, Grain::kMonth);
  EXPECT_EQ(plan->columns[2].label, "Average");
  EXPECT_EQ(plan->columns[2].role, ChartColumn::Role::kMetric);
  EXPECT_EQ(plan->columns[2].format.unit, "min");
  EXPECT_TRUE(plan->columns[3].format.percent);
}

TEST(ChartPlan, RefusesWhatTheTableDoesNotDefine) {
  EXPECT_EQ(planned(spec_of({"none"})), "invalid_body metric none");
  EXPECT_EQ(planned(spec_of({"broken"})), "not_found column gone is gone");
  EXPECT_EQ(planned(spec_of({"flights"}, {{"none"}})), "invalid_body dimension none");
  EXPECT_EQ(planned(spec_of({"flights"}, {{"gone"}})), "not_found column gone is gone");
  model::ChartSpec spec = spec_of({"flights"}, {{"origin"}});
  spec.sort = model::ChartSort{"delay", true};
  EXPECT_EQ(planned(spec), "invalid_body sort by delay");
}

TEST(ChartPlan, RefusesGrainsAndBinsThatDoNotFitTheColumn) {
  EXPECT_EQ(planned(spec_of({"flights"}, {{"origin", Grain::kMonth}})),
            "invalid_body grain on origin");
  EXPECT_EQ(planned(spec_of({"flights"}, {{"delay", Grain::kDay}})), "invalid_body grain on delay");
  EXPECT_EQ(planned(spec_of({"flights"}, {{"origin", Grain::kNone, 5.0}})),
            "invalid_body bins on origin");
  EXPECT_EQ(planned(spec_of({"flights"}, {{"delay", Grain::kNone, 0.0}})),
            "invalid_body bins on delay");
}

TEST(ChartPlan, ARefusalShowsNoNames) {
  const auto refused = plan_chart(spec_of({"broken"}), flights(), {}, kToday);
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().what, ::testing::Not(::testing::HasSubstr("gone")));
}

}  // namespace
}  // namespace query
