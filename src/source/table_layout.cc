#include "source/table_layout.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/json.h"
#include "source/duckdb_instance.h"
#include "source/file_version.h"
#include "source/spill_folder.h"
#include "source/statement_text.h"
#include "source/unfinished_file.h"
#include "sql/render.h"

namespace source {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using Path = std::filesystem::path;

constexpr std::string_view kCommentPrefix = "aracari: sorted by ";
constexpr std::int64_t kTablesMax = 100'000;

constexpr Literal kListTables =
    "SELECT table_name, comment FROM duckdb_tables()"
    " WHERE database_name = current_database() AND schema_name = 'main' AND NOT internal"
    " ORDER BY table_name";
constexpr Literal kListAllTables =
    "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'old'"
    " AND NOT internal ORDER BY schema_name, table_name";
constexpr Literal kListColumns =
    "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'old'"
    " AND schema_name = 'main' AND NOT internal ORDER BY table_name, column_index";

std::string quote_text(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted += '\'';
    quoted += c;
  }
  return quoted + "'";
}

std::string render_comment(const std::vector<std::string>& columns) {
  base::json::array names;
  for (const std::string& column : columns) names.emplace_back(column);
  return std::string(kCommentPrefix) + base::render_json(std::move(names));
}

/// Nothing for a comment of another kind.
std::optional<std::vector<std::string>> parse_comment(std::string_view comment) {
  if (!comment.starts_with(kCommentPrefix)) return std::nullopt;
  const auto json = base::parse_json(comment.substr(kCommentPrefix.size()));
  const base::json::array* names = json ? json->if_array() : nullptr;
  if (names == nullptr) return std::nullopt;
  std::vector<std::string> columns;
  for (const base::json::value& name : *names) {
    if (!name.is_string()) return std::nullopt;
    columns.emplace_back(name.get_string());
  }
  return columns;
}

/// Two columns of text as pairs; NULL is empty.
using Pairs = std::vector<std::pair<std::string, std::string>>;
Result<Pairs> read_pairs(const ConnectionHandle& connection, Literal statement) {
  ASSIGN_OR_RETURN(const ResultSet set, fetch_rows(connection, statement, kTablesMax));
  const auto text = [&](std::size_t column, std::size_t row) {
    const model::Cell& cell = set.columns.at(column).cells.at(row);
    return cell ? std::get<std::string>(*cell) : std::string();
  };
  Pairs pairs;
  for (std::size_t row = 0; row < set.rows(); ++row) pairs.emplace_back(text(0, row), text(1, row));
  return pairs;
}

/// What the disk of `file` may give for spilling; kStorageFull where the new file would not fit.
Result<std::uintmax_t> spill_limit(const std::string& file) {
  std::error_code problem;
  const std::uintmax_t bytes = std::filesystem::file_size(file, problem);
  if (problem) return storage_error(problem.value(), file);
  const std::uintmax_t free = std::filesystem::space(Path(file).parent_path(), problem).available;
  if (problem) return storage_error(problem.value(), file);
  if (free / 2 < bytes) {
    return Error{Code::kStorageFull, "The disk is full.", "less than twice the file is free"};
  }
  return (free - bytes) / 2;
}

/// One file on its way into another. The instance has both attached and can reach nothing else.
class LayingOut {
 public:
  LayingOut(ConnectionHandle connection, const Cancellation& cancellation)
      : connection_(std::move(connection)), cancellation_(cancellation) {}

  [[nodiscard]] Result<Done> attach(const std::string& old_file, const std::string& new_file,
                                    std::uintmax_t spill_bytes) const {
    RETURN_IF_ERROR(run(fmt::format("SET GLOBAL max_temp_directory_size = '{}B'", spill_bytes)));
    RETURN_IF_ERROR(run(fmt::format("ATTACH {} AS old (READ_ONLY)", quote_text(old_file))));
    RETURN_IF_ERROR(run(fmt::format("ATTACH {} AS new", quote_text(new_file))));
    RETURN_IF_ERROR(run("SET GLOBAL enable_external_access = false"));
    return run("SET GLOBAL lock_configuration = true");
  }

  [[nodiscard]] Result<Done> copy(const std::vector<TableLayout>& layouts) const {
    RETURN_IF_ERROR(run("COPY FROM DATABASE old TO new (SCHEMA)"));
    ASSIGN_OR_RETURN(const Pairs tables, read_pairs(connection_, kListAllTables));
    ASSIGN_OR_RETURN(const Pairs columns, read_pairs(connection_, kListColumns));
    for (const auto& [schema, name] : tables) {
      const auto wanted = std::ranges::find(layouts, name, &TableLayout::table);
      if (schema != "main" || wanted == layouts.end()) {
        RETURN_IF_ERROR(copy_table(schema, name, {}));
        continue;
      }
      const auto order = known_columns(*wanted, columns);
      RETURN_IF_ERROR(copy_table(schema, name, order));
      // What was wanted, also where a column of it is not there: it is not to be tried again.
      RETURN_IF_ERROR(
          run(fmt::format("COMMENT ON TABLE new.main.{} IS {}", sql::quote_identifier(name),
                          quote_text(render_comment(wanted->columns)))));
    }
    // Detaching writes the rest of it and folds its log in.
    RETURN_IF_ERROR(run("CHECKPOINT new"));
    return run("DETACH new");
  }

 private:
  static std::vector<std::string> known_columns(const TableLayout& layout, const Pairs& columns) {
    std::vector<std::string> known = layout.columns;
    std::erase_if(known, [&](const std::string& column) {
      return std::ranges::find(columns, std::pair(layout.table, column)) == columns.end();
    });
    return known;
  }

  [[nodiscard]] Result<Done> copy_table(const std::string& schema, const std::string& name,
                                        const std::vector<std::string>& order) const {
    const std::string table = sql::quote_identifier(schema) + "." + sql::quote_identifier(name);
    std::string text = fmt::format("INSERT INTO new.{0} SELECT * FROM old.{0}", table);
    for (std::size_t i = 0; i < order.size(); ++i) {
      text += (i == 0 ? " ORDER BY " : ", ") + sql::quote_identifier(order[i]) + " NULLS LAST";
    }
    RETURN_IF_ERROR(run(text));
    return check_rows(table);
  }

  /// The old file is gone for good once the new one is in its place: its rows have to be there,
  /// whatever their order.
  [[nodiscard]] Result<Done> check_rows(const std::string& table) const {
    return run(fmt::format(
        "SELECT CASE WHEN (SELECT (count(*), sum(hash(\"each row\"))) FROM old.{0} AS \"each row\")"
        " IS DISTINCT FROM"
        " (SELECT (count(*), sum(hash(\"each row\"))) FROM new.{0} AS \"each row\")"
        " THEN error('rows were lost') END",
        table));
  }

  /// `text` is made of our words, quoted names and quoted texts.
  [[nodiscard]] Result<Done> run(const std::string& text) const {
    PreparedHandle prepared;
    if (duckdb_prepare(connection_.get(), text.c_str(), prepared.address()) != DuckDBSuccess) {
      return driver_error(duckdb_prepare_error(prepared.get()));
    }
    PendingHandle pending;
    if (duckdb_pending_prepared(prepared.get(), pending.address()) != DuckDBSuccess) {
      return driver_error(duckdb_pending_error(pending.get()));
    }
    // Only from here on: making the pending result forgets an interrupt that came before.
    const auto unwanted = cancellation_.watch([&] { duckdb_interrupt(connection_.get()); });
    ResultHandle result;
    if (duckdb_execute_pending(pending.get(), result.address()) == DuckDBSuccess) return Done{};
    return driver_error(duckdb_result_error(result.address()));
  }

  ConnectionHandle connection_;
  const Cancellation& cancellation_;
};

/// What the failure of a writing statement means.
Error explain(Error failure, const Cancellation& cancellation) {
  if (failure.code != Code::kSourceUnavailable) return failure;
  if (cancellation.cancelled()) return {Code::kCancelled, "The work was cancelled."};
  if (tells_of_full_disk(failure.detail)) {
    return {Code::kStorageFull, "The disk is full.", std::move(failure.detail)};
  }
  return failure;
}

/// Everything up to the point where the new file is whole.
Result<Done> write_new_file(const DuckDbOptions& options, const UnfinishedFile& file,
                            const std::vector<TableLayout>& layouts,
                            const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(const std::uintmax_t spill_bytes, spill_limit(options.file));
  const OpenOptions bounds = {{"temp_directory", file.spill_path()},
                              {"memory_limit", fmt::format("{}B", options.memory_bytes)},
                              {"threads", "1"},
                              {"allow_persistent_secrets", "false"},
                              {"autoinstall_known_extensions", "false"},
                              {"autoload_known_extensions", "false"}};
  ASSIGN_OR_RETURN(const DatabaseHandle instance, open_instance(":memory:", bounds));
  ASSIGN_OR_RETURN(ConnectionHandle connection, connect(instance));
  const LayingOut laying_out(std::move(connection), cancellation);
  RETURN_IF_ERROR(laying_out.attach(options.file, file.path(), spill_bytes));
  return laying_out.copy(layouts);
}

}  // namespace

Result<std::vector<TableLayout>> read_layouts(const DuckDbOptions& options) {
  ASSIGN_OR_RETURN(const SpillFolder spill, SpillFolder::make_below(options.temporary_directory));
  DuckDbOptions own = options;
  own.temporary_directory = spill.path();
  ASSIGN_OR_RETURN(const LockedInstance instance, open_locked_instance(own));
  ASSIGN_OR_RETURN(const ConnectionHandle connection, connect(instance.database));
  ASSIGN_OR_RETURN(const Pairs tables, read_pairs(connection, kListTables));
  std::vector<TableLayout> layouts;
  for (const auto& [name, comment] : tables) {
    if (auto columns = parse_comment(comment)) layouts.push_back({name, *std::move(columns)});
  }
  return layouts;
}

Result<Done> lay_out(const DuckDbOptions& options, const std::vector<TableLayout>& layouts,
                     const Cancellation& cancellation) {
  DuckDbOptions own = options;
  own.file = std::filesystem::absolute(options.file);
  const std::string version = file_version(own.file);
  ASSIGN_OR_RETURN(const UnfinishedFile file, UnfinishedFile::make_for(own.file));
  auto written = write_new_file(own, file, layouts, cancellation);
  if (!written) return explain(std::move(written).error(), cancellation);
  if (cancellation.cancelled()) return Error{Code::kCancelled, "The work was cancelled."};
  if (file_version(own.file) != version) {
    return Error{Code::kConflict, "The database file was replaced meanwhile."};
  }
  return file.take_place();
}

}  // namespace source
