#pragma once

// The rows of one table as a condition: access rules and a principal's attributes become a tree.
// Used by guard.cc only.

#include <vector>

#include "base/result.h"
#include "guard/sealed_query.h"
#include "model/principal.h"
#include "model/table.h"
#include "sql/tree.h"

namespace guard {

/// Whether the access rules bind `principal`, or their role lets them see every row.
enum class RowScope { kByRules, kAllRowsByRole };
[[nodiscard]] RowScope row_scope_of(const model::Principal& principal);

/// Every rule's condition joined by AND, and what was applied appended to `applied`. A null
/// expression means all rows, and comes only from a shared table.
[[nodiscard]] base::Result<sql::Expression> build_row_filter(
    const model::Table& table, const model::Principal& principal,
    std::vector<AppliedCondition>& applied);

}  // namespace guard
