#pragma once

// The only thing that a data source runs. A sealed query proves that the access rules were applied
// for one principal: only `guard::seal` can make one.

#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "model/value.h"
#include "sql/render.h"

namespace model {
class Principal;
}
namespace sql {
struct Select;
}

namespace guard {

class Policies;

/// One condition that the rules put on a table, with its values as bound.
struct AppliedCondition {
  std::string table;
  std::string rule;
  std::string column;
  std::string attribute;  ///< Empty where the rule compares with constants.
  std::vector<model::Value> values;
};

/// Why the query may see the rows it sees.
struct Decision {
  bool all_rows_by_role = false;  ///< A signed-in admin or maker: rules do not apply.
  std::vector<AppliedCondition> conditions;
};

class SealedQuery {
 public:
  [[nodiscard]] const base::OrgId& organization() const { return organization_; }
  [[nodiscard]] const base::DatabaseId& database() const { return database_; }
  [[nodiscard]] const sql::Statement& statement() const { return statement_; }
  [[nodiscard]] const Decision& decision() const { return decision_; }

 private:
  friend base::Result<SealedQuery> seal(const sql::Select& plan, const model::Principal& principal,
                                        const Policies& policies);
  SealedQuery(base::OrgId organization, base::DatabaseId database, sql::Statement statement,
              Decision decision)
      : organization_(std::move(organization)),
        database_(std::move(database)),
        statement_(std::move(statement)),
        decision_(std::move(decision)) {}

  base::OrgId organization_;
  base::DatabaseId database_;
  sql::Statement statement_;
  Decision decision_;
};

}  // namespace guard
