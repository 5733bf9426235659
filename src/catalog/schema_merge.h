#pragma once

// What a table becomes when its database is looked at again. Pure.

#include <string>
#include <vector>

#include "catalog/databases.h"
#include "model/table.h"
#include "source/source.h"

namespace catalog {

/// A new table, hidden, so that its columns may as well be visible.
[[nodiscard]] model::Table table_of(const source::SchemaTable& described,
                                    const base::DatabaseId& database);

/// Puts the columns of `described` in place of those of `table`: what is known of a column stays, a
/// new one is hidden. Notes what is different; false where nothing is.
[[nodiscard]] bool merge_columns(model::Table& table,
                                 const std::vector<source::SchemaColumn>& described,
                                 SchemaChanges& changes);

}  // namespace catalog
