#pragma once

// The only thing that a data source runs. A sealed query proves that the access rules were applied
// for one principal: only `guard` can make one.

#include <string>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "model/access_rule.h"
#include "model/table.h"
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

/// One side of a comparison as it was bound: the attribute that gave the values, or empty for
/// constants of the rule.
struct AppliedOperand {
  std::string attribute;
  std::vector<model::Value> values;
};

/// One condition that a rule put on a table.
struct AppliedCondition {
  base::RuleId rule;
  std::string rule_name;
  std::string column;
  model::RuleOperator op;
  std::vector<AppliedOperand> operands;
};

/// Whether the *if* of a rule held.
struct RuleOutcome {
  base::RuleId rule;
  std::string name;
  bool applied;
};

/// What was decided about one table.
struct TableDecision {
  base::TableId table;
  std::string name;
  model::TableAccess access;
  bool all_rows_by_role = false;  ///< A signed-in admin or maker: rules do not apply.
  std::vector<RuleOutcome> rules = {};
  std::vector<AppliedCondition> conditions = {};
  std::vector<std::string> hidden_columns = {};
  std::vector<std::string> masked_columns = {};
};

/// Why the query may see the rows it sees.
struct Decision {
  std::vector<TableDecision> tables;
};

/// Which connection of its database a query reads.
struct Connection {
  bool sandbox;      ///< Database::sandbox, and not Database::postgres.
  std::string name;  ///< The database's name on a PostgreSQL server; empty for a file.
};

class SealedQuery {
 public:
  [[nodiscard]] const base::OrgId& organization() const { return organization_; }
  [[nodiscard]] const base::DatabaseId& database() const { return database_; }
  [[nodiscard]] const Connection& connection() const { return connection_; }
  [[nodiscard]] const sql::Statement& statement() const { return statement_; }
  [[nodiscard]] const Decision& decision() const { return decision_; }

  /// The statement that has the engine tell its plan of this one, which it does not run. What it
  /// tells is for those who see all rows: estimates and least values are of the whole table.
  [[nodiscard]] sql::Statement plan_statement() const;
  /// The statement that has DuckDB run this one, drop its rows and tell in JSON how it went.
  [[nodiscard]] sql::Statement profile_statement() const;

 private:
  friend base::Result<SealedQuery> seal(const sql::Select& plan, const model::Principal& principal,
                                        const Policies& policies);
  friend base::Result<SealedQuery> seal_row_counts(const base::TableId& table,
                                                   const model::Principal& principal,
                                                   const model::Principal& asker,
                                                   const Policies& policies);
  SealedQuery(base::OrgId organization, base::DatabaseId database, Connection connection,
              sql::Statement statement, Decision decision)
      : organization_(std::move(organization)),
        database_(std::move(database)),
        connection_(std::move(connection)),
        statement_(std::move(statement)),
        decision_(std::move(decision)) {}

  base::OrgId organization_;
  base::DatabaseId database_;
  Connection connection_;
  sql::Statement statement_;
  Decision decision_;
};

}  // namespace guard
