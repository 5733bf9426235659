#pragma once

// What a PostgreSQL database is made of, as far as its user may read it. For this room only.

#include <vector>

#include "base/result.h"
#include "source/patience.h"
#include "source/postgres_connection.h"
#include "source/source.h"

namespace source {

/// As Source::read_schema, in the transaction of `connection`.
[[nodiscard]] base::Result<std::vector<SchemaTable>> read_schema(PostgresConnection& connection,
                                                                 const Patience& patience);

}  // namespace source
