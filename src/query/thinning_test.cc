#include "query/thinning.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace query {
namespace {

using model::Cell;
using model::ChartType;
using model::ValueType;

model::ChartSpec spec_of(ChartType type, std::size_t dimensions) {
  model::ChartSpec spec{base::TableId("tbl_1"), type, {"m"}};
  for (std::size_t i = 0; i < dimensions; ++i) spec.dimensions.push_back({"d"});
  return spec;
}

source::ResultSet rows_of(std::vector<std::vector<Cell>> columns) {
  source::ResultSet rows;
  for (auto& cells : columns) rows.columns.push_back({"c", ValueType::kInteger, std::move(cells)});
  return rows;
}

/// A flat line of 10,000 rows with one peak and one hole.
source::ResultSet long_line() {
  std::vector<Cell> x;
  std::vector<Cell> y;
  for (std::int64_t i = 0; i < 10'000; ++i) {
    x.emplace_back(i);
    y.emplace_back(i == 1234   ? std::int64_t{999}
                   : i == 8765 ? std::int64_t{-999}
                               : std::int64_t{5});
  }
  return rows_of({std::move(x), std::move(y)});
}

TEST(Thinning, KeepsPeaksAndHolesAndTheOrder) {
  for (const ChartType type : {ChartType::kLine, ChartType::kArea}) {
    const auto kept = thin(spec_of(type, 1), long_line(), 300);
    ASSERT_TRUE(kept.has_value());
    EXPECT_LE(kept->size(), 300U);
    EXPECT_GT(kept->size(), 100U);
    EXPECT_THAT(*kept, ::testing::Contains(1234U));
    EXPECT_THAT(*kept, ::testing::Contains(8765U));
    EXPECT_TRUE(std::ranges::is_sorted(*kept));
    EXPECT_EQ(std::ranges::adjacent_find(*kept), kept->end());
  }
}

TEST(Thinning, LeavesSmallAnswersAndOtherChartsWhole) {
  EXPECT_FALSE(thin(spec_of(ChartType::kLine, 1), long_line(), 10'000).has_value());
  EXPECT_FALSE(thin(spec_of(ChartType::kBar, 1), long_line(), 300).has_value());
  EXPECT_FALSE(thin(spec_of(ChartType::kTable, 1), long_line(), 300).has_value());
  EXPECT_FALSE(thin(spec_of(ChartType::kLine, 1), rows_of({{}, {}}), 300).has_value());
}

TEST(Thinning, GivesEachLineItsShare) {
  std::vector<Cell> x;
  std::vector<Cell> name;
  std::vector<Cell> y;
  for (std::int64_t i = 0; i < 4000; ++i) {
    x.emplace_back(i / 2);
    name.emplace_back(i % 2);
    y.emplace_back(i == 2001 ? std::int64_t{9} : std::int64_t{1});
  }
  const auto kept = thin(spec_of(ChartType::kLine, 2),
                         rows_of({std::move(x), std::move(name), std::move(y)}), 100);
  ASSERT_TRUE(kept.has_value());
  EXPECT_LE(kept->size(), 100U);
  EXPECT_THAT(*kept, ::testing::Contains(2001U));
  EXPECT_GT(std::ranges::count_if(*kept, [](std::size_t row) { return row % 2 == 0; }), 20);
}

TEST(Thinning, CutsAScatterByItsX) {
  std::vector<Cell> label;
  std::vector<Cell> x;
  std::vector<Cell> y;
  for (std::int64_t i = 0; i < 1000; ++i) {
    label.emplace_back(i);
    x.emplace_back((i * 7919) % 1000);
    y.emplace_back(i == 500 ? Cell(std::int64_t{77}) : i == 501 ? Cell() : Cell(std::int64_t{1}));
  }
  model::ChartSpec spec = spec_of(ChartType::kScatter, 1);
  spec.metrics = {"x", "y"};
  const auto kept = thin(spec, rows_of({std::move(label), std::move(x), std::move(y)}), 50);
  ASSERT_TRUE(kept.has_value());
  EXPECT_LE(kept->size(), 50U);
  EXPECT_THAT(*kept, ::testing::Contains(500U));
}

}  // namespace
}  // namespace query
