#pragma once

// Time as an argument. Whatever decides by time takes a `Clock`, so tests choose the moment.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace base {

/// A moment in UTC, to the second, as tokens and records hold it.
using Seconds = std::chrono::sys_seconds;

class Clock {
 public:
  virtual ~Clock() = default;
  /// Thread-safe.
  [[nodiscard]] virtual Seconds now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Seconds now() const override;
};

/// A clock that stands still until it is told otherwise. For tests; not thread-safe.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Seconds now) : now_(now) {}
  [[nodiscard]] Seconds now() const override { return now_; }
  void advance(std::chrono::seconds by) { now_ += by; }

 private:
  Seconds now_;
};

/// Time that only passes: nobody sets it, forward or back. For how long something lasted.
class MonotonicClock {
 public:
  virtual ~MonotonicClock() = default;
  /// Since a moment that stays the same while the process runs. Thread-safe.
  [[nodiscard]] virtual std::chrono::milliseconds elapsed() const = 0;
};

class SystemMonotonicClock final : public MonotonicClock {
 public:
  [[nodiscard]] std::chrono::milliseconds elapsed() const override;
};

/// For tests; not thread-safe.
class FixedMonotonicClock final : public MonotonicClock {
 public:
  [[nodiscard]] std::chrono::milliseconds elapsed() const override { return elapsed_; }
  void advance(std::chrono::milliseconds by) { elapsed_ += by; }

 private:
  std::chrono::milliseconds elapsed_{};
};

/// For how long a clock has gone along with a monotonic one. What can not be undone and goes by the
/// time of day waits until that was right for a while, because a clock that was set far ahead is
/// usually set right again. Not thread-safe.
class SteadySpan {
 public:
  SteadySpan(const Clock& clock, const MonotonicClock& monotonic);
  /// Zero when the clock was set since the last look, by more than a few seconds.
  [[nodiscard]] std::chrono::milliseconds look();

 private:
  const Clock& clock_;
  const MonotonicClock& monotonic_;
  Seconds last_now_;
  std::chrono::milliseconds last_elapsed_;
  std::chrono::milliseconds steady_since_;
};

/// "2026-01-01T00:00:00Z" (RFC 3339). Years 0000 to 9999.
[[nodiscard]] std::string render_time(Seconds time);

/// The inverse of render_time; only the form with `Z` and whole seconds.
[[nodiscard]] std::optional<Seconds> parse_time(std::string_view text);

/// "59 min", "3 h 20 min", "45 s", "2 days": the largest one or two units.
[[nodiscard]] std::string render_span(std::chrono::seconds span);

}  // namespace base
