#pragma once

// Access rules as PostgreSQL's own row level security, as its administrator might write them who
// has never heard of Aracari: a third opinion. Shares no code with `guard`, `sql` or the evaluator.

#include <string>
#include <vector>

#include "model/principal.h"
#include "model/table.h"

namespace oracle {

/// Each as it follows `CREATE POLICY name ON table`.
using Policies = std::vector<std::string>;

/// Those of `table`'s rules, with the attributes of `principal` written out. One policy opens the
/// table where a rule applies, and each rule narrows what it opens. A condition that
/// compares with an absent attribute, or what can not be compared, is NULL.
[[nodiscard]] Policies policies_of(const model::Table& table, const model::Principal& principal);

}  // namespace oracle
