#pragma once

// What makers may say about a table, as JSON: in the interface, and in the versions that are kept.
// Pure but for the ids of new rules.

#include <set>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "model/table.h"
#include "model/table_check.h"

namespace catalog {

inline constexpr std::size_t kMaxStatementBytes = 64 * 1024;

/// {"label","description","access","columns","metrics","dimensions","rules","statement"?}
[[nodiscard]] base::json::object render_definition(const model::Table& table);

/// `present` with what the members of `reader` say in place of what it said; what they leave out
/// stays, and so do columns that `columns` does not name. Types are never taken from the members.
/// A rule's id has to be in `known_rules`. Finishes `reader`, so that the caller asks for its own
/// members before. kInvalidBody names the first field at fault. A statement is taken over as it is,
/// for SQL tables only: the caller has it checked.
[[nodiscard]] base::Result<model::Table> apply_definition(const model::Table& present,
                                                          base::ObjectReader& reader,
                                                          const std::set<base::RuleId>& known_rules,
                                                          const model::Attributes& attributes);

/// kInvalidBody with the first of find_problems, names that are used twice, and lists that are too
/// long.
[[nodiscard]] base::Result<base::Done> check_definition(const model::Table& table,
                                                        const model::Attributes& attributes);

/// A kept definition as members for apply_definition on `present`: columns that are gone are left
/// out, and those that it does not know become hidden.
[[nodiscard]] base::Result<base::json::value> definition_for(const model::Table& present,
                                                             const std::string& kept);

/// The table as a kept definition of it has it, whatever fits no more. kStorageFailed.
[[nodiscard]] base::Result<model::Table> parse_definition(const model::Table& present,
                                                          const std::string& kept);

[[nodiscard]] std::set<base::RuleId> rule_ids(const model::Table& table);

}  // namespace catalog
