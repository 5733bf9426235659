#pragma once

// Which of a database's connections a principal reads: that of the sandbox or not, and which
// database of the server. For this room only. Pure.

#include "base/result.h"
#include "guard/sealed_query.h"
#include "model/database.h"
#include "model/principal.h"

namespace guard {

/// kAttributeMissing where the token lacks the attribute that names its database; kAttributeType
/// where its value is no plain name (letters, digits, `_`, `-`, `.`; at most 63).
[[nodiscard]] base::Result<Connection> choose_connection(const model::Database& database,
                                                         const model::Principal& principal);

}  // namespace guard
