#pragma once

// What went wrong with a PostgreSQL server, in plain words from a closed set: what the server or
// the library wrote is for the log. For this room only. Pure.

#include <string>
#include <string_view>

#include "base/error.h"
#include "model/database.h"

namespace source {

/// Why no connection came about. `driver_text` is that of libpq with the server's errors as
/// SQLSTATEs (PQERRORS_SQLSTATE), so that it depends on no language.
[[nodiscard]] base::Error connection_failure(std::string_view driver_text, model::TlsMode tls);

/// The server took longer than a connection may take.
[[nodiscard]] base::Error no_answer_in_time();

/// Why a statement failed: kQueryTimeout where the server stopped it, else "The database could not
/// answer." Of `message` the log gets what can not hold a value of a row.
[[nodiscard]] base::Error statement_failure(std::string_view sqlstate, std::string_view message);

}  // namespace source
