#pragma once

// A bounded cache that lets go what was not used lately: of two generations the older goes when the
// younger is full, and what is found in the older moves on. So a flood of new entries never makes
// it forget those in use, as clearing it whole would. Not thread-safe.

#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

namespace auth {

template <typename Item>
class GenerationalCache {
 public:
  using Pointer = std::shared_ptr<const Item>;

  /// Holds at most `capacity` items, and at least the half of it that was used last.
  explicit GenerationalCache(std::size_t capacity) : generation_capacity_(capacity / 2) {}

  /// Null where there is none.
  [[nodiscard]] Pointer find(const std::string& key) {
    if (const auto found = young_.find(key); found != young_.end()) return found->second;
    auto node = old_.extract(key);
    if (node.empty()) return nullptr;
    Pointer item = node.mapped();
    make_room();
    young_.insert(std::move(node));
    return item;
  }

  /// Replaces what has the key.
  void insert(const std::string& key, Pointer item) {
    old_.erase(key);
    if (!young_.contains(key)) make_room();
    young_.insert_or_assign(key, std::move(item));
  }

  void clear() {
    young_.clear();
    old_.clear();
  }

  [[nodiscard]] std::size_t size() const { return young_.size() + old_.size(); }

 private:
  void make_room() {
    if (young_.size() < generation_capacity_) return;
    old_ = std::exchange(young_, {});
  }

  const std::size_t generation_capacity_;
  std::unordered_map<std::string, Pointer> young_;
  std::unordered_map<std::string, Pointer> old_;
};

}  // namespace auth
