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
  for (const std::string type : {"bar", "line", "value", "table"}) {
    const std::string spec =
        R"({"table":"tbl_1","type":")" + type +
        R"(","horizontal":true,"metrics":["m","n"],"dimensions":[{"dimension":"d","grain":"month"},)"
        R"({"dimension":"e","binWidth":250},{"dimension":"f"}],"limitRows":10,)"
        R"("sort":{"by":"m","descending":true}})";
    EXPECT_EQ(reread_spec(spec), spec);
  }
}

TEST(ChartSpec, HasDefaults) {
  EXPECT_EQ(reread_spec(R"({"table":"tbl_1","type":"value","metrics":["m"]})"),
            R"({"table":"tbl_1","type":"value","horizontal":false,"metrics":["m"],)"
            R"("dimensions":[],"limitRows":1000})");
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
  EXPECT_EQ(reread_with(R"("dimensions":[{"dimension":"d","grain":"week"}])"),
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

TEST(Tiles, AreReadStrictlyAndInBounds) {
  const auto again = [](std::string_view text) { return reread(text, parse_tiles, render_tiles); };
  const std::string tiles = R"([{"chart":"cht_1","x":0,"y":2,"width":6,"height":4}])";
  EXPECT_EQ(again(tiles), tiles);
  EXPECT_EQ(again("{}"), "refused tiles");
  EXPECT_EQ(again(R"([{"chart":"cht_1","x":-1,"y":2,"width":6,"height":4}])"), "refused tiles.x");
  EXPECT_EQ(again(R"([{"chart":"cht_1","x":0,"y":1001,"width":6,"height":4}])"), "refused tiles.y");
  EXPECT_EQ(again(R"([{"chart":"cht_1","x":0,"y":0,"width":6}])"), "refused tiles.height");
  EXPECT_EQ(again(R"([{"chart":"cht_1","x":0,"y":0,"width":6,"height":4,"z":1}])"),
            "refused tiles.z");
}

TEST(Filters, AreReadStrictly) {
  const auto again = [](std::string_view text) {
    return reread(text, parse_filters, render_filters);
  };
  const std::string filters =
      R"([{"id":"origin","label":"Origin","table":"tbl_1","dimension":"origin"}])";
  EXPECT_EQ(again(filters), filters);
  EXPECT_EQ(again(R"([{"id":"origin","label":"Origin","table":"tbl_1"}])"),
            "refused filters.dimension");
  EXPECT_EQ(again(R"({})"), "refused filters");
}

}  // namespace
}  // namespace model
