#pragma once

// Calls back at deadlines, from one thread of its own. Cheap while nothing is late: a deadline that
// is later than the earliest known one wakes nobody. Thread-safe.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace source {

class DeadlineTimer {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  using Key = std::pair<Moment, std::uint64_t>;

  /// Ends a registration; afterwards its action is not running and will not run.
  class Watch {
   public:
    Watch(DeadlineTimer& timer, Key key) : timer_(timer), key_(key) {}
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch() { timer_.forget(key_); }

   private:
    DeadlineTimer& timer_;
    Key key_;
  };

  DeadlineTimer();
  DeadlineTimer(const DeadlineTimer&) = delete;
  DeadlineTimer& operator=(const DeadlineTimer&) = delete;
  ~DeadlineTimer();

  /// `action` has to be short and must not touch the timer.
  [[nodiscard]] Watch watch(Moment deadline, std::function<void()> action);

 private:
  void forget(const Key& key);
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  Moment waiting_until_ = Moment::max();
  std::uint64_t next_id_ = 0;
  std::map<Key, std::function<void()>> actions_;
  std::thread thread_;
};

}  // namespace source
