#pragma once

// The process that reads uploaded files: `aracari import-worker`, started by import_process.h and
// by nobody else.

namespace app {

/// Reads one job from standard input, binds itself to the job's limits before it looks at the file,
/// and writes what comes of it to standard output. Returns the exit code.
[[nodiscard]] int run_import_worker();

}  // namespace app
