#pragma once

// What each column of a table is to a principal. For this room only.

#include "model/principal.h"
#include "model/table.h"
#include "sql/tree.h"

namespace guard {

/// The first exception that applies decides, else the column's own access. An exception that can
/// not be decided (it asks for an attribute that the token lacks) hides the column.
[[nodiscard]] model::ColumnAccess column_access(const model::Column& column,
                                                const model::Principal& principal);

/// What stands in place of every value of a masked column: "•••••" for String, else NULL.
[[nodiscard]] sql::Expression mask_of(model::ValueType type);

}  // namespace guard
