#include "app/import_worker.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <string>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/command_line.h"
#include "app/import_job.h"

namespace app {
namespace {

using base::Result;

constexpr std::size_t kJobBytesMax = std::size_t{4} << 20;
constexpr rlim_t kOpenFilesMax = 64;
constexpr int kLowPriority = 10;

std::string read_job() {
  std::string text;
  char buffer[4096];
  while (text.size() <= kJobBytesMax) {
    const ssize_t bytes = ::read(STDIN_FILENO, buffer, sizeof buffer);
    if (bytes < 0 && errno == EINTR) continue;
    if (bytes <= 0) break;
    text.append(buffer, static_cast<std::size_t>(bytes));
  }
  return text;
}

bool limit(__rlimit_resource resource, std::int64_t most) {
  const rlimit both{static_cast<rlim_t>(most), static_cast<rlim_t>(most)};
  return ::setrlimit(resource, &both) == 0;
}

/// False where not every limit holds: then nothing is read.
bool bind_to(const ProcessLimits& limits) {
  // A write beyond the limit then fails, and is told as a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::getppid() != limits.parent) return false;
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  // Where memory is short, this is what the kernel ends.
  std::ofstream("/proc/self/oom_score_adj") << "1000";
  (void)::setpriority(PRIO_PROCESS, 0, kLowPriority);
  return limit(RLIMIT_AS, limits.address_space_bytes) && limit(RLIMIT_CPU, limits.cpu_seconds) &&
         limit(RLIMIT_FSIZE, limits.file_bytes) && limit(RLIMIT_CORE, 0) &&
         limit(RLIMIT_NOFILE, kOpenFilesMax);
}

/// Lines come from the job's thread and the one that watches its progress.
class Output {
 public:
  void write(const ImportLine& line) {
    const std::string text = render_line(line) + "\n";
    const std::scoped_lock lock(mutex_);
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
  }

 private:
  std::mutex mutex_;
};

ImportLine outcome_of(const ImportJob& job, Output& output) {
  if (const auto* question = std::get_if<model::FileQuestion>(&job.task)) {
    auto described = source::describe_file(*question, job.engine);
    return described ? ImportLine(std::move(described).value())
                     : ImportLine(std::move(described).error());
  }
  const auto& wanted = std::get<source::FileImport>(job.task);
  auto rows = source::import_file(wanted, job.engine,
                                  [&](double done) { output.write(ImportProgress{done}); });
  return rows ? ImportLine(*rows) : ImportLine(std::move(rows).error());
}

}  // namespace

int run_import_worker() {
  const auto job = parse_job(read_job());
  if (!job || !bind_to(job->process)) return kFailed;
  Output output;
  output.write(outcome_of(*job, output));
  return kDone;
}

}  // namespace app
