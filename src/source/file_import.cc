#include "source/file_import.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include <fmt/format.h>

#include "source/column_names.h"
#include "source/duckdb_instance.h"
#include "source/readable_file.h"
#include "source/spill_folder.h"
#include "source/statement_text.h"
#include "source/unfinished_file.h"

namespace source {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

constexpr std::int64_t kSampleRows = 5;
constexpr std::size_t kSampleBytesMax = 200;
/// Up to this size the rows of a text file are counted.
constexpr std::uintmax_t kCountedBytes = std::uintmax_t{32} << 20;
constexpr std::chrono::milliseconds kProgressEvery{250};

/// An instance that may read `question.file` besides its own file, and nothing else.
struct Instance {
  DatabaseHandle database;
  ConnectionHandle connection;
};

Result<Instance> open_for(const std::string& own_file, const std::string& read_file,
                          const EngineLimits& limits) {
  ASSIGN_OR_RETURN(
      DatabaseHandle database,
      open_instance(own_file, {{"temp_directory", limits.temporary_directory},
                               {"memory_limit", std::to_string(limits.memory_bytes) + "B"},
                               {"threads", std::to_string(limits.threads)},
                               {"allow_community_extensions", "false"},
                               {"allow_unsigned_extensions", "false"},
                               {"allow_persistent_secrets", "false"},
                               {"autoinstall_known_extensions", "false"},
                               {"autoload_known_extensions", "false"}}));
  ASSIGN_OR_RETURN(ConnectionHandle connection, connect(database));
  for (const Literal setting :
       {Literal("SET TimeZone = 'UTC'"), Literal("SET enable_progress_bar = true"),
        Literal("SET enable_progress_bar_print = false"), Literal("SET progress_bar_time = 0")}) {
    RETURN_IF_ERROR(run_literal(connection, setting));
  }
  RETURN_IF_ERROR(run_literal(connection, "SET GLOBAL allowed_paths = [$1]", {read_file}));
  RETURN_IF_ERROR(run_literal(connection, "SET GLOBAL enable_external_access = false"));
  RETURN_IF_ERROR(run_literal(connection, "SET GLOBAL lock_configuration = true"));
  return Instance{std::move(database), std::move(connection)};
}

/// Says how far the running query of a connection is, until it goes.
class ProgressWatch {
 public:
  ProgressWatch(const ConnectionHandle& connection, const Progress& progress)
      : thread_([this, &connection, &progress] {
          while (!stop_) {
            const double percent = duckdb_query_progress(connection.get()).percentage;
            if (percent > 0) progress(std::min(percent / 100, 1.0));
            std::this_thread::sleep_for(kProgressEvery);
          }
        }) {}
  ProgressWatch(const ProgressWatch&) = delete;
  ProgressWatch& operator=(const ProgressWatch&) = delete;
  ~ProgressWatch() {
    stop_ = true;
    thread_.join();
  }

 private:
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

Result<std::vector<std::vector<std::string>>> read_samples(const ConnectionHandle& connection,
                                                           const ReadableFile& file) {
  std::vector<ReadColumn> columns;
  for (const PlacedColumn& column : file.columns) {
    columns.push_back({&column, model::ValueType::kString});
  }
  StatementText statement = select_columns(file, columns);
  statement.add(" LIMIT ").add_number(kSampleRows);
  auto rows = fetch_rows(connection, statement, kSampleRows);
  if (!rows) return explain_failure(std::move(rows).error(), file);
  std::vector<std::vector<std::string>> samples;
  for (const ResultColumn& column : rows->columns) {
    std::vector<std::string>& texts = samples.emplace_back();
    for (const model::Cell& cell : column.cells) {
      if (cell) texts.push_back(shorten(std::get<std::string>(*cell), kSampleBytesMax));
    }
  }
  return samples;
}

Result<std::int64_t> count(const ConnectionHandle& connection, const StatementText& statement,
                           const ReadableFile& file) {
  auto rows = fetch_rows(connection, statement, 1);
  if (!rows) return explain_failure(std::move(rows).error(), file);
  const model::Cell& cell = rows->columns.at(0).cells.at(0);
  if (!cell || !std::holds_alternative<std::int64_t>(*cell)) {
    return Error{Code::kInvalidFile, "The rows of the file can not be counted."};
  }
  return std::get<std::int64_t>(*cell);
}

bool is_cheaply_counted(const ReadableFile& file) {
  std::error_code problem;
  return file.format == model::FileFormat::kParquet ||
         (std::filesystem::file_size(file.path, problem) <= kCountedBytes && !problem);
}

Result<ReadColumn> find_chosen(const ReadableFile& file, const model::ChosenColumn& chosen,
                               std::size_t index) {
  const auto found = std::ranges::find(file.columns, chosen.name, &PlacedColumn::name);
  if (found == file.columns.end()) {
    return Error{Code::kInvalidBody,
                 "The file has no such column.",
                 {},
                 fmt::format("columns[{}].name", index)};
  }
  const auto offers = offers_of(*found);
  if (std::ranges::find(offers, chosen.type) == offers.end()) {
    return Error{Code::kInvalidBody,
                 "The column can not be read as this type.",
                 {},
                 fmt::format("columns[{}].type", index)};
  }
  return ReadColumn{&*found, chosen.type};
}

Result<std::vector<ReadColumn>> find_all_chosen(const ReadableFile& file,
                                                const std::vector<model::ChosenColumn>& chosen) {
  std::vector<ReadColumn> columns;
  for (const model::ChosenColumn& column : chosen) {
    ASSIGN_OR_RETURN(const ReadColumn read, find_chosen(file, column, columns.size()));
    if (std::ranges::find(columns, read.column, &ReadColumn::column) != columns.end()) {
      return Error{Code::kInvalidBody,
                   "The column is chosen twice.",
                   {},
                   fmt::format("columns[{}].name", columns.size())};
    }
    columns.push_back(read);
  }
  return columns;
}

/// The tables of `present` go along as they are stored, so their file is copied, which is as fast
/// as the disk and keeps the order of each.
Result<Done> copy_present(const std::string& present, const std::string& target) {
  if (present.empty()) return Done{};
  std::error_code problem;
  std::filesystem::copy_file(present, target, problem);
  if (problem) return storage_error(problem.value(), target);
  return Done{};
}

Result<std::int64_t> fill(const FileImport& wanted, const EngineLimits& limits,
                          const Progress& progress) {
  ASSIGN_OR_RETURN(const Instance instance, open_for(wanted.target, wanted.question.file, limits));
  const ConnectionHandle& connection = instance.connection;
  ASSIGN_OR_RETURN(const ReadableFile file,
                   find_columns(connection, wanted.question, Depth::kWholeFile));
  ASSIGN_OR_RETURN(const auto columns, find_all_chosen(file, wanted.columns));
  {
    const ProgressWatch watch(connection, progress);
    StatementText statement("CREATE TABLE ");
    statement.add_name(wanted.table).add(" AS ").add(select_columns(file, columns));
    auto written = execute(connection, statement);
    if (!written) {
      if (written.error().detail.find("already exists") != std::string::npos) {
        return Error{
            Code::kInvalidBody, "The database has a table of this name.", {}, "table.name"};
      }
      return explain_failure(std::move(written).error(), file);
    }
  }
  if (auto kept = run_literal(connection, "CHECKPOINT"); !kept) {
    return explain_failure(std::move(kept).error(), file);
  }
  StatementText rows("SELECT count(*) FROM ");
  return count(connection, rows.add_name(wanted.table), file);
}

}  // namespace

Result<model::FileDescription> describe_file(const model::FileQuestion& question,
                                             const EngineLimits& limits) {
  ASSIGN_OR_RETURN(const Instance instance, open_for(":memory:", question.file, limits));
  const ConnectionHandle& connection = instance.connection;
  ASSIGN_OR_RETURN(const ReadableFile file, find_columns(connection, question, Depth::kFirstRows));
  model::FileDescription description{
      .format = file.format, .columns = {}, .left_out = file.left_out};
  if (file.format == model::FileFormat::kCsv) {
    description.delimiter = file.dialect.delimiter;
    description.header = file.dialect.header;
  }
  ASSIGN_OR_RETURN(auto samples, read_samples(connection, file));
  for (std::size_t i = 0; i < file.columns.size(); ++i) {
    const PlacedColumn& column = file.columns[i];
    description.columns.push_back(
        {column.name, column.original, column.type, offers_of(column), std::move(samples.at(i))});
  }
  if (is_cheaply_counted(file)) {
    ASSIGN_OR_RETURN(description.rows, count(connection, count_rows(file), file));
  }
  return description;
}

Result<std::int64_t> import_file(const FileImport& wanted, const EngineLimits& limits,
                                 const Progress& progress) {
  RETURN_IF_ERROR(copy_present(wanted.present, wanted.target));
  ASSIGN_OR_RETURN(const std::int64_t rows, fill(wanted, limits, progress));
  RETURN_IF_ERROR(sync(wanted.target));
  RETURN_IF_ERROR(sync(std::filesystem::path(wanted.target).parent_path()));
  return rows;
}

}  // namespace source
