#include "source/duckdb_sessions.h"

#include "source/duckdb_instance.h"
#include "source/stopping.h"

namespace source {

using base::Code;
using base::Result;

Result<duckdb_prepared_statement> Session::prepare(const std::string& text) {
  if (const auto found = by_text_.find(text); found != by_text_.end()) {
    entries_.splice(entries_.begin(), entries_, found->second);
    duckdb_clear_bindings(entries_.front().prepared.get());
    return entries_.front().prepared.get();
  }
  PreparedHandle prepared;
  if (duckdb_prepare(connection(), text.c_str(), prepared.address()) != DuckDBSuccess) {
    return driver_error(duckdb_prepare_error(prepared.get()));
  }
  if (entries_.size() == kPreparedMax) {
    by_text_.erase(entries_.back().text);
    entries_.pop_back();
  }
  entries_.push_front({text, std::move(prepared)});
  by_text_.emplace(entries_.front().text, entries_.begin());
  return entries_.front().prepared.get();
}

/// Requires the mutex and available().
Result<SessionPool::Lease> SessionPool::take() {
  std::unique_ptr<Session> session;
  if (idle_.empty()) {
    ASSIGN_OR_RETURN(ConnectionHandle connection, connect(database_));
    session = std::make_unique<Session>(std::move(connection));
  } else {
    session = std::move(idle_.back());
    idle_.pop_back();
  }
  ++lent_;
  return Lease(*this, std::move(session));
}

Result<SessionPool::Lease> SessionPool::acquire(std::chrono::steady_clock::time_point deadline,
                                                const Cancellation& cancellation) {
  {
    const std::lock_guard lock(mutex_);
    if (available()) return take();
  }
  // Before the lock is taken, because the interrupt takes it too.
  const std::shared_ptr<void> watch = cancellation.watch([this] {
    {
      const std::lock_guard lock(mutex_);
    }
    changed_.notify_all();
  });
  std::unique_lock lock(mutex_);
  const bool woken =
      changed_.wait_until(lock, deadline, [&] { return available() || cancellation.cancelled(); });
  if (cancellation.cancelled()) return stopped_error(Code::kCancelled);
  if (!woken) return stopped_error(Code::kQueryTimeout);
  return take();
}

void SessionPool::give_back(std::unique_ptr<Session> session) {
  {
    const std::lock_guard lock(mutex_);
    --lent_;
    if (session != nullptr) idle_.push_back(std::move(session));
  }
  // All, because the one woken may be cancelled and take nothing.
  changed_.notify_all();
}

}  // namespace source
