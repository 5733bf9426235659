#pragma once

// A number of slots shared fairly between those who want them: one that falls free goes to the
// waiting key which holds the fewest, and among those to the one that waited longest. Thread-safe;
// outlives its slots.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "base/result.h"
#include "source/source.h"

namespace source {

class FairShare {
 public:
  /// A slot on loan, given back at the end of the scope.
  class Slot {
   public:
    Slot(FairShare& share, std::string key) : share_(&share), key_(std::move(key)) {}
    Slot(Slot&& other) noexcept
        : share_(std::exchange(other.share_, nullptr)), key_(std::move(other.key_)) {}
    Slot& operator=(Slot&&) = delete;
    ~Slot() {
      if (share_ != nullptr) share_->give_back(key_);
    }

   private:
    FairShare* share_;
    std::string key_;
  };

  /// No key holds more than `key_slots_max` at a time.
  FairShare(std::size_t slots_max, std::size_t key_slots_max)
      : slots_max_(slots_max), key_slots_max_(key_slots_max) {}

  /// Waits for a slot: kQueryTimeout, kCancelled.
  [[nodiscard]] base::Result<Slot> acquire(const std::string& key,
                                           std::chrono::steady_clock::time_point deadline,
                                           const Cancellation& cancellation);

 private:
  struct Waiter {
    const std::string& key;
    bool granted = false;
  };

  void give_back(const std::string& key);
  void grant();
  [[nodiscard]] std::size_t held_by(const std::string& key) const;

  const std::size_t slots_max_;
  const std::size_t key_slots_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t held_ = 0;
  std::map<std::string, std::size_t> held_by_key_;  ///< Of those who hold any.
  std::list<Waiter*> waiting_;                      ///< The longest first.
};

}  // namespace source
