#pragma once

// Charts and dashboards. A chart asks for metrics by dimensions of one table; it never holds SQL.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/json.h"
#include "base/result.h"

namespace model {

enum class ChartType : std::uint8_t { kBar, kLine, kValue, kTable };
enum class Grain : std::uint8_t { kNone, kDay, kMonth, kYear, kHourOfDay };

struct ChartDimension {
  std::string dimension;       ///< Name of a dimension of the table.
  Grain grain = Grain::kNone;  ///< For Date and Datetime columns.
  std::optional<double> bin_width =
      {};  ///< For numeric columns: groups by the lower bound of each bin.
};

struct ChartSort {
  std::string by;  ///< Name of a metric or dimension of the chart.
  bool descending;
};

struct ChartSpec {
  base::TableId table;
  ChartType type;
  bool horizontal = false;
  std::vector<std::string> metrics;
  std::vector<ChartDimension> dimensions = {};
  std::optional<ChartSort> sort = {};
  std::int64_t limit_rows = 1000;
};

struct Chart {
  base::ChartId id;
  std::string name;
  ChartSpec spec;
};

/// A place on the grid of 12 columns; one row is about 80 pixels high.
struct Tile {
  base::ChartId chart;
  int x;
  int y;
  int width;
  int height;
};

/// A value list over one column: keeps the rows whose column is in the viewer's choice.
struct DashboardFilter {
  std::string id;
  std::string label;
  base::TableId table;
  std::string dimension;
};

struct Dashboard {
  base::DashboardId id;
  std::string name;
  std::string description;
  std::vector<Tile> tiles;
  std::vector<DashboardFilter> filters;
  /// A draft does not exist for embed tokens and explorers.
  bool published = false;
};

[[nodiscard]] std::string_view chart_type_name(ChartType type);
/// Empty for kNone.
[[nodiscard]] std::string_view grain_name(Grain grain);

[[nodiscard]] base::json::value render_chart_spec(const ChartSpec& spec);
[[nodiscard]] base::Result<ChartSpec> parse_chart_spec(const base::json::value& json);
[[nodiscard]] base::json::value render_tiles(const std::vector<Tile>& tiles);
[[nodiscard]] base::Result<std::vector<Tile>> parse_tiles(const base::json::value& json);
[[nodiscard]] base::json::value render_filters(const std::vector<DashboardFilter>& filters);
[[nodiscard]] base::Result<std::vector<DashboardFilter>> parse_filters(
    const base::json::value& json);

}  // namespace model
