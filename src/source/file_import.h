#pragma once

// Files that people upload: what is in them, and how they become a table. Everything here parses
// bytes that anybody may have made, so only a process of its own calls it, under limits of memory,
// time and disk (app/import_worker.h). Every error's `what` is for the person who sent the file: no
// path, no driver text, a line number where there is one. Not thread-safe.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/value.h"

namespace source {

enum class FileFormat : std::uint8_t { kCsv, kParquet, kJson };
[[nodiscard]] std::string_view file_format_name(FileFormat format);
[[nodiscard]] std::optional<FileFormat> parse_file_format(std::string_view name);

inline constexpr std::size_t kFileColumnsMax = 1000;
/// Between the values of a line: one of `,` `;` tab `|` and `:`, which no value's text is made of.
[[nodiscard]] bool is_delimiter(std::string_view text);

/// A file, and what its sender says of it; what they leave out is found out.
struct FileQuestion {
  std::string file;  ///< Absolute.
  std::optional<FileFormat> format = {};
  std::optional<char> delimiter = {};  ///< CSV.
  std::optional<bool> header = {};     ///< CSV: whether the first line names the columns.
};

struct FileColumn {
  std::string name;  ///< Unique in the file, whatever the case of its letters.
  std::string original =
      {};                 ///< What the file says, where that is no name or a second of its kind.
  model::ValueType type;  ///< Of its first values.
  std::vector<model::ValueType> offers;   ///< What it may be read as; has `type`.
  std::vector<std::string> samples = {};  ///< Of the first rows, shortened.
};

struct FileDescription {
  FileFormat format;
  std::optional<char> delimiter = {};
  std::optional<bool> header = {};
  std::vector<FileColumn> columns;
  std::vector<std::string> left_out = {};  ///< Columns of a type without a form, like BLOB.
  std::optional<std::int64_t> rows = {};   ///< Where they are cheaply counted.
};

/// What the engine may use meanwhile.
struct EngineLimits {
  std::string temporary_directory;  ///< Of this call alone.
  std::int64_t memory_bytes;
  int threads;
};

/// Reads the first rows. kInvalidFile; kStorageFull.
[[nodiscard]] base::Result<FileDescription> describe_file(const FileQuestion& question,
                                                          const EngineLimits& limits);

struct ChosenColumn {
  std::string name;  ///< As described.
  model::ValueType type;
};

struct FileImport {
  FileQuestion question;
  std::string present;  ///< A DuckDB file whose tables the new one has as well, or empty.
  std::string target;   ///< The DuckDB file that is made. Absolute; not there yet.
  std::string table;
  std::vector<ChosenColumn> columns;       ///< At least one; those that are left out stay behind.
  std::vector<std::string> order_by = {};  ///< As write_table has it.
};

/// From 0 to 1.
using Progress = std::function<void(double)>;

/// Makes `target` whole or not at all; `present` stays as it is. Returns the rows of the table.
/// kInvalidFile; kInvalidBody where a chosen column does not fit the file; kStorageFull;
/// kStorageFailed. `progress` is called from another thread.
[[nodiscard]] base::Result<std::int64_t> import_file(const FileImport& wanted,
                                                     const EngineLimits& limits,
                                                     const Progress& progress);

}  // namespace source
