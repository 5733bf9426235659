#include "source/postgres_pool.h"

#include <algorithm>
#include <iterator>

namespace source {
namespace {

using base::Result;

/// Longer unused connections are closed when the pool is used the next time.
constexpr std::chrono::minutes kIdleMax{5};

}  // namespace

PostgresPool::Lease::Lease(PostgresPool& pool, FairShare::Slot slot, std::string database)
    : pool_(&pool), slot_(std::move(slot)), database_(std::move(database)) {
  const std::lock_guard lock(pool.mutex_);
  ++pool.lent_;
}

PostgresPool::Lease::Lease(Lease&& other) noexcept
    : pool_(std::exchange(other.pool_, nullptr)),
      slot_(std::move(other.slot_)),
      database_(std::move(other.database_)),
      connection_(std::move(other.connection_)),
      reused_(other.reused_),
      kept_(other.kept_) {}

PostgresPool::Lease::~Lease() {
  if (pool_ == nullptr) return;
  pool_->give_back(database_, kept_ ? std::move(connection_) : nullptr);
}

/// What is idle for too long, and what would be too much beside the lent ones; for the caller to
/// close. Requires the mutex.
PostgresPool::IdleList PostgresPool::take_excess() {
  const auto oldest = std::chrono::steady_clock::now() - kIdleMax;
  IdleList excess;
  while (!idle_.empty() &&
         (idle_.back().since < oldest || idle_.size() + lent_ > connections_max_)) {
    excess.splice(excess.end(), idle_, std::prev(idle_.end()));
  }
  return excess;
}

std::unique_ptr<PostgresConnection> PostgresPool::take_idle(const std::string& database) {
  IdleList closed;  // After the lock.
  const std::lock_guard lock(mutex_);
  while (true) {
    const auto found = std::ranges::find(idle_, database, &Idle::database);
    if (found == idle_.end()) break;
    std::unique_ptr<PostgresConnection> connection = std::move(found->connection);
    idle_.erase(found);
    if (connection->is_alive()) return connection;
  }
  closed = take_excess();
  return nullptr;
}

void PostgresPool::give_back(const std::string& database,
                             std::unique_ptr<PostgresConnection> connection) {
  IdleList closed;  // After the lock.
  const std::lock_guard lock(mutex_);
  --lent_;
  if (connection != nullptr) {
    idle_.push_front({database, std::move(connection), std::chrono::steady_clock::now()});
  }
  closed = take_excess();
}

void PostgresPool::forget_idle() {
  IdleList closed;  // After the lock.
  const std::lock_guard lock(mutex_);
  closed.swap(idle_);
}

Result<PostgresPool::Lease> PostgresPool::acquire(const std::string& database,
                                                  const Patience& patience) {
  ASSIGN_OR_RETURN(FairShare::Slot slot,
                   share_.acquire(database, patience.deadline(), patience.cancellation()));
  Lease lease(*this, std::move(slot), database);
  lease.connection_ = take_idle(database);
  lease.reused_ = lease.connection_ != nullptr;
  if (!lease.reused_) {
    ASSIGN_OR_RETURN(PostgresConnection opened,
                     PostgresConnection::open(login_, database, patience));
    lease.connection_ = std::make_unique<PostgresConnection>(std::move(opened));
  }
  return lease;
}

}  // namespace source
