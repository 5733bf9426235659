#pragma once

// Fewer points than a chart has rows, which look the same at its width. Pure and thread-safe.

#include <cstddef>
#include <optional>
#include <vector>

#include "model/chart.h"
#include "source/source.h"

namespace query {

/// Of a line, area or scatter chart with more rows than `points`: the rows, at most as many or two
/// of each line, that keep its outline. The answer is cut into parts by its rows, for a scatter by
/// its x, and of each part the least and the greatest value stay; of several lines each gets its
/// share. Nothing where all rows stay.
[[nodiscard]] std::optional<std::vector<std::size_t>> thin(const model::ChartSpec& spec,
                                                           const source::ResultSet& rows,
                                                           std::size_t points);

}  // namespace query
