#include "source/fair_share.h"

#include "source/stopping.h"

namespace source {

using base::Code;
using base::Result;

/// Requires the mutex.
std::size_t FairShare::held_by(const std::string& key) const {
  const auto found = held_by_key_.find(key);
  return found == held_by_key_.end() ? 0 : found->second;
}

/// Hands free slots to those who wait. Requires the mutex.
void FairShare::grant() {
  while (held_ < slots_max_) {
    auto next = waiting_.end();
    std::size_t fewest = key_slots_max_;
    for (auto waiter = waiting_.begin(); waiter != waiting_.end(); ++waiter) {
      const std::size_t held = held_by((*waiter)->key);
      if (held >= fewest) continue;
      next = waiter;
      fewest = held;
    }
    if (next == waiting_.end()) break;
    ++held_;
    ++held_by_key_[(*next)->key];
    (*next)->granted = true;
    waiting_.erase(next);
  }
  // All: only the waiters themselves know who was granted.
  changed_.notify_all();
}

Result<FairShare::Slot> FairShare::acquire(const std::string& key,
                                           std::chrono::steady_clock::time_point deadline,
                                           const Cancellation& cancellation) {
  Waiter waiter{key};
  // Before the lock is taken, because the interrupt takes it too.
  const std::shared_ptr<void> watch = cancellation.watch([this] {
    {
      const std::lock_guard lock(mutex_);
    }
    changed_.notify_all();
  });
  std::unique_lock lock(mutex_);
  const auto place = waiting_.insert(waiting_.end(), &waiter);
  grant();
  changed_.wait_until(lock, deadline, [&] { return waiter.granted || cancellation.cancelled(); });
  if (waiter.granted) {
    lock.unlock();
    Slot slot(*this, key);
    if (cancellation.cancelled()) return stopped_error(Code::kCancelled);
    return slot;
  }
  waiting_.erase(place);
  return stopped_error(cancellation.cancelled() ? Code::kCancelled : Code::kQueryTimeout);
}

void FairShare::give_back(const std::string& key) {
  const std::lock_guard lock(mutex_);
  --held_;
  const auto held = held_by_key_.find(key);
  if (--held->second == 0) held_by_key_.erase(held);
  grant();
}

}  // namespace source
