#include "model/table.h"

#include <algorithm>

#include "model/enum_names.h"

namespace model {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::ObjectReader;
using base::Result;

constexpr std::array<std::string_view, 6> kAggregates = {"count",   "countDistinct", "sum",
                                                         "average", "min",           "max"};
constexpr std::array<std::string_view, 5> kComparisons = {"equal", "greater", "greaterOrEqual",
                                                          "less", "lessOrEqual"};

constexpr std::array<std::string_view, 3> kColumnAccessNames = {"hidden", "masked", "visible"};

constexpr std::size_t kMaxDescriptionBytes = 2000;

template <typename T>
const T* find_named(const std::vector<T>& items, std::string_view name) {
  const auto found = std::ranges::find(items, name, &T::name);
  return found == items.end() ? nullptr : &*found;
}

/// Reads each entry of the list at `path` with `parse_one`, which is told the entry's place.
template <typename T, typename Parse>
Result<std::vector<T>> parse_list(const json::value& list, const std::string& path,
                                  Parse parse_one) {
  const json::array* array = list.if_array();
  if (array == nullptr) return Error{Code::kInvalidBody, "Must be a list.", {}, path};
  std::vector<T> items;
  for (const json::value& entry : *array) {
    ASSIGN_OR_RETURN(T item, parse_one(entry, path + "[" + std::to_string(items.size()) + "]"));
    items.push_back(std::move(item));
  }
  return items;
}

json::object render_measure(const Measure& measure) {
  json::object object{{"aggregate", enum_name(kAggregates, measure.aggregate)}};
  if (!measure.column.empty()) object["column"] = measure.column;
  if (measure.filter) {
    object["filter"] =
        json::object{{"column", measure.filter->column},
                     {"operator", enum_name(kComparisons, measure.filter->comparison)},
                     {"type", type_name(type_of(measure.filter->value))},
                     {"value", render_value(measure.filter->value)}};
  }
  return object;
}

Result<MeasureFilter> parse_filter(const json::value& value, const std::string& path) {
  ObjectReader reader(value, path);
  std::string column = reader.required_string("column");
  const auto comparison = parse_enum<Comparison>(kComparisons, reader.required_string("operator"));
  const auto type = parse_type(reader.required_string("type"));
  const json::value* constant = reader.optional_any("value");
  if (!comparison) reader.refuse("operator", "Is not a comparison.");
  if (!type || constant == nullptr) reader.refuse("value", "Needs a value and its type.");
  RETURN_IF_ERROR(reader.finish());
  auto parsed = parse_value(*constant, *type);
  if (!parsed) return Error{Code::kInvalidBody, "Has the wrong type.", {}, reader.path_of("value")};
  return MeasureFilter{std::move(column), *comparison, std::move(*parsed)};
}

Result<Measure> parse_measure(const json::value& value, const std::string& path) {
  ObjectReader reader(value, path);
  const auto aggregate = parse_enum<Aggregate>(kAggregates, reader.required_string("aggregate"));
  std::string column = reader.optional_string("column").value_or("");
  const json::value* filter = reader.optional_object("filter");
  if (!aggregate) reader.refuse("aggregate", "Is not an aggregate.");
  if (aggregate && column.empty() != (*aggregate == Aggregate::kCount)) {
    reader.refuse("column", "Every aggregate but count needs a column.");
  }
  RETURN_IF_ERROR(reader.finish());
  Measure measure{*aggregate, std::move(column), std::nullopt};
  if (filter != nullptr) {
    ASSIGN_OR_RETURN(measure.filter, parse_filter(*filter, reader.path_of("filter")));
  }
  return measure;
}

Result<NumberFormat> parse_format(const json::value* value, const std::string& path) {
  NumberFormat format;
  if (value == nullptr) return format;
  ObjectReader reader(*value, path);
  const std::string style = reader.optional_string("style").value_or("decimal");
  const std::int64_t decimals = reader.optional_integer("decimals").value_or(0);
  if (style != "decimal" && style != "percent") reader.refuse("style", "Is not a style.");
  if (decimals < 0 || decimals > 15) reader.refuse("decimals", "Must be between 0 and 15.");
  format.percent = style == "percent";
  format.decimals = static_cast<int>(decimals);
  format.unit = reader.optional_string("unit").value_or("");
  RETURN_IF_ERROR(reader.finish());
  return format;
}

Result<Metric> parse_metric(const json::value& value, const std::string& path) {
  ObjectReader reader(value, path);
  std::string name = reader.required_string("name");
  std::string label = reader.required_string("label");
  const json::value* measure = reader.required_object("measure");
  const json::value* denominator = reader.optional_object("denominator");
  const json::value* format = reader.optional_object("format");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(Measure parsed, parse_measure(*measure, reader.path_of("measure")));
  ASSIGN_OR_RETURN(NumberFormat number_format, parse_format(format, reader.path_of("format")));
  Metric metric{std::move(name), std::move(label), std::move(parsed), std::nullopt,
                std::move(number_format)};
  if (denominator != nullptr) {
    ASSIGN_OR_RETURN(metric.denominator,
                     parse_measure(*denominator, reader.path_of("denominator")));
  }
  return metric;
}

Result<Dimension> parse_dimension(const json::value& value, const std::string& path) {
  ObjectReader reader(value, path);
  Dimension dimension{reader.required_string("name"), reader.required_string("label"),
                      reader.required_string("column")};
  RETURN_IF_ERROR(reader.finish());
  return dimension;
}

std::optional<ColumnAccess> read_column_access(ObjectReader& reader) {
  const auto access =
      parse_enum<ColumnAccess>(kColumnAccessNames, reader.required_string("access"));
  if (!access) reader.refuse("access", "Is not visible, hidden or masked.");
  return access;
}

Result<ColumnException> parse_exception(const json::value& value, const std::string& path) {
  ObjectReader reader(value, path);
  const auto access = read_column_access(reader);
  const json::value* applies_if = reader.required_object("if");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(UserNode node, parse_user_node(*applies_if, reader.path_of("if")));
  return ColumnException{std::move(node), *access};
}

Result<Column> parse_column(const json::value& value, const std::string& path) {
  ObjectReader reader(value, path);
  std::string name = reader.required_string("name");
  const auto type = parse_type(reader.required_string("type"));
  const auto access = read_column_access(reader);
  const json::value* exceptions = reader.optional_array("exceptions");
  std::string label = reader.optional_string("label").value_or("");
  std::string description =
      reader.optional_string("description", kMaxDescriptionBytes).value_or("");
  if (!type) reader.refuse("type", "Is not a type.");
  RETURN_IF_ERROR(reader.finish());
  Column column{std::move(name), *type, *access, {}, std::move(label), std::move(description)};
  if (exceptions != nullptr) {
    ASSIGN_OR_RETURN(
        column.exceptions,
        parse_list<ColumnException>(*exceptions, reader.path_of("exceptions"), parse_exception));
  }
  return column;
}

json::object render_column(const Column& column) {
  json::object object{{"name", column.name},
                      {"type", type_name(column.type)},
                      {"access", column_access_name(column.access)}};
  if (!column.exceptions.empty()) {
    json::array exceptions;
    for (const ColumnException& exception : column.exceptions) {
      exceptions.push_back(json::object{{"if", render_user_node(exception.applies_if)},
                                        {"access", column_access_name(exception.access)}});
    }
    object["exceptions"] = std::move(exceptions);
  }
  if (!column.label.empty()) object["label"] = column.label;
  if (!column.description.empty()) object["description"] = column.description;
  return object;
}

}  // namespace

const Column* Table::find_column(std::string_view column) const {
  return find_named(columns, column);
}
const Metric* Table::find_metric(std::string_view metric) const {
  return find_named(metrics, metric);
}
const Dimension* Table::find_dimension(std::string_view dimension) const {
  return find_named(dimensions, dimension);
}

std::string_view column_access_name(ColumnAccess access) {
  return enum_name(kColumnAccessNames, access);
}

json::value render_columns(const std::vector<Column>& columns) {
  json::array array;
  for (const Column& column : columns) {
    array.push_back(render_column(column));
  }
  return array;
}

Result<std::vector<Column>> parse_columns(const json::value& value) {
  return parse_list<Column>(value, "columns", parse_column);
}

json::value render_format(const NumberFormat& format) {
  json::object object{{"style", format.percent ? "percent" : "decimal"},
                      {"decimals", format.decimals}};
  if (!format.unit.empty()) object["unit"] = format.unit;
  return object;
}

json::value render_metrics(const std::vector<Metric>& metrics) {
  json::array array;
  for (const Metric& metric : metrics) {
    json::object object{{"name", metric.name},
                        {"label", metric.label},
                        {"measure", render_measure(metric.measure)},
                        {"format", render_format(metric.format)}};
    if (metric.denominator) object["denominator"] = render_measure(*metric.denominator);
    array.push_back(std::move(object));
  }
  return array;
}

Result<std::vector<Metric>> parse_metrics(const json::value& value) {
  return parse_list<Metric>(value, "metrics", parse_metric);
}

json::value render_dimensions(const std::vector<Dimension>& dimensions) {
  json::array array;
  for (const Dimension& dimension : dimensions) {
    array.push_back(
        {{"name", dimension.name}, {"label", dimension.label}, {"column", dimension.column}});
  }
  return array;
}

Result<std::vector<Dimension>> parse_dimensions(const json::value& value) {
  return parse_list<Dimension>(value, "dimensions", parse_dimension);
}

}  // namespace model
