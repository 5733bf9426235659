#include "app/import_job.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "model/data_file.h"

namespace app {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::ObjectReader;
using base::Result;
using model::FileColumn;
using model::FileDescription;
using model::FileQuestion;
using source::FileImport;

constexpr std::size_t kPathBytesMax = 4096;
constexpr std::size_t kTextBytesMax = 64 * 1024;
constexpr std::size_t kSamplesMax = 16;
/// What a worker may refuse with.
constexpr std::array kRefusals = {Code::kInvalidFile, Code::kInvalidBody, Code::kStorageFull,
                                  Code::kStorageFailed, Code::kSourceUnavailable};

Error not_understood() {
  return {Code::kInternal, "The file could not be looked into.", "line of an import worker"};
}

std::string required_path(ObjectReader& reader, std::string_view name) {
  return reader.required_string(name, kPathBytesMax);
}

std::int64_t required_number(ObjectReader& reader, std::string_view name) {
  const auto number = reader.optional_integer(name);
  if (!number) reader.refuse(name, "Is required.");
  return number.value_or(0);
}

// Questions and imports.

json::object render(const FileQuestion& question) {
  json::object object = model::render_file_question(question);
  object["file"] = question.file;
  return object;
}

FileQuestion read_question(ObjectReader& reader) {
  std::string file = required_path(reader, "file");
  FileQuestion question = model::read_file_question(reader);
  question.file = std::move(file);
  return question;
}

json::object render(const FileImport& wanted) {
  return {{"question", render(wanted.question)},
          {"present", wanted.present},
          {"target", wanted.target},
          {"table", wanted.table},
          {"columns", model::render_chosen_columns(wanted.columns)}};
}

Result<FileImport> parse_import(const json::value& value) {
  ObjectReader reader(value, "import");
  FileImport wanted{.question = {},
                    .present = reader.optional_string("present", kPathBytesMax).value_or(""),
                    .target = required_path(reader, "target"),
                    .table = reader.required_string("table"),
                    .columns = model::read_chosen_columns(reader)};
  const json::value* question = reader.required_object("question");
  RETURN_IF_ERROR(reader.finish());
  ObjectReader inner(*question, "question");
  wanted.question = read_question(inner);
  RETURN_IF_ERROR(inner.finish());
  return wanted;
}

// Answers.

Result<FileColumn> parse_column(const json::value& value) {
  ObjectReader reader(value, "column");
  FileColumn column{.name = reader.required_string("name", kTextBytesMax),
                    .original = reader.optional_string("original", kTextBytesMax).value_or(""),
                    .type = {},
                    .offers = {}};
  const auto type = model::parse_type(reader.required_string("type"));
  const auto offers = reader.optional_strings("offers", ObjectReader::Single::kRefused);
  column.samples = reader.optional_strings("samples", ObjectReader::Single::kRefused, kSamplesMax)
                       .value_or(std::vector<std::string>());
  RETURN_IF_ERROR(reader.finish());
  if (!type || !offers) return not_understood();
  column.type = *type;
  for (const std::string& offer : *offers) {
    const auto known = model::parse_type(offer);
    if (!known) return not_understood();
    column.offers.push_back(*known);
  }
  return column;
}

Result<FileDescription> parse_description(const json::value& value) {
  ObjectReader reader(value, "description");
  const auto format = model::parse_file_format(reader.required_string("format"));
  const auto delimiter = reader.optional_string("delimiter");
  FileDescription description{.format = format.value_or(model::FileFormat::kCsv), .columns = {}};
  description.header = reader.optional_bool("header");
  description.rows = reader.optional_integer("rows");
  description.left_out =
      reader.optional_strings("leftOut", ObjectReader::Single::kRefused, model::kFileColumnsMax)
          .value_or(std::vector<std::string>());
  const json::value* columns = reader.optional_array("columns");
  RETURN_IF_ERROR(reader.finish());
  if (!format || columns == nullptr || (delimiter && !model::is_delimiter(*delimiter)) ||
      columns->get_array().size() > model::kFileColumnsMax) {
    return not_understood();
  }
  if (delimiter) description.delimiter = delimiter->front();
  for (const json::value& item : columns->get_array()) {
    ASSIGN_OR_RETURN(FileColumn column, parse_column(item));
    description.columns.push_back(std::move(column));
  }
  return description;
}

/// Without the detail: the engine's text repeats lines of the file, which belong in no log.
json::object render(const Error& error) {
  return {{"code", base::code_name(error.code)}, {"what", error.what}, {"field", error.field}};
}

Result<ImportLine> parse_error(const json::value& value) {
  ObjectReader reader(value, "error");
  const std::string name = reader.required_string("code");
  Error error{Code::kInternal, reader.required_string("what", 1024), "",
              reader.optional_string("field").value_or("")};
  RETURN_IF_ERROR(reader.finish());
  const auto* code = std::ranges::find(kRefusals, name, base::code_name);
  if (code == kRefusals.end()) return not_understood();
  error.code = *code;
  return ImportLine(std::move(error));
}

}  // namespace

std::string render_job(const ImportJob& job) {
  json::object object{{"parent", job.process.parent},
                      {"addressSpaceBytes", job.process.address_space_bytes},
                      {"cpuSeconds", job.process.cpu_seconds},
                      {"fileBytes", job.process.file_bytes},
                      {"temporaryDirectory", job.engine.temporary_directory},
                      {"memoryBytes", job.engine.memory_bytes},
                      {"threads", job.engine.threads}};
  if (const auto* question = std::get_if<FileQuestion>(&job.task)) {
    object["describe"] = render(*question);
  } else {
    object["import"] = render(std::get<FileImport>(job.task));
  }
  return base::render_json(object);
}

Result<ImportJob> parse_job(std::string_view text) {
  ASSIGN_OR_RETURN(const json::value tree, base::parse_json(text));
  ObjectReader reader(tree, "");
  ImportJob job{
      .process = {required_number(reader, "parent"), required_number(reader, "addressSpaceBytes"),
                  required_number(reader, "cpuSeconds"), required_number(reader, "fileBytes")},
      .engine = {required_path(reader, "temporaryDirectory"),
                 required_number(reader, "memoryBytes"),
                 static_cast<int>(required_number(reader, "threads"))},
      .task = FileQuestion{}};
  const json::value* describe = reader.optional_object("describe");
  const json::value* import = reader.optional_object("import");
  RETURN_IF_ERROR(reader.finish());
  if (import != nullptr) {
    ASSIGN_OR_RETURN(job.task, parse_import(*import));
    return job;
  }
  if (describe == nullptr) return not_understood();
  ObjectReader inner(*describe, "describe");
  job.task = read_question(inner);
  RETURN_IF_ERROR(inner.finish());
  return job;
}

std::string render_line(const ImportLine& line) {
  json::object object;
  if (const auto* progress = std::get_if<ImportProgress>(&line)) {
    object["progress"] = progress->done;
  } else if (const auto* description = std::get_if<FileDescription>(&line)) {
    object["description"] = model::render_file_description(*description);
  } else if (const auto* rows = std::get_if<std::int64_t>(&line)) {
    object["rows"] = *rows;
  } else {
    object["error"] = render(std::get<Error>(line));
  }
  return base::render_json(object);
}

Result<ImportLine> parse_line(std::string_view text) {
  const auto tree = base::parse_json(text);
  const json::object* object = tree ? tree->if_object() : nullptr;
  if (object == nullptr || object->size() != 1) return not_understood();
  const std::string_view kind = object->begin()->key();
  const json::value& value = object->begin()->value();
  if (kind == "progress" && value.is_number()) {
    return ImportLine(ImportProgress{std::clamp(value.to_number<double>(), 0.0, 1.0)});
  }
  if (kind == "rows" && value.is_int64()) return ImportLine(value.get_int64());
  if (kind == "description") {
    ASSIGN_OR_RETURN(auto description, parse_description(value));
    return ImportLine(std::move(description));
  }
  if (kind == "error") return parse_error(value);
  return not_understood();
}

}  // namespace app
