#include "source/readable_file.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>

#include <fmt/format.h>

#include "source/column_names.h"
#include "source/csv_file.h"
#include "source/duckdb_result.h"
#include "source/spill_folder.h"

namespace source {
namespace {

using base::Code;
using base::Error;
using base::Result;
using model::ValueType;

/// Up to this size a JSON file is read whole, to find the types of its columns.
constexpr std::uintmax_t kReadWholeBytes = std::uintmax_t{64} << 20;

/// What packed files begin with: gzip, zip (also xlsx), zstd, bzip2, xz, 7z.
constexpr auto kPacked = std::to_array<std::string_view>({
    "\x1F\x8B",
    "PK\x03\x04",
    "\x28\xB5\x2F\xFD",
    "BZh",
    "\xFD"
    "7zXZ",
    "7z\xBC\xAF",
});

Error invalid(std::string what, std::string detail = "") {
  return {Code::kInvalidFile, std::move(what), std::move(detail)};
}

Result<std::vector<char>> read_head(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> head(kLineBytesMax);
  if (!file) return Error{Code::kStorageFailed, "The file can not be read.", path};
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(file.gcount()));
  return head;
}

model::FileFormat guess_format(std::string_view head) {
  if (head.starts_with("PAR1")) return model::FileFormat::kParquet;
  const std::size_t begin = head.find_first_not_of(" \t\r\n");
  const bool json = begin != std::string_view::npos && (head[begin] == '{' || head[begin] == '[');
  return json ? model::FileFormat::kJson : model::FileFormat::kCsv;
}

/// What a look at the first bytes refuses, before any parser sees them.
base::Result<base::Done> check_head(std::string_view head, model::FileFormat format) {
  if (head.empty()) return invalid("The file is empty.");
  if (std::ranges::any_of(kPacked,
                          [&](std::string_view magic) { return head.starts_with(magic); })) {
    return invalid("The file is packed (zip, xlsx, gz or the like). Unpack it, or save it as CSV.");
  }
  if (format == model::FileFormat::kParquet) {
    if (head.starts_with("PAR1")) return base::Done{};
    return invalid("The file is not a Parquet file.");
  }
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
    return invalid("The file is UTF-16 text. Save it as UTF-8.");
  }
  if (head.find('\0') != std::string_view::npos) return invalid("The file is not a text file.");
  if (head.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return invalid("The file has no columns.");
  }
  return base::Done{};
}

/// read_parquet or read_json, as a table function.
StatementText rows_of(const ReadableFile& file, Depth depth) {
  if (file.format == model::FileFormat::kParquet) {
    StatementText rows("read_parquet(");
    return rows.add_argument(file.path).add(")");
  }
  StatementText rows("read_json(");
  rows.add_argument(file.path).add(
      ", format = 'auto', records = true,"
      " compression = 'uncompressed'");
  return rows.add(depth == Depth::kWholeFile ? Literal(", sample_size = -1)") : Literal(")"));
}

bool is_nested(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_LIST:
    case DUCKDB_TYPE_STRUCT:
    case DUCKDB_TYPE_MAP:
    case DUCKDB_TYPE_ARRAY:
    case DUCKDB_TYPE_UNION: return true;
    default: return false;
  }
}

Result<ReadableFile> find_described_columns(const ConnectionHandle& connection, ReadableFile file,
                                            Depth depth) {
  StatementText statement("SELECT * FROM ");
  auto result = execute(connection, statement.add(rows_of(file, depth)).add(" LIMIT 0"));
  if (!result) return explain_failure(std::move(result).error(), file);
  file.places = duckdb_column_count(result->address());
  if (file.places > model::kFileColumnsMax) {
    return invalid(fmt::format("The file has {} columns; {} are the most.", file.places,
                               model::kFileColumnsMax));
  }
  std::vector<std::string> originals;
  for (std::size_t place = 0; place < file.places; ++place) {
    originals.emplace_back(duckdb_column_name(result->address(), place));
  }
  const std::vector<std::string> names = make_column_names(originals);
  for (std::size_t place = 0; place < file.places; ++place) {
    const LogicalTypeHandle type(duckdb_column_logical_type(result->address(), place));
    const bool nested = is_nested(duckdb_get_type_id(type.get()));
    const auto known = nested ? std::optional(ValueType::kString) : value_type_of(type.get());
    if (!known) {
      file.left_out.push_back(names[place]);
      continue;
    }
    const bool renamed = originals[place] != names[place];
    file.columns.push_back({place, names[place], renamed ? originals[place] : "", *known, nested});
  }
  if (file.columns.empty()) return invalid("The file has no column of a type that can be shown.");
  return file;
}

Depth depth_for(const std::string& path, Depth depth) {
  std::error_code problem;
  const auto bytes = std::filesystem::file_size(path, problem);
  return problem || bytes > kReadWholeBytes ? depth : Depth::kWholeFile;
}

void add_cast(StatementText& select, const ReadColumn& read, Literal type) {
  select.add("CAST(c").add_number(read.column->place).add(" AS ").add(type).add(")");
}

void add_column(StatementText& select, const ReadColumn& read) {
  if (read.column->nested) {
    select.add("CAST(to_json(c").add_number(read.column->place).add(") AS VARCHAR)");
    return;
  }
  switch (read.type) {
    case ValueType::kString: return add_cast(select, read, "VARCHAR");
    case ValueType::kDatetime: return add_cast(select, read, "TIMESTAMP");
    default: break;
  }
  if (read.type == read.column->type) {  // A DECIMAL stays one.
    select.add("c").add_number(read.column->place);
    return;
  }
  switch (read.type) {
    case ValueType::kInteger: return add_cast(select, read, "BIGINT");
    case ValueType::kNumeric: return add_cast(select, read, "DOUBLE");
    case ValueType::kBoolean: return add_cast(select, read, "BOOLEAN");
    default: return add_cast(select, read, "DATE");
  }
}

std::string explain_json(const std::string& driver_text) {
  const auto tells = [&](std::string_view words) {
    return driver_text.find(words) != std::string::npos;
  };
  if (tells("expected records")) return "The file is not a list of JSON objects.";
  if (tells("maximum_object_size")) return "An object of the file is larger than 16 MB.";
  if (!tells("Malformed JSON")) return "A value does not fit the type that was chosen for it.";
  for (const std::string_view words : {" in line ", " in record/value "}) {
    const std::size_t found = driver_text.rfind(words);
    if (found == std::string::npos) continue;
    const std::string rest = driver_text.substr(found + words.size());
    const std::string number = rest.substr(0, rest.find_first_not_of("0123456789"));
    return fmt::format("{} {} of the file is not valid JSON.",
                       words == " in line " ? "Line" : "Record", number);
  }
  return "The file is not valid JSON.";
}

std::string explain_parquet(const std::string& driver_text) {
  if (driver_text.find("ncrypt") != std::string::npos) return "The Parquet file is encrypted.";
  if (driver_text.find("Conversion Error") != std::string::npos) {
    return "A value does not fit the type that was chosen for it.";
  }
  return "The Parquet file is damaged or cut off.";
}

}  // namespace

Result<ReadableFile> find_columns(const ConnectionHandle& connection,
                                  const model::FileQuestion& question, Depth depth) {
  ASSIGN_OR_RETURN(const std::vector<char> bytes, read_head(question.file));
  const std::string_view head(bytes.data(), bytes.size());
  const model::FileFormat format = question.format.value_or(guess_format(head));
  RETURN_IF_ERROR(check_head(head, format));
  if (format == model::FileFormat::kCsv) return find_csv_columns(connection, question, head);
  return find_described_columns(connection, {format, question.file},
                                depth_for(question.file, depth));
}

StatementText select_columns(const ReadableFile& file, const std::vector<ReadColumn>& columns) {
  if (file.format == model::FileFormat::kCsv) return select_csv_columns(file, columns);
  StatementText select("SELECT ");
  bool first = true;
  for (const ReadColumn& read : columns) {
    select.add(first ? Literal("") : Literal(", "));
    add_column(select, read);
    select.add(" AS ").add_name(read.column->name);
    first = false;
  }
  select.add(" FROM ").add(rows_of(file, depth_for(file.path, Depth::kWholeFile)));
  select.add(" AS \"file\" (");
  for (std::size_t place = 0; place < file.places; ++place) {
    select.add(place == 0 ? Literal("c") : Literal(", c")).add_number(place);
  }
  return select.add(")");
}

StatementText count_rows(const ReadableFile& file) {
  if (file.format == model::FileFormat::kCsv) return count_csv_rows(file);
  if (file.format == model::FileFormat::kParquet) {
    StatementText count("SELECT CAST(sum(num_rows) AS BIGINT) FROM parquet_file_metadata(");
    return count.add_argument(file.path).add(")");
  }
  StatementText count("SELECT count(*) FROM ");
  return count.add(rows_of(file, Depth::kFirstRows));
}

std::vector<ValueType> offers_of(const PlacedColumn& column) {
  switch (column.type) {
    case ValueType::kString: return {ValueType::kString};
    case ValueType::kInteger: return {ValueType::kInteger, ValueType::kNumeric, ValueType::kString};
    case ValueType::kNumeric: return {ValueType::kNumeric, ValueType::kString};
    case ValueType::kBoolean: return {ValueType::kBoolean, ValueType::kString};
    case ValueType::kDate: return {ValueType::kDate, ValueType::kDatetime, ValueType::kString};
    case ValueType::kDatetime: return {ValueType::kDatetime, ValueType::kString};
  }
  return {ValueType::kString};
}

Error explain_failure(Error failure, const ReadableFile& file) {
  if (failure.code != Code::kSourceUnavailable) return failure;
  const std::string& text = failure.detail;
  if (tells_of_full_disk(text))
    return {Code::kStorageFull, "There is no room for the table.", text};
  if (text.find("Out of Memory") != std::string::npos) {
    return invalid("The file needs more memory than an import may use.", text);
  }
  switch (file.format) {
    case model::FileFormat::kCsv: return invalid(explain_csv(text, file), text);
    case model::FileFormat::kJson: return invalid(explain_json(text), text);
    case model::FileFormat::kParquet: return invalid(explain_parquet(text), text);
  }
  return invalid("The file can not be read.", text);
}

}  // namespace source
