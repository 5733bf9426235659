#include "model/chart.h"

#include "model/enum_names.h"

namespace model {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::ObjectReader;
using base::Result;

constexpr std::array<std::string_view, 4> kChartTypes = {"bar", "line", "value", "table"};
constexpr std::array<std::string_view, 5> kGrains = {"", "day", "month", "year", "hourOfDay"};

Result<ChartDimension> parse_dimension(const json::value& value) {
  ObjectReader reader(value, "dimensions");
  ChartDimension dimension{reader.required_string("dimension")};
  const auto grain = parse_enum<Grain>(kGrains, reader.optional_string("grain").value_or(""));
  const auto bin_width = reader.optional_integer("binWidth");
  if (!grain) reader.refuse("grain", "Is not a grain.");
  if (bin_width && *bin_width <= 0) reader.refuse("binWidth", "Must be above zero.");
  RETURN_IF_ERROR(reader.finish());
  dimension.grain = *grain;
  if (bin_width) dimension.bin_width = static_cast<double>(*bin_width);
  return dimension;
}

Result<ChartSort> parse_sort(const json::value& value) {
  ObjectReader reader(value, "sort");
  ChartSort sort{reader.required_string("by"), reader.optional_bool("descending").value_or(false)};
  RETURN_IF_ERROR(reader.finish());
  return sort;
}

int small_integer(ObjectReader& reader, std::string_view name) {
  const auto value = reader.optional_integer(name);
  if (!value || *value < 0 || *value > 1000) reader.refuse(name, "Must be between 0 and 1000.");
  return static_cast<int>(value.value_or(0));
}

}  // namespace

std::string_view chart_type_name(ChartType type) { return enum_name(kChartTypes, type); }
std::string_view grain_name(Grain grain) { return enum_name(kGrains, grain); }

json::value render_chart_spec(const ChartSpec& spec) {
  json::array dimensions;
  for (const ChartDimension& dimension : spec.dimensions) {
    json::object object{{"dimension", dimension.dimension}};
    if (dimension.grain != Grain::kNone) object["grain"] = grain_name(dimension.grain);
    if (dimension.bin_width) object["binWidth"] = static_cast<std::int64_t>(*dimension.bin_width);
    dimensions.push_back(std::move(object));
  }
  json::array metrics;
  for (const std::string& metric : spec.metrics) metrics.emplace_back(metric);
  json::object object{{"table", spec.table.text()},          {"type", chart_type_name(spec.type)},
                      {"horizontal", spec.horizontal},       {"metrics", std::move(metrics)},
                      {"dimensions", std::move(dimensions)}, {"limitRows", spec.limit_rows}};
  if (spec.sort) {
    object["sort"] = json::object{{"by", spec.sort->by}, {"descending", spec.sort->descending}};
  }
  return object;
}

Result<ChartSpec> parse_chart_spec(const json::value& value) {
  ObjectReader reader(value, "");
  const std::string table = reader.required_string("table");
  const auto type = parse_enum<ChartType>(kChartTypes, reader.required_string("type"));
  const bool horizontal = reader.optional_bool("horizontal").value_or(false);
  auto metrics = reader.optional_strings("metrics", ObjectReader::Single::kRefused);
  const json::value* dimensions = reader.optional_array("dimensions");
  const json::value* sort = reader.optional_object("sort");
  const std::int64_t limit_rows = reader.optional_integer("limitRows").value_or(1000);
  if (!type) reader.refuse("type", "Is not a chart type.");
  if (!metrics || metrics->empty()) reader.refuse("metrics", "Needs at least one metric.");
  if (limit_rows < 1 || limit_rows > 100'000) reader.refuse("limitRows", "Is out of range.");
  RETURN_IF_ERROR(reader.finish());
  ChartSpec spec{base::TableId(table), *type, horizontal, std::move(*metrics)};
  spec.limit_rows = limit_rows;
  if (dimensions != nullptr) {
    for (const json::value& item : dimensions->get_array()) {
      ASSIGN_OR_RETURN(ChartDimension dimension, parse_dimension(item));
      spec.dimensions.push_back(std::move(dimension));
    }
  }
  if (sort != nullptr) {
    ASSIGN_OR_RETURN(spec.sort, parse_sort(*sort));
  }
  return spec;
}

json::value render_tiles(const std::vector<Tile>& tiles) {
  json::array array;
  for (const Tile& tile : tiles) {
    array.push_back({{"chart", tile.chart.text()},
                     {"x", tile.x},
                     {"y", tile.y},
                     {"width", tile.width},
                     {"height", tile.height}});
  }
  return array;
}

Result<std::vector<Tile>> parse_tiles(const json::value& value) {
  const json::array* array = value.if_array();
  if (array == nullptr) return Error{Code::kInvalidBody, "Must be a list.", {}, "tiles"};
  std::vector<Tile> tiles;
  for (const json::value& item : *array) {
    ObjectReader reader(item, "tiles");
    Tile tile{base::ChartId(reader.required_string("chart")), small_integer(reader, "x"),
              small_integer(reader, "y"), small_integer(reader, "width"),
              small_integer(reader, "height")};
    RETURN_IF_ERROR(reader.finish());
    tiles.push_back(std::move(tile));
  }
  return tiles;
}

json::value render_filters(const std::vector<DashboardFilter>& filters) {
  json::array array;
  for (const DashboardFilter& filter : filters) {
    array.push_back({{"id", filter.id},
                     {"label", filter.label},
                     {"table", filter.table.text()},
                     {"dimension", filter.dimension}});
  }
  return array;
}

Result<std::vector<DashboardFilter>> parse_filters(const json::value& value) {
  const json::array* array = value.if_array();
  if (array == nullptr) return Error{Code::kInvalidBody, "Must be a list.", {}, "filters"};
  std::vector<DashboardFilter> filters;
  for (const json::value& item : *array) {
    ObjectReader reader(item, "filters");
    DashboardFilter filter{reader.required_string("id"), reader.required_string("label"),
                           base::TableId(reader.required_string("table")),
                           reader.required_string("dimension")};
    RETURN_IF_ERROR(reader.finish());
    filters.push_back(std::move(filter));
  }
  return filters;
}

}  // namespace model
