#include "model/chart.h"

#include <gtest/gtest.h>

namespace model {
namespace {

template <typename Parse, typename Render>
std::string reread(std::string_view text, Parse parse, Render render) {
  const auto parsed = parse(base::parse_json(text).value());
  if (parsed) return base::render_json(render(*parsed));
  EXPECT_EQ(parsed.error().code, base::Code::kInvalidBody);
  return "refused " + parsed.error().field;
}

std::string reread_spec(std::string_view text) {
  return reread(text, parse_chart_spec, render_chart_spec);
}

/// A spec with these members besides the required ones.
std::string reread_with(const std::string& members) {
  return reread_spec(R"({"table":"tbl_1","type":"bar","metrics":["m"],)" + members + "}");
}

TEST(ChartSpec, WhatWasReadIsWrittenTheSame) {
  for (const std::string type : {"bar", "stackedBar", "line", "area", "combo", "circular", "value",
                                 "heatmap", "scatter", "funnel", "gauge", "map", "table"}) {
    const std::string spec =
        R"({"table":"tbl_1","type":")" + type +
        R"(","metrics":["m","n"],"dimensions":[{"dimension":"d","grain":"month"},)"
        R"({"dimension":"e","binWidth":250},{"dimension":"f","binWidth":2.5E-1}],"limitRows":10,)"
        R"("sort":{"by":"m","descending":true},)"
        R"("filters":[{"dimension":"d","preset":"thisYear"},{"dimension":"f","values":["x",null]}],)"
        R"("top":{"count":5,"other":true},)"
        R"("options":{"horizontal":true,"percent":true,"donut":true,"comparison":"previous",)"
        R"("totals":true,"secondAxis":["n"],"lines":["m","n"],"minimum":0E0,"maximum":1E2,)"
        R"("steps":[{"from":5E0,"color":"bad"}],)"
        R"("colors":[{"metric":"m","from":1E0,"to":2E0,"color":"good"}],)"
        R"("latitude":"d","longitude":"e"}})";
    EXPECT_EQ(reread_spec(spec), spec);
  }
}

TEST(ChartSpec, HasDefaults) {
  EXPECT_EQ(reread_spec(R"({"table":"tbl_1","type":"value","metrics":["m"]})"),
            R"({"table":"tbl_1","type":"value","metrics":["m"],"dimensions":[],"limitRows":1000})");
}

TEST(ChartSpec, ThoseOfEarlierVersionsAreRead) {
  EXPECT_EQ(reread_with(R"("horizontal":true,"dimensions":[],"limitRows":1000)"),
            R"({"table":"tbl_1","type":"bar","metrics":["m"],"dimensions":[],"limitRows":1000,)"
            R"("options":{"horizontal":true}})");
  EXPECT_EQ(reread_with(R"("horizontal":false,"dimensions":[],"limitRows":1000)"),
            R"({"table":"tbl_1","type":"bar","metrics":["m"],"dimensions":[],"limitRows":1000})");
}

TEST(ChartSpec, ChecksFiltersTopAndOptions) {
  EXPECT_EQ(reread_with(R"("filters":[{"values":["x"]}])"), "refused filters.dimension");
  EXPECT_EQ(reread_with(R"("filters":[{"dimension":"d","preset":"someDay"}])"),
            "refused filters.preset");
  EXPECT_EQ(reread_with(R"("filters":[{"dimension":"d","sql":"1=1"}])"), "refused filters.sql");
  EXPECT_EQ(reread_with(R"("top":{"count":5})"), "refused top") << "without a dimension";
  const std::string dimension = R"("dimensions":[{"dimension":"d"}],)";
  for (const std::string count : {"0", "-1", "501", "1.5"}) {
    EXPECT_EQ(reread_with(dimension + R"("top":{"count":)" + count + "}"), "refused top.count");
  }
  for (const auto& [options, field] : std::vector<std::pair<std::string, std::string>>{
           {R"("lines":["other"])", "lines"},
           {R"("secondAxis":["other"])", "secondAxis"},
           {R"("latitude":"other")", "latitude"},
           {R"("comparison":"next")", "comparison"},
           {R"("minimum":2,"maximum":2)", "maximum"},
           {R"("steps":[{"color":"bad"}])", "steps.from"},
           {R"x("steps":[{"from":1,"color":"url(evil)"}])x", "steps.color"},
           {R"("colors":[{"metric":"other","color":"bad"}])", "colors.metric"},
           {R"x("onclick":"evil()")x", "onclick"}}) {
    EXPECT_EQ(reread_with(dimension + "\"options\":{" + options + "}"), "refused options." + field);
  }
}

TEST(ChartSpec, RefusesWhatIsMissingUnknownOrMistyped) {
  EXPECT_EQ(reread_spec(R"({"type":"bar","metrics":["m"]})"), "refused table");
  EXPECT_EQ(reread_spec(R"({"table":"t","metrics":["m"]})"), "refused type");
  EXPECT_EQ(reread_spec(R"({"table":"t","type":"radar","metrics":["m"]})"), "refused type");
  EXPECT_EQ(reread_spec(R"({"table":"t","type":"bar"})"), "refused metrics");
  EXPECT_EQ(reread_spec(R"({"table":"t","type":"bar","metrics":[]})"), "refused metrics");
  EXPECT_EQ(reread_with(R"("sql":"SELECT 1")"), "refused sql");
  EXPECT_EQ(reread_with(R"("horizontal":1)"), "refused horizontal");
  EXPECT_EQ(reread_with(R"("dimensions":{})"), "refused dimensions");
  EXPECT_EQ(reread_with(R"("sort":"m")"), "refused sort");
}

TEST(ChartSpec, RefusesDimensionsThatAreNotWhole) {
  EXPECT_EQ(reread_with(R"("dimensions":["d"])"), "refused dimensions");
  EXPECT_EQ(reread_with(R"("dimensions":[{}])"), "refused dimensions.dimension");
  EXPECT_EQ(reread_with(R"("dimensions":[{"dimension":"d","grain":"decade"}])"),
            "refused dimensions.grain");
  EXPECT_EQ(reread_with(R"("dimensions":[{"dimension":"d","binWidth":0}])"),
            "refused dimensions.binWidth");
  EXPECT_EQ(reread_with(R"("dimensions":[{"dimension":"d","binWidth":-1}])"),
            "refused dimensions.binWidth");
  EXPECT_EQ(reread_with(R"("dimensions":[{"dimension":"d","column":"c"}])"),
            "refused dimensions.column");
}

TEST(ChartSpec, BoundsItsRows) {
  EXPECT_NE(reread_with(R"("limitRows":1)"), "refused limitRows");
  EXPECT_NE(reread_with(R"("limitRows":100000)"), "refused limitRows");
  for (const std::string limit : {"0", "-1", "100001", "1.5", R"("10")"}) {
    EXPECT_EQ(reread_with("\"limitRows\":" + limit), "refused limitRows") << limit;
  }
}

}  // namespace
}  // namespace model
