#pragma once

// The metadata of all organizations. This class gives out the connection; the statements live in
// accounts.h, keys.h, settings.h and content.h, each taking the organization first.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/result.h"
#include "store/connection.h"

namespace store {

/// Thread-safe: one caller at a time holds the connection.
class Store {
 public:
  /// Opens `<data_directory>/aracari.db` and migrates it. kStorageFailed, kStorageFull.
  [[nodiscard]] static base::Result<std::unique_ptr<Store>> open(const std::string& data_directory);

  /// Runs `body` with the connection. `body` must not call the store again.
  template <typename Body>
  [[nodiscard]] auto read(Body body) {
    const std::scoped_lock lock(mutex_);
    return body(connection_);
  }

  /// Runs `body` in one transaction: all of it is durable when this returns a value, none of it
  /// when this returns an error.
  template <typename Body>
  [[nodiscard]] auto write(Body body) -> decltype(body(std::declval<Connection&>())) {
    const std::scoped_lock lock(mutex_);
    return transact(body, /*changes_views=*/true);
  }

  /// Like write, for changes that decide nothing (last-used times): cached views stay.
  template <typename Body>
  [[nodiscard]] auto write_quietly(Body body) -> decltype(body(std::declval<Connection&>())) {
    const std::scoped_lock lock(mutex_);
    return transact(body, /*changes_views=*/false);
  }

  /// Grows with every change of what is stored, by this process at once and by another process when
  /// notice_foreign_changes saw it. What was read under an older generation may be stale.
  [[nodiscard]] std::uint64_t generation() const {
    return generation_.load(std::memory_order_acquire);
  }

  /// Looks whether another process committed. To be called twice a second. On failure the
  /// generation grows too, because not knowing counts as changed.
  void notice_foreign_changes();

  void limit_pages_for_test(std::int64_t pages) { connection_.limit_pages_for_test(pages); }

 private:
  explicit Store(Connection connection) : connection_(std::move(connection)) {}

  template <typename Body>
  auto transact(Body& body, bool changes_views) -> decltype(body(std::declval<Connection&>())) {
    RETURN_IF_ERROR(connection_.run_script("BEGIN IMMEDIATE"));
    auto outcome = body(connection_);
    if (outcome) {
      if (auto committed = connection_.run_script("COMMIT"); !committed) {
        outcome = std::move(committed).error();
      }
    }
    if (!outcome) {
      (void)connection_.run_script("ROLLBACK");
    } else if (changes_views) {
      generation_.fetch_add(1, std::memory_order_acq_rel);
    }
    return outcome;
  }

  std::mutex mutex_;
  Connection connection_;
  std::int64_t foreign_version_ = 0;
  std::atomic<std::uint64_t> generation_{1};
};

}  // namespace store
