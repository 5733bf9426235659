#pragma once

// The metadata schema, as a list of forward migrations.

#include <cstddef>

#include "base/result.h"
#include "store/connection.h"

namespace store {

/// Brings the schema to this program's version, all steps in one transaction. Refuses a
/// database of a newer program (kStorageFailed).
[[nodiscard]] base::Result<base::Done> migrate(Connection& connection);

/// No further than version `last`. For the tests of migrations.
[[nodiscard]] base::Result<base::Done> migrate_to(Connection& connection, std::size_t last);

}  // namespace store
