#pragma once

// What a principal may see. Takes a plan over table references and gives back a query in which
// every reference is replaced by `(SELECT allowed columns FROM table WHERE rules)`, or refuses with
// the reason. Pure: no I/O, no clock, no state. Thread-safe.

#include <functional>
#include <map>

#include "base/result.h"
#include "guard/sealed_query.h"
#include "model/principal.h"
#include "model/table.h"
#include "sql/tree.h"

namespace guard {

/// The tables of one organization by id. Keeps references: the tables must outlive it.
class Policies {
 public:
  Policies(base::OrgId organization, const std::map<base::TableId, model::Table>& tables)
      : organization_(std::move(organization)), tables_(tables) {}

  [[nodiscard]] const base::OrgId& organization() const { return organization_; }
  [[nodiscard]] const model::Table* find_table(const base::TableId& id) const;

 private:
  base::OrgId organization_;
  std::reference_wrapper<const std::map<base::TableId, model::Table>> tables_;
};

/// Applies the rules:
/// - an embed token sees the rows that all rules of each table leave; a hidden table, or a
/// restricted
///   one without rules, is refused (kNoRule);
/// - a rule's attribute that the token lacks, or an empty list → kAttributeMissing; of another type
///   than the column → kAttributeType; both name the attribute;
/// - a signed-in admin or maker sees all rows, because they write the rules; an explorer is subject
///   to the rules and has no attributes;
/// - a column that the table does not have, a table of another organization or database, and a plan
///   that already names a physical table → kNotFound or kInternal, without naming it.
[[nodiscard]] base::Result<SealedQuery> seal(const sql::Select& plan,
                                             const model::Principal& principal,
                                             const Policies& policies);

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
