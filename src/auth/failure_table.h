#pragma once

// How often something failed, by key, in bounded memory. When it is full, a key that failed a few
// times gives way before one that has to wait, so that a stranger who fills the table with cheap
// failures does not free those who wait. Times are of a clock that never goes back. Not
// thread-safe.

#include <chrono>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace auth {

/// After `failures` in a row a key waits for `first_wait`, which doubles with each further failure
/// up to `longest_wait`. Failures are forgotten after `memory` without another.
struct FailureLimits {
  int failures;
  std::chrono::seconds first_wait;
  std::chrono::seconds longest_wait;
  std::chrono::seconds memory;
};

class FailureTable {
 public:
  using Time = std::chrono::seconds;

  FailureTable(const FailureLimits& limits, std::size_t capacity)
      : limits_(limits), capacity_(capacity) {}

  /// Zero when the key need not wait.
  [[nodiscard]] std::chrono::seconds wait_of(std::string_view key, Time now) const;
  void add(std::string_view key, Time now);
  /// Undoes the last add.
  void take_back(std::string_view key);
  void forget(std::string_view key);

  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::string key;
    int failures = 0;
    Time last{};
    Time before_last{};
  };
  using Entries = std::list<Entry>;

  [[nodiscard]] bool waits(const Entry& entry) const { return entry.failures >= limits_.failures; }
  [[nodiscard]] bool is_stale(const Entry& entry, Time now) const;
  /// The list that `entry` belongs into, the one that failed last at the end.
  [[nodiscard]] Entries& list_of(const Entry& entry) { return waits(entry) ? waiting_ : harmless_; }
  void make_room(Time now);

  const FailureLimits limits_;
  const std::size_t capacity_;
  Entries harmless_;
  Entries waiting_;
  std::unordered_map<std::string_view, Entries::iterator> entries_;  ///< Keys lie in the lists.
};

}  // namespace auth
