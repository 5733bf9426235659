#pragma once

// SIGTERM and SIGINT as a call. Made before any other thread, so that all of them leave the signals
// to this one.

#include <functional>
#include <thread>

namespace app {

class StopSignals {
 public:
  StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  ~StopSignals();

  /// `on_signal` runs once, on another thread, at the first signal. Called at most once.
  void watch(std::function<void()> on_signal);

 private:
  int descriptor_;
  int wake_;
  std::thread thread_;
};

}  // namespace app
