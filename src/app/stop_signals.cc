#include "app/stop_signals.h"

#include <array>
#include <csignal>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace app {

StopSignals::StopSignals() : wake_(::eventfd(0, EFD_CLOEXEC)) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  descriptor_ = ::signalfd(-1, &signals, SFD_CLOEXEC);
}

StopSignals::~StopSignals() {
  const std::uint64_t one = 1;
  (void)!::write(wake_, &one, sizeof(one));
  if (thread_.joinable()) thread_.join();
  ::close(descriptor_);
  ::close(wake_);
}

void StopSignals::watch(std::function<void()> on_signal) {
  thread_ = std::thread([this, on_signal = std::move(on_signal)] {
    std::array<pollfd, 2> waited = {{{descriptor_, POLLIN, 0}, {wake_, POLLIN, 0}}};
    while (::poll(waited.data(), waited.size(), -1) < 0) {
    }
    if ((waited[0].revents & POLLIN) != 0) on_signal();
  });
}

}  // namespace app
