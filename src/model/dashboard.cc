#include "model/dashboard.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "model/enum_names.h"
#include "model/theme.h"

namespace model {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::ObjectReader;
using base::Result;

constexpr std::array<std::string_view, 4> kFilterKinds = {"category", "number", "date", "search"};

constexpr std::size_t kMaxEntries = 200;

int small_integer(ObjectReader& reader, std::string_view name) {
  const auto value = reader.optional_integer(name);
  if (!value || *value < 0 || *value > 1000) reader.refuse(name, "Must be between 0 and 1000.");
  return static_cast<int>(value.value_or(0));
}

/// Each entry of the list by `parse_one`, which is told its place. kInvalidBody for two of one id.
template <typename T, typename Parse>
Result<std::vector<T>> parse_entries(const json::value& value, const std::string& field,
                                     Parse parse_one) {
  const json::array* array = value.if_array();
  if (array == nullptr) return Error{Code::kInvalidBody, "Must be a list.", {}, field};
  if (array->size() > kMaxEntries) {
    return Error{Code::kInvalidBody, "Has too many entries.", {}, field};
  }
  std::vector<T> items;
  std::set<std::string> ids;
  for (const json::value& entry : *array) {
    ASSIGN_OR_RETURN(T item, parse_one(entry, items.size()));
    if (!ids.insert(item.id).second) {
      return Error{Code::kInvalidBody, "Is there twice.", {}, field + ".id"};
    }
    items.push_back(std::move(item));
  }
  return items;
}

Result<DashboardTab> parse_tab(const json::value& value, std::size_t /*place*/) {
  ObjectReader reader(value, "tabs");
  DashboardTab tab{reader.required_string("id"), reader.required_string("label")};
  RETURN_IF_ERROR(reader.finish());
  return tab;
}

/// A tile of earlier versions has no id; its place makes one.
Result<Tile> parse_tile(const json::value& value, std::size_t place) {
  ObjectReader reader(value, "tiles");
  const std::string kind = reader.optional_string("kind").value_or("chart");
  const bool is_text = kind == "text";
  if (!is_text && kind != "chart") reader.refuse("kind", "Is not chart or text.");
  Tile tile{base::ChartId(is_text ? "" : reader.required_string("chart")),
            small_integer(reader, "x"), small_integer(reader, "y"), small_integer(reader, "width"),
            small_integer(reader, "height")};
  tile.id = reader.optional_string("id").value_or(fmt::format("tile-{}", place + 1));
  tile.tab = reader.optional_string("tab").value_or("");
  if (is_text) tile.text = reader.optional_string("text", kMaxTextBytes).value_or("");
  RETURN_IF_ERROR(reader.finish());
  return tile;
}

Result<DashboardFilter> parse_filter(const json::value& value, std::size_t /*place*/) {
  ObjectReader reader(value, "filters");
  DashboardFilter filter{reader.required_string("id"), reader.required_string("label"),
                         base::TableId(reader.required_string("table")),
                         reader.required_string("dimension")};
  const auto kind =
      parse_enum<FilterKind>(kFilterKinds, reader.optional_string("kind").value_or("category"));
  if (!kind) reader.refuse("kind", "Is not a kind of filter.");
  filter.multiple = reader.optional_bool("multiple").value_or(true);
  const auto charts =
      reader.optional_strings("charts", ObjectReader::Single::kRefused, kMaxEntries);
  RETURN_IF_ERROR(reader.finish());
  filter.kind = *kind;
  if (charts) filter.charts.emplace(charts->begin(), charts->end());
  return filter;
}

json::object render_filter(const DashboardFilter& filter) {
  json::object object{{"id", filter.id},
                      {"label", filter.label},
                      {"table", filter.table.text()},
                      {"dimension", filter.dimension},
                      {"kind", filter_kind_name(filter.kind)},
                      {"multiple", filter.multiple}};
  if (filter.charts) {
    json::array charts;
    for (const base::ChartId& chart : *filter.charts) charts.emplace_back(chart.text());
    object["charts"] = std::move(charts);
  }
  return object;
}

/// The members of a dashboard's content that are not names.
struct ContentParts {
  const json::value* tabs;
  const json::value* tiles;
  const json::value* filters;
  const json::value* theme;
};

ContentParts read_parts(ObjectReader& reader) {
  return {reader.optional_array("tabs"), reader.optional_array("tiles"),
          reader.optional_array("filters"), reader.optional_object("theme")};
}

Result<DashboardContent> parse_parts(DashboardContent content, const ContentParts& parts) {
  if (parts.tabs != nullptr) {
    ASSIGN_OR_RETURN(content.tabs, parse_tabs(*parts.tabs));
  }
  if (parts.tiles != nullptr) {
    ASSIGN_OR_RETURN(content.tiles, parse_tiles(*parts.tiles));
  }
  if (parts.filters != nullptr) {
    ASSIGN_OR_RETURN(content.filters, parse_filters(*parts.filters));
  }
  if (parts.theme != nullptr) {
    ASSIGN_OR_RETURN(content.theme, parse_theme(*parts.theme));
  }
  return content;
}

}  // namespace

DashboardContent content_of(const Dashboard& dashboard) {
  return {dashboard.name,  dashboard.description, dashboard.tabs,
          dashboard.tiles, dashboard.filters,     dashboard.theme};
}

void put_content(Dashboard& dashboard, DashboardContent content) {
  dashboard.name = std::move(content.name);
  dashboard.description = std::move(content.description);
  dashboard.tabs = std::move(content.tabs);
  dashboard.tiles = std::move(content.tiles);
  dashboard.filters = std::move(content.filters);
  dashboard.theme = std::move(content.theme);
}

json::value render_content(const DashboardContent& content) {
  return {{"name", content.name},
          {"description", content.description},
          {"tabs", render_tabs(content.tabs)},
          {"tiles", render_tiles(content.tiles)},
          {"filters", render_filters(content.filters)},
          {"theme", content.theme}};
}

Result<DashboardContent> parse_content(const json::value& value) {
  ObjectReader reader(value, "");
  DashboardContent content{reader.required_string("name", kMaxNameBytes),
                           reader.optional_string("description", kMaxTextBytes).value_or("")};
  const ContentParts parts = read_parts(reader);
  RETURN_IF_ERROR(reader.finish());
  return parse_parts(std::move(content), parts);
}

Result<DashboardContent> parse_content(std::string name, std::string description,
                                       const json::value& body) {
  ObjectReader reader(body, "draft");
  const ContentParts parts = read_parts(reader);
  RETURN_IF_ERROR(reader.finish());
  return parse_parts({std::move(name), std::move(description)}, parts);
}

std::string_view filter_kind_name(FilterKind kind) { return enum_name(kFilterKinds, kind); }

json::value render_tabs(const std::vector<DashboardTab>& tabs) {
  json::array array;
  for (const DashboardTab& tab : tabs) {
    array.push_back({{"id", tab.id}, {"label", tab.label}});
  }
  return array;
}

Result<std::vector<DashboardTab>> parse_tabs(const json::value& value) {
  return parse_entries<DashboardTab>(value, "tabs", parse_tab);
}

json::value render_tiles(const std::vector<Tile>& tiles) {
  json::array array;
  for (const Tile& tile : tiles) {
    json::object object{{"id", tile.id}, {"kind", tile.text ? "text" : "chart"}};
    if (tile.text) {
      object["text"] = *tile.text;
    } else {
      object["chart"] = tile.chart.text();
    }
    if (!tile.tab.empty()) object["tab"] = tile.tab;
    object["x"] = tile.x;
    object["y"] = tile.y;
    object["width"] = tile.width;
    object["height"] = tile.height;
    array.push_back(std::move(object));
  }
  return array;
}

Result<std::vector<Tile>> parse_tiles(const json::value& value) {
  return parse_entries<Tile>(value, "tiles", parse_tile);
}

json::value render_filters(const std::vector<DashboardFilter>& filters) {
  json::array array;
  for (const DashboardFilter& filter : filters) array.push_back(render_filter(filter));
  return array;
}

Result<std::vector<DashboardFilter>> parse_filters(const json::value& value) {
  return parse_entries<DashboardFilter>(value, "filters", parse_filter);
}

}  // namespace model
