#pragma once

// Who looks into uploaded files on behalf of uploads.h. The real one (app/import_process.h) does it
// in a process of its own, so that a file which breaks its parser breaks nothing else.

#include <cstdint>

#include "base/result.h"
#include "source/file_import.h"
#include "source/source.h"

namespace catalog {

/// Thread-safe. Also kCancelled, and kInvalidFile for a file that takes more time or memory than it
/// may, or ended its reader.
class FileWorker {
 public:
  virtual ~FileWorker() = default;
  /// As source::describe_file.
  [[nodiscard]] virtual base::Result<model::FileDescription> describe(
      const model::FileQuestion& question, const source::Cancellation& cancellation) = 0;
  struct ImportTerms {
    std::int64_t file_bytes_max;  ///< Of every file that it writes: kStorageFull beyond.
    const source::Progress& progress;
    const source::Cancellation& cancellation;
  };
  /// As source::import_file.
  [[nodiscard]] virtual base::Result<std::int64_t> import(const source::FileImport& wanted,
                                                          const ImportTerms& terms) = 0;
};

}  // namespace catalog
