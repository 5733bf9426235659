#include "model/chart_options.h"

#include <algorithm>

#include "model/enum_names.h"
#include "model/read_number.h"

namespace model {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::ObjectReader;
using base::Result;

constexpr std::array<std::string_view, 5> kTones = {"good", "warning", "bad", "accent", "neutral"};

constexpr std::size_t kMaxEntries = 32;

bool is_among(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

std::vector<std::string> read_names(ObjectReader& reader, std::string_view member,
                                    const std::vector<std::string>& allowed) {
  auto names = reader.optional_strings(member, ObjectReader::Single::kRefused)
                   .value_or(std::vector<std::string>{});
  for (const std::string& name : names) {
    if (!is_among(allowed, name)) reader.refuse(member, "Must name metrics of the chart.");
  }
  return names;
}

std::string read_dimension(ObjectReader& reader, std::string_view member,
                           const std::vector<std::string>& dimensions) {
  std::string name = reader.optional_string(member).value_or("");
  if (!name.empty() && !is_among(dimensions, name)) {
    reader.refuse(member, "Must name a dimension of the chart.");
  }
  return name;
}

Tone read_tone(ObjectReader& reader) {
  const auto tone = parse_enum<Tone>(kTones, reader.required_string("color"));
  if (!tone) reader.refuse("color", "Is not one of the theme’s colours.");
  return tone.value_or(Tone::kNeutral);
}

GaugeStep read_step(ObjectReader& reader) {
  const auto from = read_number(reader, "from");
  if (!from) reader.refuse("from", "Is required.");
  return {from.value_or(0), read_tone(reader)};
}

ValueColor read_color(ObjectReader& reader, const std::vector<std::string>& metrics) {
  std::string metric = reader.required_string("metric");
  if (!is_among(metrics, metric)) reader.refuse("metric", "Must name a metric of the chart.");
  const auto from = read_number(reader, "from");
  const auto to = read_number(reader, "to");
  return {std::move(metric), from, to, read_tone(reader)};
}

/// Each entry of the list `member` by `read_one`. Problems are kept in `reader`.
template <typename T, typename Read>
std::vector<T> read_list(ObjectReader& reader, std::string_view member, Read read_one) {
  std::vector<T> items;
  const json::value* list = reader.optional_array(member);
  if (list == nullptr) return items;
  if (list->get_array().size() > kMaxEntries) reader.refuse(member, "Has too many entries.");
  for (const json::value& entry : list->get_array()) {
    ObjectReader inner(entry, reader.path_of(member));
    items.push_back(read_one(inner));
    reader.adopt(inner);
  }
  return items;
}

void add_flag(json::object& object, std::string_view name, bool flag) {
  if (flag) object[name] = true;
}

void add_names(json::object& object, std::string_view name, const std::vector<std::string>& names) {
  if (!names.empty()) object[name] = json::array(names.begin(), names.end());
}

void add_number(json::object& object, std::string_view name, std::optional<double> number) {
  if (number) object[name] = *number;
}

json::array render_colors(const std::vector<ValueColor>& colors) {
  json::array array;
  for (const ValueColor& color : colors) {
    json::object object{{"metric", color.metric}};
    add_number(object, "from", color.from);
    add_number(object, "to", color.to);
    object["color"] = enum_name(kTones, color.color);
    array.push_back(std::move(object));
  }
  return array;
}

}  // namespace

json::object render_chart_options(const ChartOptions& options) {
  json::object object;
  add_flag(object, "horizontal", options.horizontal);
  add_flag(object, "percent", options.percent);
  add_flag(object, "donut", options.donut);
  if (options.compare_previous) object["comparison"] = "previous";
  add_flag(object, "totals", options.totals);
  add_names(object, "secondAxis", options.second_axis);
  add_names(object, "lines", options.lines);
  add_number(object, "minimum", options.minimum);
  add_number(object, "maximum", options.maximum);
  json::array steps;
  for (const GaugeStep& step : options.steps) {
    steps.push_back(json::object{{"from", step.from}, {"color", enum_name(kTones, step.color)}});
  }
  if (!steps.empty()) object["steps"] = std::move(steps);
  if (!options.colors.empty()) object["colors"] = render_colors(options.colors);
  if (!options.latitude.empty()) object["latitude"] = options.latitude;
  if (!options.longitude.empty()) object["longitude"] = options.longitude;
  return object;
}

Result<ChartOptions> parse_chart_options(const json::value& value,
                                         const std::vector<std::string>& metrics,
                                         const std::vector<std::string>& dimensions) {
  ObjectReader reader(value, "options");
  ChartOptions options;
  options.horizontal = reader.optional_bool("horizontal").value_or(false);
  options.percent = reader.optional_bool("percent").value_or(false);
  options.donut = reader.optional_bool("donut").value_or(false);
  const auto comparison = reader.optional_string("comparison");
  if (comparison && *comparison != "previous") {
    reader.refuse("comparison", "Must be “previous”.");
  }
  options.compare_previous = comparison.has_value();
  options.totals = reader.optional_bool("totals").value_or(false);
  options.second_axis = read_names(reader, "secondAxis", metrics);
  options.lines = read_names(reader, "lines", metrics);
  options.minimum = read_number(reader, "minimum");
  options.maximum = read_number(reader, "maximum");
  if (options.minimum && options.maximum && *options.minimum >= *options.maximum) {
    reader.refuse("maximum", "Must be above the minimum.");
  }
  options.steps = read_list<GaugeStep>(reader, "steps", read_step);
  options.colors = read_list<ValueColor>(
      reader, "colors", [&](ObjectReader& inner) { return read_color(inner, metrics); });
  options.latitude = read_dimension(reader, "latitude", dimensions);
  options.longitude = read_dimension(reader, "longitude", dimensions);
  RETURN_IF_ERROR(reader.finish());
  return options;
}

}  // namespace model
