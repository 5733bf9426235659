#pragma once

// Dashboards: charts and texts on a grid, in tabs, with filters. Plain values and their codecs,
// which also read what earlier versions stored.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/json.h"
#include "base/result.h"

namespace model {

inline constexpr std::size_t kMaxNameBytes = 200;
inline constexpr std::size_t kMaxTextBytes = 20'000;

struct DashboardTab {
  std::string id;
  std::string label;
};

/// A place on the grid of 12 columns; one row is about 80 pixels high.
struct Tile {
  base::ChartId chart;  ///< An empty id where it shows a text.
  int x;
  int y;
  int width;
  int height;
  std::string id = {};                   ///< Unique in the dashboard.
  std::string tab = {};                  ///< Of `tabs`; empty: the first one.
  std::optional<std::string> text = {};  ///< Markdown, in place of a chart.
};

enum class FilterKind : std::uint8_t { kCategory, kNumber, kDate, kSearch };

/// A viewer's choice over one column of one table.
struct DashboardFilter {
  std::string id;
  std::string label;
  base::TableId table;
  std::string dimension;
  FilterKind kind = FilterKind::kCategory;
  bool multiple = true;  ///< Whether more than one category may be chosen; for its control.
  /// The charts that it acts on; nothing: all that are on its table.
  std::optional<std::vector<base::ChartId>> charts = {};
};

struct Dashboard {
  base::DashboardId id;
  std::string name;
  std::string description;
  std::vector<Tile> tiles;
  std::vector<DashboardFilter> filters;
  /// One that is not does not exist for embed tokens and explorers.
  bool published = false;
  std::vector<DashboardTab> tabs = {};  ///< Empty: one without a name.
  base::json::object theme = {};        ///< As parse_theme lets it pass.
  std::string key = {};                 ///< What content files call it; empty: its id.
};

/// What makers edit of a dashboard: all of it but whether it is published.
struct DashboardContent {
  std::string name;
  std::string description;
  std::vector<DashboardTab> tabs = {};
  std::vector<Tile> tiles = {};
  std::vector<DashboardFilter> filters = {};
  base::json::object theme = {};
};

[[nodiscard]] DashboardContent content_of(const Dashboard& dashboard);
void put_content(Dashboard& dashboard, DashboardContent content);

/// {"name","description","tabs","tiles","filters","theme"}
[[nodiscard]] base::json::value render_content(const DashboardContent& content);
/// Of what was left out there is nothing. kInvalidBody with the field.
[[nodiscard]] base::Result<DashboardContent> parse_content(const base::json::value& json);
/// The same with these names, from an object of the other members alone.
[[nodiscard]] base::Result<DashboardContent> parse_content(std::string name,
                                                           std::string description,
                                                           const base::json::value& body);

[[nodiscard]] std::string_view filter_kind_name(FilterKind kind);

[[nodiscard]] base::json::value render_tabs(const std::vector<DashboardTab>& tabs);
[[nodiscard]] base::Result<std::vector<DashboardTab>> parse_tabs(const base::json::value& json);
[[nodiscard]] base::json::value render_tiles(const std::vector<Tile>& tiles);
[[nodiscard]] base::Result<std::vector<Tile>> parse_tiles(const base::json::value& json);
[[nodiscard]] base::json::value render_filters(const std::vector<DashboardFilter>& filters);
[[nodiscard]] base::Result<std::vector<DashboardFilter>> parse_filters(
    const base::json::value& json);

}  // namespace model
