#pragma once

// The metadata schema, as a list of forward migrations.

#include "base/result.h"
#include "store/connection.h"

namespace store {

/// Brings the schema to this program's version, all steps in one transaction. Refuses a
/// database of a newer program (kStorageFailed).
[[nodiscard]] base::Result<base::Done> migrate(Connection& connection);

}  // namespace store
