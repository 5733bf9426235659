#include "model/dashboard.h"

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

std::string tiles_of(std::string_view text) { return reread(text, parse_tiles, render_tiles); }
std::string filters_of(std::string_view text) {
  return reread(text, parse_filters, render_filters);
}

TEST(Tiles, AreReadStrictlyAndInBounds) {
  const std::string tiles =
      R"([{"id":"a","kind":"chart","chart":"cht_1","tab":"t","x":0,"y":2,"width":6,"height":4},)"
      R"({"id":"b","kind":"text","text":"**Hello**","x":0,"y":6,"width":6,"height":1}])";
  EXPECT_EQ(tiles_of(tiles), tiles);
  EXPECT_EQ(tiles_of("{}"), "refused tiles");
  EXPECT_EQ(tiles_of(R"([{"chart":"cht_1","x":-1,"y":2,"width":6,"height":4}])"),
            "refused tiles.x");
  EXPECT_EQ(tiles_of(R"([{"chart":"cht_1","x":0,"y":1001,"width":6,"height":4}])"),
            "refused tiles.y");
  EXPECT_EQ(tiles_of(R"([{"chart":"cht_1","x":0,"y":0,"width":6}])"), "refused tiles.height");
  EXPECT_EQ(tiles_of(R"([{"chart":"cht_1","x":0,"y":0,"width":6,"height":4,"z":1}])"),
            "refused tiles.z");
  EXPECT_EQ(tiles_of(R"([{"kind":"chart","x":0,"y":0,"width":6,"height":4}])"),
            "refused tiles.chart");
  EXPECT_EQ(tiles_of(R"([{"kind":"frame","x":0,"y":0,"width":6,"height":4}])"),
            "refused tiles.kind");
  EXPECT_EQ(tiles_of(R"([{"kind":"text","chart":"c","x":0,"y":0,"width":6,"height":4}])"),
            "refused tiles.chart");
}

TEST(Tiles, OfEarlierVersionsAreCharts) {
  EXPECT_EQ(tiles_of(R"([{"chart":"cht_1","x":0,"y":2,"width":6,"height":4}])"),
            R"([{"id":"tile-1","kind":"chart","chart":"cht_1","x":0,"y":2,"width":6,"height":4}])");
}

TEST(Tiles, HaveTheirOwnIds) {
  EXPECT_EQ(tiles_of(R"([{"id":"a","chart":"cht_1","x":0,"y":2,"width":6,"height":4},)"
                     R"({"id":"a","chart":"cht_1","x":0,"y":6,"width":6,"height":4}])"),
            "refused tiles.id");
}

TEST(Filters, AreReadStrictly) {
  const std::string filters =
      R"([{"id":"origin","label":"Origin","table":"tbl_1","dimension":"origin",)"
      R"("kind":"search","multiple":false,"charts":["cht_1"]}])";
  EXPECT_EQ(filters_of(filters), filters);
  EXPECT_EQ(filters_of(R"([{"id":"origin","label":"Origin","table":"tbl_1"}])"),
            "refused filters.dimension");
  EXPECT_EQ(filters_of(R"([{"id":"o","label":"O","table":"t","dimension":"d","kind":"sql"}])"),
            "refused filters.kind");
  EXPECT_EQ(filters_of(R"({})"), "refused filters");
}

TEST(Filters, OfEarlierVersionsAreListsOfCategories) {
  EXPECT_EQ(filters_of(R"([{"id":"o","label":"O","table":"t","dimension":"d"}])"),
            R"([{"id":"o","label":"O","table":"t","dimension":"d","kind":"category",)"
            R"("multiple":true}])");
}

TEST(Tabs, AreReadStrictly) {
  const auto tabs_of = [](std::string_view text) { return reread(text, parse_tabs, render_tabs); };
  EXPECT_EQ(tabs_of(R"([{"id":"a","label":"One"}])"), R"([{"id":"a","label":"One"}])");
  EXPECT_EQ(tabs_of(R"([{"id":"a"}])"), "refused tabs.label");
  EXPECT_EQ(tabs_of(R"([{"id":"a","label":"One"},{"id":"a","label":"Two"}])"), "refused tabs.id");
}

}  // namespace
}  // namespace model
