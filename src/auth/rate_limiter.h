#pragma once

// How many requests a minute each key may make: the generic cell rate algorithm (ITU-T I.371),
// which keeps one time for a key. The whole minute's amount may come at once. Thread-safe.

#include <chrono>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>

namespace auth {

struct RateLimit {
  std::string name;
  std::int64_t per_minute;
};

struct RateDecision {
  bool admitted;
  std::int64_t limit;                ///< Requests a minute.
  std::int64_t remaining;            ///< That could come at once now.
  std::chrono::seconds until_full;   ///< When all of the limit is there again.
  std::chrono::seconds retry_after;  ///< Zero when admitted.
};

class RateLimiter {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  /// Counts one request of `name`, which must be something that the server itself gave out: names
  /// are kept for a minute. A refused request does not count.
  [[nodiscard]] RateDecision admit(const std::string& name, std::int64_t per_minute, Moment now);

  /// Counts one request against all of `limits` (one or more), or against none of them where one
  /// refuses: what a child key is refused costs its parent nothing, nor the reverse. The decision
  /// is that of the first limit, or of the one that refuses.
  [[nodiscard]] RateDecision admit(std::span<const RateLimit> limits, Moment now);

  [[nodiscard]] std::size_t names_for_test() const { return full_at_.size(); }

 private:
  /// Requires the mutex.
  void forget_the_full(Moment now);
  /// What `limit` says to one more request, which is not counted yet. Requires the mutex.
  [[nodiscard]] RateDecision decide(const RateLimit& limit, Moment now) const;
  void charge(const RateLimit& limit, Moment now);

  std::mutex mutex_;
  std::unordered_map<std::string, Moment> full_at_;  ///< When a name has used nothing again.
  Moment swept_at_{};
};

}  // namespace auth
