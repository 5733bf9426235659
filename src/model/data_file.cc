#include "model/data_file.h"

#include <array>

#include <fmt/format.h>

#include "model/enum_names.h"

namespace model {
namespace {

namespace json = base::json;
using base::ObjectReader;

constexpr std::array<std::string_view, 3> kFormatNames = {"csv", "parquet", "json"};

json::array render_texts(const std::vector<std::string>& texts) {
  return json::array(texts.begin(), texts.end());
}

json::object render_column(const FileColumn& column) {
  json::array offers;
  for (const ValueType type : column.offers) offers.emplace_back(type_name(type));
  json::object object{{"name", column.name},
                      {"type", type_name(column.type)},
                      {"offers", std::move(offers)},
                      {"samples", render_texts(column.samples)}};
  if (!column.original.empty()) object["original"] = column.original;
  return object;
}

}  // namespace

std::string_view file_format_name(FileFormat format) { return enum_name(kFormatNames, format); }

std::optional<FileFormat> parse_file_format(std::string_view name) {
  return parse_enum<FileFormat>(kFormatNames, name);
}

bool is_delimiter(std::string_view text) {
  return text.size() == 1 && std::string_view(",;\t|:").find(text) != std::string_view::npos;
}

FileQuestion read_file_question(ObjectReader& reader) {
  FileQuestion question;
  if (const auto format = reader.optional_string("format")) {
    question.format = parse_file_format(*format);
    if (!question.format) reader.refuse("format", "Must be csv, parquet or json.");
  }
  if (const auto delimiter = reader.optional_string("delimiter")) {
    if (is_delimiter(*delimiter)) {
      question.delimiter = delimiter->front();
    } else {
      reader.refuse("delimiter", "Must be a comma, semicolon, tab, bar or colon.");
    }
  }
  question.header = reader.optional_bool("header");
  return question;
}

std::vector<ChosenColumn> read_chosen_columns(ObjectReader& reader) {
  std::vector<ChosenColumn> columns;
  const json::value* items = reader.optional_array("columns");
  const std::size_t count = items == nullptr ? 0 : items->get_array().size();
  if (count < 1 || count > kFileColumnsMax) {
    reader.refuse("columns", fmt::format("Must be 1 to {}.", kFileColumnsMax));
    return columns;
  }
  for (const json::value& item : items->get_array()) {
    ObjectReader inner(item, reader.path_of(fmt::format("columns[{}]", columns.size())));
    std::string name = inner.required_string("name");
    const auto type = parse_type(inner.required_string("type"));
    if (!type) inner.refuse("type", "Must be a type that is offered for the column.");
    reader.adopt(inner);
    columns.push_back({std::move(name), type.value_or(ValueType::kString)});
  }
  return columns;
}

json::object render_file_question(const FileQuestion& question) {
  json::object object;
  if (question.format) object["format"] = file_format_name(*question.format);
  if (question.delimiter) object["delimiter"] = std::string(1, *question.delimiter);
  if (question.header) object["header"] = *question.header;
  return object;
}

json::array render_chosen_columns(const std::vector<ChosenColumn>& columns) {
  json::array array;
  for (const ChosenColumn& column : columns) {
    array.push_back(json::object{{"name", column.name}, {"type", type_name(column.type)}});
  }
  return array;
}

json::object render_file_description(const FileDescription& description) {
  json::array columns;
  for (const FileColumn& column : description.columns) columns.push_back(render_column(column));
  json::object object{{"format", file_format_name(description.format)},
                      {"columns", std::move(columns)}};
  if (description.delimiter) object["delimiter"] = std::string(1, *description.delimiter);
  if (description.header) object["header"] = *description.header;
  if (!description.left_out.empty()) object["leftOut"] = render_texts(description.left_out);
  if (description.rows) object["rows"] = *description.rows;
  return object;
}

}  // namespace model
