#pragma once

// The metadata of all organizations. This class gives out the connection; the statements live in
// accounts.h, keys.h, settings.h and content.h, each taking the organization first.

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/result.h"
#include "store/connection.h"

namespace store {

/// What is kept in memory by different classes, and so goes stale by itself.
enum class Part : std::uint8_t { kOrganizations, kApiKeys, kSigningKeys, kRevocations };
inline constexpr std::size_t kParts = 4;

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
    RETURN_IF_ERROR(connection_.run_script("BEGIN IMMEDIATE"));
    auto outcome = body(connection_);
    if (outcome) {
      if (auto committed = connection_.run_script("COMMIT"); !committed) {
        outcome = std::move(committed).error();
      }
    }
    if (!outcome) {
      (void)connection_.run_script("ROLLBACK");
    } else {
      refresh_generations();
    }
    return outcome;
  }

  /// Like read, on a connection of its own, for what takes long (lists, exports): nobody waits for
  /// it. It sees what was committed when it began.
  template <typename Body>
  [[nodiscard]] auto read_apart(Body body) -> decltype(body(std::declval<Connection&>())) {
    ASSIGN_OR_RETURN(Connection apart, Connection::open(file_));
    return body(apart);
  }

  /// Grows with every change of `part`, by this process at once and by another process when
  /// notice_foreign_changes saw it. What was read under an older generation may be stale.
  [[nodiscard]] std::uint64_t generation(Part part) const {
    return generations_[static_cast<std::size_t>(part)].load(std::memory_order_acquire);
  }

  /// Looks whether another process committed. To be called twice a second. On failure all
  /// generations grow, because not knowing counts as changed.
  void notice_foreign_changes();

  void limit_pages_for_test(std::int64_t pages) { connection_.limit_pages_for_test(pages); }

 private:
  Store(Connection connection, std::string file)
      : connection_(std::move(connection)), file_(std::move(file)) {}

  /// Requires the mutex.
  void refresh_generations();

  std::mutex mutex_;
  Connection connection_;
  std::string file_;
  std::int64_t foreign_version_ = 0;
  std::array<std::int64_t, kParts> counters_{};  ///< The row of `changes` as last seen.
  std::array<std::atomic<std::uint64_t>, kParts> generations_{};
};

}  // namespace store
