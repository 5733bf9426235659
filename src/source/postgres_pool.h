#pragma once

// Connections to one PostgreSQL server as one user, to whichever of its databases, lent to one
// query at a time. Databases share them fairly. For this room only.

#include <chrono>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/result.h"
#include "source/fair_share.h"
#include "source/postgres_connection.h"

namespace source {

/// Thread-safe. Outlives its leases.
class PostgresPool {
 public:
  /// A connection on loan. It is closed at the end of the scope unless it was kept.
  class Lease {
   public:
    Lease(PostgresPool& pool, FairShare::Slot slot, std::string database);
    Lease(Lease&& other) noexcept;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    [[nodiscard]] PostgresConnection& connection() { return *connection_; }
    /// It answered other queries before.
    [[nodiscard]] bool is_reused() const { return reused_; }
    /// Gives the connection back at the end. Requires that no transaction is open.
    void keep() { kept_ = true; }

   private:
    friend class PostgresPool;
    PostgresPool* pool_;
    FairShare::Slot slot_;
    std::string database_;
    std::unique_ptr<PostgresConnection> connection_ = nullptr;
    bool reused_ = false;
    bool kept_ = false;
  };

  PostgresPool(PostgresLogin login, std::size_t connections_max)
      : login_(std::move(login)),
        connections_max_(connections_max),
        share_(connections_max, connections_max) {}

  /// Waits for its turn, then takes an idle connection to `database` or makes one. The errors of
  /// PostgresConnection::open.
  [[nodiscard]] base::Result<Lease> acquire(const std::string& database, const Patience& patience);
  /// Closes what is idle: the server was found to have ended such connections.
  void forget_idle();

 private:
  struct Idle {
    std::string database;
    std::unique_ptr<PostgresConnection> connection;
    std::chrono::steady_clock::time_point since;
  };
  using IdleList = std::list<Idle>;

  [[nodiscard]] std::unique_ptr<PostgresConnection> take_idle(const std::string& database);
  void give_back(const std::string& database, std::unique_ptr<PostgresConnection> connection);
  [[nodiscard]] IdleList take_excess();

  const PostgresLogin login_;
  const std::size_t connections_max_;
  FairShare share_;
  std::mutex mutex_;
  std::size_t lent_ = 0;
  IdleList idle_;  ///< The last used first.
};

}  // namespace source
