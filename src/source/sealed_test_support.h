#pragma once

// For tests: sealed queries on a table of which everybody may see all rows.

#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "auth/principal_factory.h"
#include "guard/guard.h"
#include "model/table.h"
#include "source/source.h"
#include "sql/tree.h"

namespace source {

struct TestTable {
  std::string name;
  std::vector<std::pair<std::string, model::ValueType>> columns;
  model::DatabaseKind kind = model::DatabaseKind::kDuckDb;
  std::string organization = "org_test";
};

/// Seals `plan` over all rows of the shared table `tbl_test`: that is its `from`, unless that is a
/// query itself.
inline guard::SealedQuery seal_shared(const TestTable& described, sql::Select plan) {
  const base::OrgId organization(described.organization);
  const base::TableId id("tbl_test");
  model::Table table{id,
                     base::DatabaseId("dbs_test"),
                     described.name,
                     described.name,
                     model::TableAccess::kShared,
                     {},
                     {},
                     {},
                     {}};
  for (const auto& [name, type] : described.columns) {
    table.columns.push_back({name, type, model::ColumnAccess::kVisible});
  }
  if (!std::holds_alternative<std::shared_ptr<const sql::Select>>(plan.from)) {
    plan.from = sql::TableReference{id};
  }
  const std::map<base::TableId, model::Table> tables{{id, table}};
  model::Database database{table.database, "D", described.kind};
  if (described.kind == model::DatabaseKind::kPostgres) {
    database.postgres = {"host", 1, "postgres", "", "user", "", {}};
  }
  const guard::Policies::Databases databases{{table.database, database}};
  const model::Principal principal = auth::PrincipalFactory::for_user(
      organization, base::UserId("usr_test"), model::Role::kExplorer);
  return guard::seal(plan, principal,
                     guard::Policies(organization, tables, databases, std::chrono::sys_days{}))
      .value();
}

/// All rows of all columns.
inline guard::SealedQuery seal_all(const TestTable& table) {
  sql::Select plan{{}, sql::TableReference{base::TableId("tbl_test")}};
  for (const auto& [name, type] : table.columns) {
    plan.projections.push_back({sql::column(name), name});
  }
  return seal_shared(table, std::move(plan));
}

/// For DuckDB, where the types of the columns do not matter.
inline TestTable duckdb_table(const std::string& name, const std::vector<std::string>& columns) {
  TestTable table{name, {}};
  for (const std::string& column : columns) {
    table.columns.emplace_back(column, model::ValueType::kString);
  }
  return table;
}

inline guard::SealedQuery seal_shared(const std::string& name,
                                      const std::vector<std::string>& columns, sql::Select plan) {
  return seal_shared(duckdb_table(name, columns), std::move(plan));
}

inline guard::SealedQuery seal_columns(const std::string& name,
                                       const std::vector<std::string>& columns) {
  return seal_all(duckdb_table(name, columns));
}

inline constexpr Limits kGenerous{100'000, std::chrono::seconds(30)};

}  // namespace source
