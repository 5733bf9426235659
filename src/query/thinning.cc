#include "query/thinning.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

namespace query {
namespace {

using Places = std::vector<std::size_t>;

bool is_thinned(model::ChartType type) {
  return type == model::ChartType::kLine || type == model::ChartType::kArea ||
         type == model::ChartType::kScatter;
}

/// A number to compare by; NULL and what is no number is below all.
double height_of(const model::Cell& cell) {
  if (!cell) return -std::numeric_limits<double>::infinity();
  if (const auto* whole = std::get_if<std::int64_t>(&*cell)) return static_cast<double>(*whole);
  if (const auto* number = std::get_if<double>(&*cell)) return *number;
  return -std::numeric_limits<double>::infinity();
}

/// The least and the greatest by `heights` of each of `parts` parts of `places`, in their order.
Places keep_outline(const Places& places, const std::vector<model::Cell>& heights,
                    std::size_t parts) {
  const auto lower = [&](std::size_t a, std::size_t b) {
    return height_of(heights[a]) < height_of(heights[b]);
  };
  Places kept;
  for (std::size_t part = 0; part < parts; ++part) {
    const auto begin = places.begin() + static_cast<std::ptrdiff_t>(places.size() * part / parts);
    const auto end =
        places.begin() + static_cast<std::ptrdiff_t>(places.size() * (part + 1) / parts);
    if (begin == end) continue;
    auto [least, greatest] = std::minmax_element(begin, end, lower);
    if (least > greatest) std::swap(least, greatest);
    kept.push_back(*least);
    if (least != greatest) kept.push_back(*greatest);
  }
  return kept;
}

/// The rows of each line: by the cell of the second dimension, where there is one.
std::vector<Places> lines_of(const model::ChartSpec& spec, const source::ResultSet& rows) {
  Places all(rows.rows());
  std::iota(all.begin(), all.end(), std::size_t{0});
  if (spec.dimensions.size() < 2 || spec.type == model::ChartType::kScatter) return {all};
  std::map<model::Cell, Places> lines;
  for (const std::size_t row : all) lines[rows.columns[1].cells[row]].push_back(row);
  std::vector<Places> each;
  for (auto& [name, places] : lines) each.push_back(std::move(places));
  return each;
}

}  // namespace

std::optional<Places> thin(const model::ChartSpec& spec, const source::ResultSet& rows,
                           std::size_t points) {
  const std::size_t dimensions = spec.dimensions.size();
  const bool scatter = spec.type == model::ChartType::kScatter;
  const std::size_t height = dimensions + (scatter ? 1 : 0);
  if (!is_thinned(spec.type) || rows.rows() <= points || height >= rows.columns.size()) {
    return std::nullopt;
  }
  std::vector<Places> lines = lines_of(spec, rows);
  if (scatter) {
    const auto& x = rows.columns[dimensions].cells;
    std::ranges::sort(lines.front(), {},
                      [&](std::size_t row) { return std::pair(height_of(x[row]), row); });
  }
  Places kept;
  for (const Places& line : lines) {
    const std::size_t share = points * line.size() / rows.rows();
    const Places outline =
        keep_outline(line, rows.columns[height].cells, std::max<std::size_t>(share / 2, 1));
    kept.insert(kept.end(), outline.begin(), outline.end());
  }
  std::ranges::sort(kept);
  return kept;
}

}  // namespace query
