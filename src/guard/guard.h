#pragma once

// What a principal may see. Takes a plan over table references and gives back a query in which
// every reference is replaced by `(SELECT allowed columns FROM table WHERE rules)`, or refuses with
// the reason. Pure: no I/O, no clock, no state. Thread-safe.

#include <chrono>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "guard/sealed_query.h"
#include "model/database.h"
#include "model/principal.h"
#include "model/table.h"
#include "sql/tree.h"

namespace guard {

/// The tables and databases of one organization by id, as of a day in UTC. Keeps references: both
/// must outlive it.
class Policies {
 public:
  using Tables = std::map<base::TableId, model::Table>;
  using Databases = std::map<base::DatabaseId, model::Database>;

  Policies(base::OrgId organization, const Tables& tables, const Databases& databases,
           std::chrono::sys_days today)
      : organization_(std::move(organization)),
        tables_(tables),
        databases_(databases),
        today_(today) {}

  [[nodiscard]] const base::OrgId& organization() const { return organization_; }
  [[nodiscard]] const model::Table* find_table(const base::TableId& id) const;
  [[nodiscard]] const model::Database* find_database(const base::DatabaseId& id) const;
  [[nodiscard]] std::chrono::sys_days today() const { return today_; }

 private:
  base::OrgId organization_;
  std::reference_wrapper<const Tables> tables_;
  std::reference_wrapper<const Databases> databases_;
  std::chrono::sys_days today_;
};

/// Applies the rules:
/// - an embed token sees the rows that all rules whose *if* holds leave; a hidden table, or a
///   restricted one of which no rule applies, is refused (kNoRule);
/// - an attribute that the token lacks, or an empty list, where a rule compares it, in its *if*,
///   too → kAttributeMissing; of another type → kAttributeType; both name the attribute;
/// - a hidden column does not exist (kNotFound), a masked one has a mask in place of its values;
/// - a signed-in admin or maker sees all rows, because they write the rules; an explorer is subject
///   to the rules and has no attributes;
/// - a sandbox token reads Database::sandbox where there is one; the database of a token is the one
///   that its attribute names (model::PostgresSettings), refused as in rules;
/// - a column that the table does not have, a table of another organization or database, and a plan
///   that already names a physical table → kNotFound or kInternal, without naming it.
[[nodiscard]] base::Result<SealedQuery> seal(const sql::Select& plan,
                                             const model::Principal& principal,
                                             const Policies& policies);

/// The refusal for a column that is hidden, and for one that never was.
[[nodiscard]] base::Error no_such_column();

/// How many rows `table` has, and how many of them `principal` may see, as the columns "before" and
/// "after" of one row. `asker` is who is told: kForbidden where they may not have it explained.
/// Else as seal.
[[nodiscard]] base::Result<SealedQuery> seal_row_counts(const base::TableId& table,
                                                        const model::Principal& principal,
                                                        const model::Principal& asker,
                                                        const Policies& policies);

/// Whether rules and counts may be explained to `principal`: makers who signed in, sandbox tokens.
[[nodiscard]] bool may_explain(const model::Principal& principal);

/// Whether an engine's plan of a query may be shown to `principal`, of whomever the query is: it
/// tells estimates and least values of rows that rules hide, so only those who see all rows.
[[nodiscard]] bool may_see_plan(const model::Principal& principal);

/// What `principal` sees of the columns of `table`, in order; hidden ones are left out.
struct SeenColumn {
  const model::Column* column;  ///< In the table.
  bool masked;
};
[[nodiscard]] std::vector<SeenColumn> seen_columns(const model::Table& table,
                                                   const model::Principal& principal);

/// The attributes by which the rules of `tables` lock what `principal` sees, for the viewer's own
/// eyes. Empty for those who see all rows.
struct LockedAttribute {
  std::string attribute;
  std::vector<model::Value> values;
};
[[nodiscard]] std::vector<LockedAttribute> find_locked_attributes(
    const model::Principal& principal, const Policies& policies,
    const std::vector<base::TableId>& tables);

}  // namespace guard
