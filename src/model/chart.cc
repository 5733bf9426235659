#include "model/chart.h"

#include <algorithm>

#include "model/enum_names.h"
#include "model/read_number.h"

namespace model {
namespace {

namespace json = base::json;
using base::Code;
using base::Done;
using base::Error;
using base::ObjectReader;
using base::Result;

constexpr std::array<std::string_view, 13> kChartTypes = {
    "bar",     "stackedBar", "line",   "area",  "combo", "circular", "value",
    "heatmap", "scatter",    "funnel", "gauge", "map",   "table"};
constexpr std::array<std::string_view, 11> kGrains = {
    "",        "minute", "hour",      "day",       "week",       "month",
    "quarter", "year",   "hourOfDay", "dayOfWeek", "monthOfYear"};

constexpr std::size_t kMaxMetrics = 64;
constexpr std::size_t kMaxDimensions = 16;
constexpr std::size_t kMaxFilters = 32;
constexpr std::int64_t kMaxTop = 500;

Result<ChartDimension> parse_dimension(const json::value& value) {
  ObjectReader reader(value, "dimensions");
  ChartDimension dimension = read_chart_dimension(reader);
  RETURN_IF_ERROR(reader.finish());
  return dimension;
}

Result<ChartSort> parse_sort(const json::value& value) {
  ObjectReader reader(value, "sort");
  ChartSort sort{reader.required_string("by"), reader.optional_bool("descending").value_or(false)};
  RETURN_IF_ERROR(reader.finish());
  return sort;
}

Result<ChartTop> parse_top(const json::value& value) {
  ObjectReader reader(value, "top");
  const std::int64_t count = reader.optional_integer("count").value_or(0);
  const bool other = reader.optional_bool("other").value_or(false);
  if (count < 1 || count > kMaxTop) reader.refuse("count", "Is out of range.");
  RETURN_IF_ERROR(reader.finish());
  return ChartTop{count, other};
}

Result<ChartFilter> parse_chart_filter(const json::value& value) {
  ObjectReader reader(value, "filters");
  ChartFilter filter{reader.required_string("dimension"), read_filter_value(reader)};
  RETURN_IF_ERROR(reader.finish());
  return filter;
}

/// Each entry of `list`, which may be null, by `parse_one`.
template <typename T, typename Parse>
Result<std::vector<T>> parse_entries(const json::value* list, std::string_view field,
                                     std::size_t max, Parse parse_one) {
  std::vector<T> items;
  if (list == nullptr) return items;
  if (list->get_array().size() > max) {
    return Error{Code::kInvalidBody, "Has too many entries.", {}, std::string(field)};
  }
  for (const json::value& entry : list->get_array()) {
    ASSIGN_OR_RETURN(T item, parse_one(entry));
    items.push_back(std::move(item));
  }
  return items;
}

/// A width that is whole is written without a fraction.
json::value render_width(double width) {
  const auto whole = static_cast<std::int64_t>(std::min(width, 1e15));
  if (static_cast<double>(whole) == width) return whole;
  return width;
}

/// Reads what a chart has besides the members that have to be there.
Result<Done> parse_details(ChartSpec& spec, const json::value* top, const json::value* options) {
  if (top != nullptr) {
    ASSIGN_OR_RETURN(spec.top, parse_top(*top));
    if (spec.dimensions.empty()) {
      return Error{Code::kInvalidBody, "Needs a dimension.", {}, "top"};
    }
  }
  if (options == nullptr) return Done{};
  std::vector<std::string> dimensions;
  for (const ChartDimension& asked : spec.dimensions) dimensions.push_back(asked.dimension);
  const bool horizontal = spec.options.horizontal;
  ASSIGN_OR_RETURN(spec.options, parse_chart_options(*options, spec.metrics, dimensions));
  spec.options.horizontal |= horizontal;
  return Done{};
}

}  // namespace

std::string_view chart_type_name(ChartType type) { return enum_name(kChartTypes, type); }
std::string_view grain_name(Grain grain) { return enum_name(kGrains, grain); }

ChartDimension read_chart_dimension(ObjectReader& reader) {
  ChartDimension dimension{reader.required_string("dimension")};
  const auto grain = parse_enum<Grain>(kGrains, reader.optional_string("grain").value_or(""));
  dimension.bin_width = read_number(reader, "binWidth");
  if (!grain) reader.refuse("grain", "Is not a grain.");
  if (dimension.bin_width && *dimension.bin_width <= 0) {
    reader.refuse("binWidth", "Must be above zero.");
  }
  dimension.grain = grain.value_or(Grain::kNone);
  return dimension;
}

json::value render_chart_spec(const ChartSpec& spec) {
  json::array dimensions;
  for (const ChartDimension& dimension : spec.dimensions) {
    json::object object{{"dimension", dimension.dimension}};
    if (dimension.grain != Grain::kNone) object["grain"] = grain_name(dimension.grain);
    if (dimension.bin_width) object["binWidth"] = render_width(*dimension.bin_width);
    dimensions.push_back(std::move(object));
  }
  json::array metrics;
  for (const std::string& metric : spec.metrics) metrics.emplace_back(metric);
  json::object object{{"table", spec.table.text()},
                      {"type", chart_type_name(spec.type)},
                      {"metrics", std::move(metrics)},
                      {"dimensions", std::move(dimensions)},
                      {"limitRows", spec.limit_rows}};
  if (spec.sort) {
    object["sort"] = json::object{{"by", spec.sort->by}, {"descending", spec.sort->descending}};
  }
  json::array filters;
  for (const ChartFilter& filter : spec.filters) {
    json::object entry{{"dimension", filter.dimension}};
    render_filter_value(filter.value, entry);
    filters.push_back(std::move(entry));
  }
  if (!filters.empty()) object["filters"] = std::move(filters);
  if (spec.top)
    object["top"] = json::object{{"count", spec.top->count}, {"other", spec.top->other}};
  if (json::object options = render_chart_options(spec.options); !options.empty()) {
    object["options"] = std::move(options);
  }
  return object;
}

Result<ChartSpec> parse_chart_spec(const json::value& value) {
  ObjectReader reader(value, "");
  const std::string table = reader.required_string("table");
  const auto type = parse_enum<ChartType>(kChartTypes, reader.required_string("type"));
  // Where specs of version 0.1 have it.
  const bool horizontal = reader.optional_bool("horizontal").value_or(false);
  auto metrics = reader.optional_strings("metrics", ObjectReader::Single::kRefused, kMaxMetrics);
  const json::value* dimensions = reader.optional_array("dimensions");
  const json::value* sort = reader.optional_object("sort");
  const json::value* filters = reader.optional_array("filters");
  const json::value* top = reader.optional_object("top");
  const json::value* options = reader.optional_object("options");
  const std::int64_t limit_rows = reader.optional_integer("limitRows").value_or(1000);
  if (!type) reader.refuse("type", "Is not a chart type.");
  if (!metrics || metrics->empty()) reader.refuse("metrics", "Needs at least one metric.");
  if (limit_rows < 1 || limit_rows > 100'000) reader.refuse("limitRows", "Is out of range.");
  RETURN_IF_ERROR(reader.finish());
  ChartSpec spec{base::TableId(table), *type, std::move(*metrics)};
  spec.limit_rows = limit_rows;
  spec.options.horizontal = horizontal;
  ASSIGN_OR_RETURN(spec.dimensions, parse_entries<ChartDimension>(dimensions, "dimensions",
                                                                  kMaxDimensions, parse_dimension));
  ASSIGN_OR_RETURN(spec.filters,
                   parse_entries<ChartFilter>(filters, "filters", kMaxFilters, parse_chart_filter));
  if (sort != nullptr) {
    ASSIGN_OR_RETURN(spec.sort, parse_sort(*sort));
  }
  RETURN_IF_ERROR(parse_details(spec, top, options));
  return spec;
}

}  // namespace model
