#include "source/csv_file.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "base/json.h"
#include "source/column_names.h"

namespace source {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::Result;
using model::ValueType;

constexpr std::array kDelimiters = {',', ';', '\t', '|'};

/// The engine's type under which each column is read, by place.
using Types = std::vector<Literal>;

constexpr Literal kText = "VARCHAR";

StatementText rows_of(const ReadableFile& file, bool header, const Types& types) {
  StatementText rows("read_csv(");
  rows.add_argument(file.path).add(", delim = ").add_argument({file.dialect.delimiter});
  rows.add(header ? Literal(", header = true") : Literal(", header = false"));
  rows.add(
      ", quote = '\"', escape = '\"', skip = 0, comment = '', compression = 'none',"
      " max_line_size = 2000000, auto_detect = false, null_padding = false,"
      " ignore_errors = false, strict_mode = true, columns = {");
  for (std::size_t place = 0; place < types.size(); ++place) {
    rows.add(place == 0 ? Literal("'c") : Literal(", 'c")).add_number(place).add("': '");
    rows.add(types[place]).add("'");
  }
  rows.add("}");
  if (!file.dialect.date_format.empty()) {
    rows.add(", dateformat = ").add_argument(file.dialect.date_format);
  }
  if (!file.dialect.datetime_format.empty()) {
    rows.add(", timestampformat = ").add_argument(file.dialect.datetime_format);
  }
  return rows.add(")");
}

/// What the engine made of the first rows.
struct Sniffed {
  bool header;
  std::string date_format;
  std::string datetime_format;
  std::vector<ValueType> types;
};

ValueType type_of(std::string_view engine_name) {
  static const std::map<std::string_view, ValueType> kTypes = {
      {"BOOLEAN", ValueType::kBoolean},    {"BIGINT", ValueType::kInteger},
      {"DOUBLE", ValueType::kNumeric},     {"DATE", ValueType::kDate},
      {"TIMESTAMP", ValueType::kDatetime}, {"TIMESTAMP WITH TIME ZONE", ValueType::kDatetime}};
  const auto found = kTypes.find(engine_name);
  return found == kTypes.end() ? ValueType::kString : found->second;
}

std::string text_or_empty(const model::Cell& cell) {
  return cell ? std::get<std::string>(*cell) : std::string();
}

/// The engine reads ISO 8601 without a format, time zones included, and with one it does not.
std::string unless_iso(const std::string& format) {
  return format.starts_with("%Y-") ? "" : format;
}

Result<std::vector<ValueType>> parse_types(const std::string& columns) {
  ASSIGN_OR_RETURN(const json::value tree, base::parse_json(columns));
  std::vector<ValueType> types;
  if (!tree.is_array()) return types;
  for (const json::value& column : tree.get_array()) {
    const json::object* members = column.if_object();
    const json::value* type = members == nullptr ? nullptr : members->if_contains("type");
    if (type == nullptr || !type->is_string()) return std::vector<ValueType>();
    types.push_back(type_of(std::string_view(type->get_string())));
  }
  return types;
}

Result<Sniffed> sniff(const ConnectionHandle& connection, const ReadableFile& file,
                      std::optional<bool> header) {
  StatementText statement(
      "SELECT CAST(HasHeader AS BOOLEAN), CAST(DateFormat AS VARCHAR),"
      " CAST(TimestampFormat AS VARCHAR), CAST(to_json(Columns) AS VARCHAR) FROM sniff_csv(");
  statement.add_argument(file.path).add(", delim = ").add_argument({file.dialect.delimiter});
  if (header) statement.add(*header ? Literal(", header = true") : Literal(", header = false"));
  statement.add(
      ", quote = '\"', escape = '\"', skip = 0, comment = '', compression = 'none',"
      " max_line_size = 2000000, auto_type_candidates = ['BOOLEAN', 'BIGINT', 'DOUBLE', 'DATE',"
      " 'TIMESTAMP', 'TIMESTAMPTZ', 'VARCHAR'])");
  ASSIGN_OR_RETURN(const ResultSet rows, fetch_rows(connection, statement, 1));
  if (rows.rows() != 1 || !rows.columns[0].cells[0]) {
    return Error{Code::kInvalidFile, "The columns of the file can not be made out."};
  }
  ASSIGN_OR_RETURN(auto types, parse_types(text_or_empty(rows.columns[3].cells[0])));
  return Sniffed{std::get<bool>(*rows.columns[0].cells[0]),
                 unless_iso(text_or_empty(rows.columns[1].cells[0])),
                 unless_iso(text_or_empty(rows.columns[2].cells[0])), std::move(types)};
}

/// The texts of the first line.
Result<std::vector<std::string>> read_first_line(const ConnectionHandle& connection,
                                                 const ReadableFile& file) {
  StatementText statement("SELECT * FROM ");
  statement.add(rows_of(file, false, Types(file.places, kText))).add(" LIMIT 1");
  ASSIGN_OR_RETURN(const ResultSet rows, fetch_rows(connection, statement, 1));
  std::vector<std::string> texts;
  for (const ResultColumn& column : rows.columns) {
    texts.push_back(column.cells.empty() ? std::string() : text_or_empty(column.cells[0]));
  }
  return texts;
}

/// How a column is read from the file, before it is cast to what was asked for.
Literal engine_type(const ReadColumn& read, const CsvDialect& dialect) {
  switch (read.type) {
    case ValueType::kString: return kText;
    case ValueType::kInteger: return "BIGINT";
    case ValueType::kNumeric: return "DOUBLE";
    case ValueType::kBoolean: return "BOOLEAN";
    case ValueType::kDate: return "DATE";
    case ValueType::kDatetime: break;
  }
  if (read.column->type == ValueType::kDate) return "DATE";
  // With a format of its own the engine would read a moment with a time zone as NULL.
  return dialect.datetime_format.empty() ? Literal("TIMESTAMPTZ") : Literal("TIMESTAMP");
}

/// The number behind `words` in `text`.
std::string number_after(std::string_view text, std::string_view words) {
  const std::size_t found = text.find(words);
  if (found == std::string_view::npos) return "";
  const std::string_view rest = text.substr(found + words.size());
  const std::size_t end = rest.find_first_not_of("0123456789");
  return std::string(rest.substr(0, std::min<std::size_t>(end, 12)));
}

std::string name_at(const std::string& place, const ReadableFile& file) {
  for (const PlacedColumn& column : file.columns) {
    if (std::to_string(column.place) == place) return column.name;
  }
  return place;
}

}  // namespace

FirstRecord look_at_first_record(std::string_view text, std::optional<char> delimiter) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::map<char, std::size_t> counts;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    ++counts[c];
  }
  if (delimiter) return {*delimiter, counts[*delimiter] + 1};
  const char most =
      *std::ranges::max_element(kDelimiters, {}, [&](char candidate) { return counts[candidate]; });
  return {most, counts[most] + 1};
}

Result<ReadableFile> find_csv_columns(const ConnectionHandle& connection,
                                      const model::FileQuestion& question, std::string_view head) {
  const auto [delimiter, places] = look_at_first_record(head, question.delimiter);
  ReadableFile file{model::FileFormat::kCsv, question.file, {delimiter}, places};
  if (places > model::kFileColumnsMax) {
    return Error{Code::kInvalidFile, fmt::format("The file has {} columns; {} are the most.",
                                                 places, model::kFileColumnsMax)};
  }
  std::vector<ValueType> types(places, ValueType::kString);
  file.dialect.header = question.header.value_or(true);
  if (auto sniffed = sniff(connection, file, question.header);
      sniffed && sniffed->types.size() == places) {
    types = sniffed->types;
    file.dialect = {delimiter, sniffed->header, sniffed->date_format, sniffed->datetime_format};
  } else if (auto read = execute(connection, count_csv_rows(file)); !read) {
    // Which line is at fault, the engine says only when it is told what to expect.
    return explain_failure(std::move(read).error(), file);
  }
  auto originals = read_first_line(connection, file);
  if (!originals) return explain_failure(std::move(originals).error(), file);
  if (!file.dialect.header) originals->assign(places, "");
  const std::vector<std::string> names = make_column_names(*originals);
  for (std::size_t place = 0; place < names.size(); ++place) {
    const std::string& original = originals->at(place);
    file.columns.push_back(
        {place, names[place], original == names[place] ? "" : original, types[place]});
  }
  return file;
}

StatementText select_csv_columns(const ReadableFile& file, const std::vector<ReadColumn>& columns) {
  Types types(file.places, kText);
  StatementText select("SELECT ");
  bool first = true;
  for (const ReadColumn& read : columns) {
    types[read.column->place] = engine_type(read, file.dialect);
    const bool cast = read.type == ValueType::kDatetime;
    select.add(first ? Literal("") : Literal(", ")).add(cast ? Literal("CAST(") : Literal(""));
    select.add("c").add_number(read.column->place);
    select.add(cast ? Literal(" AS TIMESTAMP) AS ") : Literal(" AS ")).add_name(read.column->name);
    first = false;
  }
  return select.add(" FROM ").add(rows_of(file, file.dialect.header, types));
}

StatementText count_csv_rows(const ReadableFile& file) {
  StatementText count("SELECT count(*) FROM ");
  return count.add(rows_of(file, file.dialect.header, Types(file.places, kText)));
}

std::string explain_csv(const std::string& driver_text, const ReadableFile& file) {
  const auto tells = [&](std::string_view words) {
    return driver_text.find(words) != std::string::npos;
  };
  const std::string line = number_after(driver_text, "CSV Error on Line: ");
  if (line.empty()) return "The lines of the file can not be read as CSV.";
  if (tells("Maximum line size")) return fmt::format("Line {} is longer than 2 MB.", line);
  if (tells("Invalid unicode")) {
    return fmt::format("Line {} is not UTF-8 text. Save the file as UTF-8.", line);
  }
  if (tells("unterminated quote")) return fmt::format("Line {}: a quoted value has no end.", line);
  if (tells("Expected Number of Columns: ")) {
    return fmt::format("Line {} has {} columns; the first line has {}.", line,
                       number_after(driver_text, " Found: "),
                       number_after(driver_text, "Expected Number of Columns: "));
  }
  if (tells("Error when converting column \"c")) {
    return fmt::format(
        "Line {}: the value of “{}” is not of the type that was chosen for it.", line,
        name_at(number_after(driver_text, "Error when converting column \"c"), file));
  }
  return fmt::format("Line {} can not be read.", line);
}

}  // namespace source
