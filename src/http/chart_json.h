#pragma once

// A chart's answer as one NDJSON line, columns not rows. Cells go straight into the text; no DOM.

#include <optional>
#include <string>
#include <vector>

#include "model/chart.h"
#include "query/chart_query.h"

namespace http {

/// {"chart":…,"columns":[{"name","label","role","type",…,"values":[…]},…]} and a newline.
[[nodiscard]] std::string render_chart_line(const base::ChartId& chart,
                                            const query::ChartAnswer& answer);
/// The same with these rows of it alone, in this order, and "thinnedFrom", how many there are.
/// Where `rows` is nothing, all.
[[nodiscard]] std::string render_chart_line(const base::ChartId& chart,
                                            const query::ChartAnswer& answer,
                                            const std::optional<std::vector<std::size_t>>& rows);
/// The list of its columns alone: [{"name","label",…,"values":[…]},…].
[[nodiscard]] std::string render_chart_columns(const query::ChartAnswer& answer);

}  // namespace http
