#pragma once

// Looks into uploaded files in a process of its own for each: a damaged file, a bomb or a crash of
// a parser ends that process and nothing else. The process is this program again, in a process
// group of its own, with no open files of ours and an empty environment; it binds itself to limits
// of memory, time and file size (import_worker.h), and is killed when it takes too long, when the
// caller cancels, and when this process ends.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "app/import_job.h"
#include "catalog/file_worker.h"

namespace app {

struct ImportProcessOptions {
  std::string program;       ///< "/proc/self/exe".
  std::string spill_folder;  ///< Absolute; where each process gets a folder that goes with it.
  std::int64_t memory_bytes;
  int threads;
  std::chrono::seconds describe_time_max;
  std::chrono::seconds import_time_max;
};

/// Thread-safe.
class ImportProcess final : public catalog::FileWorker {
 public:
  explicit ImportProcess(ImportProcessOptions options) : options_(std::move(options)) {}

  [[nodiscard]] base::Result<model::FileDescription> describe(
      const model::FileQuestion& question, const source::Cancellation& cancellation) override;
  [[nodiscard]] base::Result<std::int64_t> import(const source::FileImport& wanted,
                                                  const ImportTerms& terms) override;

 private:
  [[nodiscard]] base::Result<ImportLine> run(
      std::variant<model::FileQuestion, source::FileImport> task, std::chrono::seconds time_max,
      const ImportTerms& terms);

  ImportProcessOptions options_;
};

}  // namespace app
