#include "auth/failure_table.h"

#include <algorithm>

namespace auth {

std::chrono::seconds FailureTable::wait_of(std::string_view key, Time now) const {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return {};
  const Entry& entry = *found->second;
  if (!waits(entry) || is_stale(entry, now)) return {};
  constexpr int kMostDoublings = 30;
  const int doublings = std::min(entry.failures - limits_.failures, kMostDoublings);
  const auto wait =
      std::min(limits_.first_wait * (std::int64_t{1} << doublings), limits_.longest_wait);
  return std::max(entry.last + wait - now, Time{});
}

void FailureTable::add(std::string_view key, Time now) {
  auto found = entries_.find(key);
  if (found == entries_.end()) {
    make_room(now);
    const auto entry = harmless_.insert(harmless_.end(), Entry{std::string(key)});
    found = entries_.emplace(entry->key, entry).first;
  }
  Entry& entry = *found->second;
  Entries& before = list_of(entry);
  if (is_stale(entry, now)) entry.failures = 0;
  entry.before_last = entry.last;
  entry.last = now;
  ++entry.failures;
  Entries& after = list_of(entry);
  after.splice(after.end(), before, found->second);
}

void FailureTable::take_back(std::string_view key) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return;
  Entry& entry = *found->second;
  if (entry.failures == 1) return forget(key);
  Entries& before = list_of(entry);
  --entry.failures;
  entry.last = entry.before_last;
  Entries& after = list_of(entry);
  after.splice(after.end(), before, found->second);
}

void FailureTable::forget(std::string_view key) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return;
  const Entries::iterator entry = found->second;
  entries_.erase(found);
  list_of(*entry).erase(entry);
}

bool FailureTable::is_stale(const Entry& entry, Time now) const {
  return now - entry.last > limits_.memory;
}

void FailureTable::make_room(Time now) {
  if (entries_.size() < capacity_) return;
  const bool from_waiting =
      harmless_.empty() || (!waiting_.empty() && is_stale(waiting_.front(), now));
  Entries& list = from_waiting ? waiting_ : harmless_;
  entries_.erase(list.front().key);
  list.pop_front();
}

}  // namespace auth
