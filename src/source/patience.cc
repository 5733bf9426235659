#include "source/patience.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "source/stopping.h"

namespace source {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

Patience::Patience(Moment deadline, const Cancellation& cancellation)
    : deadline_(deadline),
      cancellation_(cancellation),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  watch_ = cancellation.watch([this] { ::eventfd_write(wake_, 1); });
}

Patience::~Patience() {
  watch_.reset();
  if (wake_ >= 0) ::close(wake_);
}

std::chrono::milliseconds Patience::left() const {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now());
  return std::max(left, std::chrono::milliseconds(1));
}

Result<Done> Patience::wait(int socket, Direction direction) const {
  if (wake_ < 0)
    return Error{Code::kSourceUnavailable, "The database could not answer.", "eventfd"};
  short events = 0;
  if (direction != Direction::kWrite) events |= POLLIN;
  if (direction != Direction::kRead) events |= POLLOUT;
  while (true) {
    if (cancellation_.cancelled()) return stopped_error(Code::kCancelled);
    if (std::chrono::steady_clock::now() >= deadline_) return stopped_error(Code::kQueryTimeout);
    std::array<pollfd, 2> watched{{{socket, events, 0}, {wake_, POLLIN, 0}}};
    const auto milliseconds = std::min<std::int64_t>(left().count(), 60'000);
    const int ready = ::poll(watched.data(), watched.size(), static_cast<int>(milliseconds));
    if (ready < 0 && errno != EINTR) {
      return Error{Code::kSourceUnavailable, "The database could not answer.", "poll"};
    }
    // An error of the socket is for whoever uses it next.
    if (ready > 0 && watched[0].revents != 0) return Done{};
  }
}

}  // namespace source
