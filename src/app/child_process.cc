#include "app/child_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace app {
namespace {

using base::Code;
using base::Error;
using base::Result;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kOutputBytesMax = std::size_t{16} << 20;

Error not_started(const char* step) {
  return {Code::kInternal, "The file could not be looked into.",
          std::string(step) + ": " + std::strerror(errno)};
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() { close(); }
  [[nodiscard]] int get() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

/// `text` as a file in memory, to be read from its beginning: no writer has to wait for a reader.
Result<Descriptor> file_of(std::string_view text) {
  Descriptor file(::memfd_create("input", MFD_CLOEXEC));
  if (file.get() < 0) return not_started("memfd_create");
  while (!text.empty()) {
    const ssize_t written = ::write(file.get(), text.data(), text.size());
    if (written < 0) return not_started("write");
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::lseek(file.get(), 0, SEEK_SET) != 0) return not_started("lseek");
  return file;
}

/// What a child begins with.
class SpawnTerms {
 public:
  SpawnTerms(int input, int output) {
    ::posix_spawn_file_actions_init(&files_);
    ::posix_spawn_file_actions_adddup2(&files_, input, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&files_, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  SpawnTerms(const SpawnTerms&) = delete;
  SpawnTerms& operator=(const SpawnTerms&) = delete;
  ~SpawnTerms() {
    ::posix_spawn_file_actions_destroy(&files_);
    ::posix_spawnattr_destroy(&attributes_);
  }

  [[nodiscard]] std::optional<pid_t> start(ChildProgram child) const {
    std::vector<char*> arguments;
    for (std::string& argument : child.arguments) arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    // Arenas for each thread would count against the limit of its address space.
    std::string arenas = "MALLOC_ARENA_MAX=2";
    std::array<char*, 2> environment = {arenas.data(), nullptr};
    pid_t id = 0;
    errno = ::posix_spawn(&id, child.program.c_str(), &files_, &attributes_, arguments.data(),
                          environment.data());
    return errno == 0 ? std::optional(id) : std::nullopt;
  }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

/// Kills the group and waits for its first process.
void end(pid_t id) {
  ::kill(-id, SIGKILL);
  while (::waitpid(id, nullptr, 0) < 0 && errno == EINTR) {
  }
}

/// Hands over the lines of what is read.
class Lines {
 public:
  explicit Lines(const std::function<void(std::string_view)>& on_line) : on_line_(on_line) {}

  void add(std::string_view bytes) {
    total_ += bytes.size();
    rest_ += bytes;
    std::size_t begin = 0;
    for (std::size_t end; (end = rest_.find('\n', begin)) != std::string::npos; begin = end + 1) {
      on_line_(std::string_view(rest_).substr(begin, end - begin));
    }
    rest_.erase(0, begin);
  }
  [[nodiscard]] bool too_much() const { return total_ > kOutputBytesMax; }

 private:
  const std::function<void(std::string_view)>& on_line_;
  std::string rest_;
  std::size_t total_ = 0;
};

int milliseconds_until(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

ChildEnd read_until_end(int output, int cancelled, Clock::time_point deadline, Lines& lines) {
  std::array<char, 64 * 1024> buffer;
  while (true) {
    std::array<pollfd, 2> waited = {{{output, POLLIN, 0}, {cancelled, POLLIN, 0}}};
    const int ready = ::poll(waited.data(), waited.size(), milliseconds_until(deadline));
    if (Clock::now() >= deadline) return ChildEnd::kTimeOut;
    if (ready <= 0) continue;
    if (waited[1].revents != 0) return ChildEnd::kCancelled;
    const ssize_t bytes = ::read(output, buffer.data(), buffer.size());
    if (bytes < 0 && errno == EINTR) continue;
    if (bytes <= 0) return ChildEnd::kByItself;
    lines.add({buffer.data(), static_cast<std::size_t>(bytes)});
    if (lines.too_much()) return ChildEnd::kTooMuchOutput;
  }
}

}  // namespace

Result<ChildEnd> run_child(const ChildProgram& child, std::string_view input,
                           std::chrono::milliseconds time_max,
                           const source::Cancellation& cancellation,
                           const std::function<void(std::string_view line)>& on_line) {
  const Clock::time_point deadline = Clock::now() + time_max;
  ASSIGN_OR_RETURN(const Descriptor job, file_of(input));
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return not_started("pipe2");
  const Descriptor output(ends[0]);
  Descriptor inlet(ends[1]);
  const Descriptor cancelled(::eventfd(0, EFD_CLOEXEC));
  if (cancelled.get() < 0) return not_started("eventfd");
  const auto id = SpawnTerms(job.get(), inlet.get()).start(child);
  if (!id) return not_started("posix_spawn");
  inlet.close();
  ChildEnd how;
  {
    const auto watch = cancellation.watch([&] {
      const std::uint64_t one = 1;
      (void)!::write(cancelled.get(), &one, sizeof one);
    });
    Lines lines(on_line);
    how = read_until_end(output.get(), cancelled.get(), deadline, lines);
  }
  end(*id);
  return how;
}

}  // namespace app
