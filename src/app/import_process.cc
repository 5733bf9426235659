#include "app/import_process.h"

#include <algorithm>
#include <optional>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app/child_process.h"
#include "source/spill_folder.h"

namespace app {
namespace {

using base::Code;
using base::Error;
using base::Result;

/// Code, stacks and what the engine does not count, beside the memory that it counts.
constexpr std::int64_t kOtherMemoryBytes = std::int64_t{2} << 30;
/// Room that an import leaves on the disk, and what it may write where there is less.
constexpr std::int64_t kReservedBytes = std::int64_t{256} << 20;
/// What is spilt while one only looks.
constexpr std::int64_t kDescribeFileBytesMax = std::int64_t{1} << 30;

std::int64_t disk_room(const std::string& folder) {
  struct statvfs disk{};
  if (::statvfs(folder.c_str(), &disk) != 0) return kReservedBytes;
  const auto room = static_cast<std::int64_t>(disk.f_bavail * disk.f_frsize);
  return std::max(room - kReservedBytes, kReservedBytes);
}

Error refusal_of(ChildEnd end) {
  switch (end) {
    case ChildEnd::kCancelled: return {Code::kCancelled, "The import was cancelled."};
    case ChildEnd::kTimeOut: return {Code::kInvalidFile, "Reading the file takes too long."};
    case ChildEnd::kByItself:
    case ChildEnd::kTooMuchOutput: break;
  }
  return {Code::kInvalidFile,
          "The file can not be read: it is damaged, or needs more than an import may use.",
          "the import worker ended without an outcome"};
}

}  // namespace

Result<ImportLine> ImportProcess::run(std::variant<model::FileQuestion, source::FileImport> task,
                                      std::chrono::seconds time_max, const ImportTerms& terms) {
  ASSIGN_OR_RETURN(const auto folder,
                   source::SpillFolder::make_below(options_.spill_folder, "import-"));
  const ImportJob job{
      {::getpid(), options_.memory_bytes + kOtherMemoryBytes, time_max.count() * options_.threads,
       std::min(terms.file_bytes_max, disk_room(options_.spill_folder))},
      {folder.path(), options_.memory_bytes, options_.threads},
      std::move(task)};
  std::optional<ImportLine> outcome;
  ASSIGN_OR_RETURN(const ChildEnd end,
                   run_child({options_.program, {"aracari", "import-worker"}}, render_job(job),
                             time_max, terms.cancellation, [&](std::string_view text) {
                               auto line = parse_line(text);
                               if (!line) return;
                               if (const auto* progress = std::get_if<ImportProgress>(&*line)) {
                                 terms.progress(progress->done);
                               } else {
                                 outcome = std::move(line).value();
                               }
                             }));
  if (!outcome || end != ChildEnd::kByItself) return refusal_of(end);
  if (auto* error = std::get_if<Error>(&*outcome)) return std::move(*error);
  return std::move(*outcome);
}

Result<model::FileDescription> ImportProcess::describe(const model::FileQuestion& question,
                                                       const source::Cancellation& cancellation) {
  const source::Progress unheard = [](double) {};
  ASSIGN_OR_RETURN(ImportLine line, run(question, options_.describe_time_max,
                                        {kDescribeFileBytesMax, unheard, cancellation}));
  if (auto* description = std::get_if<model::FileDescription>(&line)) {
    return std::move(*description);
  }
  return refusal_of(ChildEnd::kByItself);
}

Result<std::int64_t> ImportProcess::import(const source::FileImport& wanted,
                                           const ImportTerms& terms) {
  ASSIGN_OR_RETURN(const ImportLine line, run(wanted, options_.import_time_max, terms));
  if (const auto* rows = std::get_if<std::int64_t>(&line)) return *rows;
  return refusal_of(ChildEnd::kByItself);
}

}  // namespace app
