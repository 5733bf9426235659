#pragma once

// The rows of one table as a condition: access rules and a principal's attributes become a tree.
// For this room only.

#include <chrono>

#include "base/result.h"
#include "guard/sealed_query.h"
#include "model/principal.h"
#include "model/table.h"
#include "sql/tree.h"

namespace guard {

/// Whether the access rules bind `principal`, or their role lets them see every row.
enum class RowScope { kByRules, kAllRowsByRole };
[[nodiscard]] RowScope row_scope_of(const model::Principal& principal);

/// The conditions of the rules whose *if* holds, joined by AND; which applied, and with which
/// values, goes to `decision`. A null expression means all rows, and comes only from a shared
/// table. `today` is the day in UTC that isInLastDays counts from.
[[nodiscard]] base::Result<sql::Expression> build_row_filter(const model::Table& table,
                                                             const model::Principal& principal,
                                                             std::chrono::sys_days today,
                                                             TableDecision& decision);

}  // namespace guard
