#pragma once

// How a chart is drawn, apart from what it asks for. No option changes the rows.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace model {

/// A colour by its meaning; the theme says which one it is.
enum class Tone : std::uint8_t { kGood, kWarning, kBad, kAccent, kNeutral };

struct GaugeStep {
  double from;
  Tone color;
};
/// The colour of a metric's values between two bounds that belong to it.
struct ValueColor {
  std::string metric;
  std::optional<double> from;
  std::optional<double> to;
  Tone color;
};

struct ChartOptions {
  bool horizontal = false;                    ///< Bars.
  bool percent = false;                       ///< Stacked bars that all reach 100 %.
  bool donut = false;                         ///< Circular.
  bool compare_previous = false;              ///< A value beside that of the period before.
  bool totals = false;                        ///< Table.
  std::vector<std::string> second_axis = {};  ///< Metrics of a combo.
  std::vector<std::string> lines = {};        ///< Metrics of a combo.
  std::optional<double> minimum = {};         ///< Gauge.
  std::optional<double> maximum = {};         ///< Gauge.
  std::vector<GaugeStep> steps = {};          ///< Gauge.
  std::vector<ValueColor> colors = {};        ///< Table, heatmap, bar.
  std::string latitude = {};                  ///< A dimension, of a map.
  std::string longitude = {};                 ///< A dimension, of a map.
};

/// Only what differs from a chart without options.
[[nodiscard]] base::json::object render_chart_options(const ChartOptions& options);
/// `metrics` and `dimensions` are the chart's names, which options may name and no others.
/// kInvalidBody with a field below "options".
[[nodiscard]] base::Result<ChartOptions> parse_chart_options(
    const base::json::value& json, const std::vector<std::string>& metrics,
    const std::vector<std::string>& dimensions);

}  // namespace model
