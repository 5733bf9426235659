#pragma once

// A chart's answer as one NDJSON line, columns not rows. Cells go straight into the text; no DOM.

#include <string>

#include "model/chart.h"
#include "query/chart_query.h"

namespace http {

/// {"chart":…,"columns":[{"name","label","role","type",…,"values":[…]},…]} and a newline.
[[nodiscard]] std::string render_chart_line(const base::ChartId& chart,
                                            const query::ChartAnswer& answer);

}  // namespace http
