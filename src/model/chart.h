#pragma once

// Charts. A chart asks for metrics by dimensions of one table; it never holds SQL.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/json.h"
#include "base/result.h"
#include "model/chart_options.h"
#include "model/filter_value.h"

namespace model {

enum class ChartType : std::uint8_t {
  kBar,
  kStackedBar,
  kLine,
  kArea,
  kCombo,
  kCircular,
  kValue,
  kHeatmap,
  kScatter,
  kFunnel,
  kGauge,
  kMap,
  kTable,
};
/// How moments are grouped, in UTC. Weeks begin on Monday, which is day 1 of 7.
enum class Grain : std::uint8_t {
  kNone,
  kMinute,
  kHour,
  kDay,
  kWeek,
  kMonth,
  kQuarter,
  kYear,
  kHourOfDay,
  kDayOfWeek,
  kMonthOfYear,
};

struct ChartDimension {
  std::string dimension;       ///< Name of a dimension of the table.
  Grain grain = Grain::kNone;  ///< For Date and Datetime columns.
  std::optional<double> bin_width =
      {};  ///< For numeric columns: groups by the lower bound of each bin.
};

/// A condition of the chart's own on one dimension of its table.
struct ChartFilter {
  std::string dimension;
  FilterValue value;
};

struct ChartSort {
  std::string by;  ///< Name of a metric or dimension of the chart.
  bool descending;
};

/// Keeps the values of the first dimension that are largest by the first metric. Rows without a
/// value there are never among them.
struct ChartTop {
  std::int64_t count;
  bool other;  ///< Whether the rest is gathered under NULL, rather than left out.
};

struct ChartSpec {
  base::TableId table;
  ChartType type;
  std::vector<std::string> metrics;
  std::vector<ChartDimension> dimensions = {};
  std::optional<ChartSort> sort = {};
  std::int64_t limit_rows = 1000;
  std::vector<ChartFilter> filters = {};
  std::optional<ChartTop> top = {};
  ChartOptions options = {};
};

struct Chart {
  base::ChartId id;
  std::string name;
  ChartSpec spec;
  std::int64_t version = 1;  ///< Grows with each change.
  std::string key = {};      ///< What content files call it; empty: its id.
};

[[nodiscard]] std::string_view chart_type_name(ChartType type);
/// Empty for kNone.
[[nodiscard]] std::string_view grain_name(Grain grain);

/// The members "dimension", "grain" and "binWidth". Problems are kept in `reader`.
[[nodiscard]] ChartDimension read_chart_dimension(base::ObjectReader& reader);

[[nodiscard]] base::json::value render_chart_spec(const ChartSpec& spec);
[[nodiscard]] base::Result<ChartSpec> parse_chart_spec(const base::json::value& json);

}  // namespace model
