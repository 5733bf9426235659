#pragma once

// One connection to a PostgreSQL server, in which everything happens in read-only transactions that
// are rolled back: no setting, no lock and nothing else of one query is there in the next. For this
// room only. Not thread-safe.

#include <cstdint>
#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "model/database.h"
#include "source/literal.h"
#include "source/patience.h"
#include "source/postgres_handles.h"
#include "source/source.h"
#include "sql/render.h"

namespace source {

/// Whom to connect to and as whom. Nothing of libpq's environment is used in their place.
struct PostgresLogin {
  std::string host;
  std::uint16_t port;
  std::string user;
  base::Secret password;
  model::TlsMode tls;
  std::string ca_file;  ///< For kVerifyCa and kVerifyFull.
};

class PostgresConnection {
 public:
  /// `database` is a name and nothing else. kSourceUnavailable with a reason in plain words;
  /// kQueryTimeout, kCancelled.
  [[nodiscard]] static base::Result<PostgresConnection> open(const PostgresLogin& login,
                                                             const std::string& database,
                                                             const Patience& patience);

  /// False where an idle connection is known to have ended.
  [[nodiscard]] bool is_alive();
  [[nodiscard]] bool is_broken() const;

  /// Begins a transaction: read-only, times in UTC, nothing but pg_catalog in the search path, and
  /// stopped by the server itself when `patience` ends.
  [[nodiscard]] base::Result<base::Done> begin(const Patience& patience);
  /// In a transaction. The rows come one by one, so a result that is too large is given up early.
  /// The errors of Source::run; after any of them the connection is of no more use.
  [[nodiscard]] base::Result<ResultSet> fetch(const sql::Statement& statement,
                                              std::int64_t rows_max, const Patience& patience);
  /// The same with the rows for `take`, batch by batch.
  [[nodiscard]] base::Result<ResultSet> fetch(const sql::Statement& statement,
                                              std::int64_t rows_max, const Patience& patience,
                                              const BatchSink& take);
  [[nodiscard]] base::Result<ResultSet> fetch(Literal statement, std::int64_t rows_max,
                                              const Patience& patience);
  /// Ends the transaction and everything that it did.
  [[nodiscard]] base::Result<base::Done> roll_back(const Patience& patience);

  /// Asks the server to stop what runs here, without waiting for it. Nothing where nothing runs.
  void cancel() const;

  /// The server's version as PQserverVersion gives it.
  [[nodiscard]] int server_version() const;

 private:
  explicit PostgresConnection(PgConnectionHandle connection) : connection_(std::move(connection)) {}

  [[nodiscard]] base::Result<base::Done> check_server() const;
  [[nodiscard]] base::Result<base::Done> run_own(const std::string& statements,
                                                 const Patience& patience);
  /// What `take`, where there is one, did not get.
  [[nodiscard]] base::Result<ResultSet> read_rows(std::int64_t rows_max, const Patience& patience,
                                                  const BatchSink& take);
  [[nodiscard]] base::Result<base::Done> flush(const Patience& patience);
  [[nodiscard]] base::Result<PgResultHandle> next_result(const Patience& patience);
  [[nodiscard]] base::Error broken_error() const;

  PgConnectionHandle connection_;
};

}  // namespace source
