#include "catalog/departures.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace catalog {
namespace {

TEST(Departures, FlightsAreRestrictedByStateAndAirportsShared) {
  const DemoContent content = build_departures("f.duckdb");
  EXPECT_EQ(content.flights.access, model::TableAccess::kRestricted);
  EXPECT_EQ(content.airports.access, model::TableAccess::kShared);
  EXPECT_EQ(content.state.name, "state");
  ASSERT_EQ(content.flights.rules.size(), 1U);
  EXPECT_EQ(base::render_json(model::render_rule_node(content.flights.rules[0].rows)),
            R"({"column":"origin_state","operator":"isEqualTo","attribute":"state"})");
}

TEST(Departures, EveryTileHasItsChartAndEveryPartIsDefined) {
  const DemoContent content = build_departures("f.duckdb");
  EXPECT_EQ(content.dashboard.tiles.size(), content.charts.size());
  EXPECT_GE(content.charts.size(), 8U);
  for (const model::Chart& chart : content.charts) {
    EXPECT_EQ(std::ranges::count(content.dashboard.tiles, chart.id, &model::Tile::chart), 1);
    for (const std::string& metric : chart.spec.metrics) {
      EXPECT_NE(content.flights.find_metric(metric), nullptr) << metric;
    }
    for (const model::ChartDimension& dimension : chart.spec.dimensions) {
      const model::Dimension* known = content.flights.find_dimension(dimension.dimension);
      ASSERT_NE(known, nullptr) << dimension.dimension;
      EXPECT_NE(content.flights.find_column(known->column), nullptr);
    }
  }
  for (const model::DashboardFilter& filter : content.dashboard.filters) {
    EXPECT_NE(content.flights.find_dimension(filter.dimension), nullptr);
  }
}

TEST(Departures, TilesDoNotOverlapAndFitTheGrid) {
  const DemoContent content = build_departures("f.duckdb");
  std::set<std::pair<int, int>> taken;
  for (const model::Tile& tile : content.dashboard.tiles) {
    EXPECT_LE(tile.x + tile.width, 12);
    for (int x = tile.x; x < tile.x + tile.width; ++x) {
      for (int y = tile.y; y < tile.y + tile.height; ++y) {
        EXPECT_TRUE(taken.emplace(x, y).second) << x << "," << y;
      }
    }
  }
}

}  // namespace
}  // namespace catalog
