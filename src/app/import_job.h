#pragma once

// What the server and its import worker say to each other, as JSON: a job on the worker's standard
// input, and on its standard output a line for each step of progress and one for the outcome. The
// server trusts no line more than the file that its worker reads. Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "source/file_import.h"

namespace app {

/// What the kernel holds the worker to.
struct ProcessLimits {
  std::int64_t parent;  ///< Process id of the server, without which the worker ends.
  std::int64_t address_space_bytes;
  std::int64_t cpu_seconds;
  std::int64_t file_bytes;
};

struct ImportJob {
  ProcessLimits process;
  source::EngineLimits engine;
  std::variant<model::FileQuestion, source::FileImport> task;
};

struct ImportProgress {
  double done;  ///< From 0 to 1.
};
using ImportLine = std::variant<ImportProgress, model::FileDescription, std::int64_t, base::Error>;

[[nodiscard]] std::string render_job(const ImportJob& job);
[[nodiscard]] base::Result<ImportJob> parse_job(std::string_view text);

/// Without an end of line.
[[nodiscard]] std::string render_line(const ImportLine& line);
/// kInternal for what no worker of ours says.
[[nodiscard]] base::Result<ImportLine> parse_line(std::string_view text);

}  // namespace app
