#pragma once

// Owners of what libpq hands out. Move-only. For this room only. Not thread-safe.

#include <libpq-fe.h>
#include <memory>

namespace source {

struct PostgresDeleter {
  void operator()(PGconn* connection) const { PQfinish(connection); }
  void operator()(PGresult* result) const { PQclear(result); }
  void operator()(PGcancel* cancel) const { PQfreeCancel(cancel); }
};

using PgConnectionHandle = std::unique_ptr<PGconn, PostgresDeleter>;
using PgResultHandle = std::unique_ptr<PGresult, PostgresDeleter>;
using PgCancelHandle = std::unique_ptr<PGcancel, PostgresDeleter>;

}  // namespace source
