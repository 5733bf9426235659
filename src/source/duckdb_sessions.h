#pragma once

// Connections of one DuckDB instance, each with its prepared statements, lent to one query at a
// time. For this room only.

#include <chrono>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "source/duckdb_handles.h"
#include "source/source.h"

namespace source {

/// Queries of one source that run at the same time; the others wait.
inline constexpr std::size_t kSessionsMax = 16;
/// Preparing costs 0.1 to 0.4 ms, which is up to a third of a small query.
inline constexpr std::size_t kPreparedMax = 64;

/// One connection. Not thread-safe.
class Session {
 public:
  explicit Session(ConnectionHandle connection) : connection_(std::move(connection)) {}

  [[nodiscard]] duckdb_connection connection() const { return connection_.get(); }
  /// The statement of `text`, without bound values, kept until kPreparedMax others were used since.
  [[nodiscard]] base::Result<duckdb_prepared_statement> prepare(const std::string& text);

 private:
  struct Entry {
    std::string text;
    PreparedHandle prepared;
  };
  ConnectionHandle connection_;
  std::list<Entry> entries_;  ///< The last used first.
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_text_;
};

/// Thread-safe. Outlives its leases.
class SessionPool {
 public:
  /// A session on loan, given back at the end of the scope.
  class Lease {
   public:
    Lease(SessionPool& pool, std::unique_ptr<Session> session)
        : pool_(&pool), session_(std::move(session)) {}
    Lease(Lease&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)), session_(std::move(other.session_)) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (pool_ != nullptr) pool_->give_back(std::move(session_));
    }
    [[nodiscard]] Session& session() const { return *session_; }
    /// Closes the session instead of giving it back.
    void discard() { session_.reset(); }

   private:
    SessionPool* pool_;
    std::unique_ptr<Session> session_;
  };

  explicit SessionPool(DatabaseHandle database) : database_(std::move(database)) {}

  /// Waits for a session: kQueryTimeout, kCancelled, kSourceUnavailable.
  [[nodiscard]] base::Result<Lease> acquire(std::chrono::steady_clock::time_point deadline,
                                            const Cancellation& cancellation);

 private:
  void give_back(std::unique_ptr<Session> session);
  [[nodiscard]] base::Result<Lease> take();
  [[nodiscard]] bool available() const { return !idle_.empty() || lent_ < kSessionsMax; }

  DatabaseHandle database_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t lent_ = 0;
  std::vector<std::unique_ptr<Session>> idle_;  ///< The last used last, and lent first.
};

}  // namespace source
