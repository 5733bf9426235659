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
#include "model/data_file.h"

namespace source {

/// What the engine may use meanwhile.
struct EngineLimits {
  std::string temporary_directory;  ///< Of this call alone.
  std::int64_t memory_bytes;
  int threads;
};

/// Reads the first rows. kInvalidFile; kStorageFull.
[[nodiscard]] base::Result<model::FileDescription> describe_file(
    const model::FileQuestion& question, const EngineLimits& limits);

struct FileImport {
  model::FileQuestion question;
  std::string present;  ///< A DuckDB file whose tables the new one has as well, or empty.
  std::string target;   ///< The DuckDB file that is made. Absolute; not there yet, nor named.
  std::string table;
  std::vector<model::ChosenColumn> columns;  ///< At least one; those that are left out stay behind.
};

/// From 0 to 1.
using Progress = std::function<void(double)>;

/// Makes `target`, durably; `present` stays as it is. Returns the rows of the table. Where this
/// fails or is killed, the caller removes what lies at `target`, and its ".wal". kInvalidFile;
/// kInvalidBody where a chosen column does not fit the file; kStorageFull; kStorageFailed.
/// `progress` is called from another thread.
[[nodiscard]] base::Result<std::int64_t> import_file(const FileImport& wanted,
                                                     const EngineLimits& limits,
                                                     const Progress& progress);

}  // namespace source
