#include "guard/guard.h"

#include <algorithm>
#include <optional>

#include "guard/row_filter.h"
#include "sql/render.h"

namespace guard {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

/// Replaces the table references of one plan and collects what was decided.
class Sealing {
 public:
  Sealing(const model::Principal& principal, const Policies& policies)
      : principal_(principal), policies_(policies) {}

  Result<sql::Select> seal_select(const sql::Select& select);
  [[nodiscard]] const std::optional<base::DatabaseId>& database() const { return database_; }
  Decision take_decision() { return std::move(decision_); }

 private:
  Result<sql::Select> allowed_rows(const model::Table& table);
  Result<const model::Table*> resolve(const base::TableId& id);
  Result<Done> check_columns(const sql::Select& select, const sql::Select& inner) const;

  const model::Principal& principal_;
  const Policies& policies_;
  std::optional<base::DatabaseId> database_;
  Decision decision_;
};

/// True when every column that `expression` names is among the projections of `inner`.
bool columns_exist(const sql::Expression& expression, const sql::Select& inner) {
  if (expression == nullptr) return true;
  if (const auto* name = std::get_if<sql::ColumnName>(&expression->node)) {
    return std::ranges::any_of(inner.projections, [&](const sql::Projection& projection) {
      return projection.alias == name->name;
    });
  }
  const auto* call = std::get_if<sql::Call>(&expression->node);
  return call == nullptr || std::ranges::all_of(call->arguments, [&](const sql::Expression& part) {
           return columns_exist(part, inner);
         });
}

Result<Done> Sealing::check_columns(const sql::Select& select, const sql::Select& inner) const {
  const bool known =
      columns_exist(select.where, inner) &&
      std::ranges::all_of(select.projections, [&](const sql::Projection& projection) {
        return columns_exist(projection.expression, inner);
      });
  if (!known) return Error{Code::kNotFound, "The chart asks for a column that does not exist."};
  return Done{};
}

Result<const model::Table*> Sealing::resolve(const base::TableId& id) {
  const model::Table* table = policies_.find_table(id);
  if (table == nullptr) return Error{Code::kNotFound, "The chart's table does not exist."};
  if (database_ && *database_ != table->database) {
    return Error{Code::kInternal, "A query can not span two databases."};
  }
  database_ = table->database;
  return table;
}

Result<sql::Select> Sealing::allowed_rows(const model::Table& table) {
  std::vector<sql::Projection> projections;
  for (const model::Column& column : table.columns) {
    projections.push_back({sql::column(column.name), column.name});
  }
  sql::Select rows{std::move(projections), sql::PhysicalTable{table.name}};
  if (row_scope_of(principal_) == RowScope::kAllRowsByRole) {
    decision_.all_rows_by_role = true;
    return rows;
  }
  ASSIGN_OR_RETURN(rows.where, build_row_filter(table, principal_, decision_.conditions));
  return rows;
}

Result<sql::Select> Sealing::seal_select(const sql::Select& select) {
  sql::Select sealed = select;
  if (const auto* reference = std::get_if<sql::TableReference>(&select.from)) {
    ASSIGN_OR_RETURN(const model::Table* table, resolve(reference->id));
    ASSIGN_OR_RETURN(sql::Select rows, allowed_rows(*table));
    RETURN_IF_ERROR(check_columns(select, rows));
    sealed.from = std::make_shared<const sql::Select>(std::move(rows));
    return sealed;
  }
  if (const auto* query = std::get_if<std::shared_ptr<const sql::Select>>(&select.from)) {
    ASSIGN_OR_RETURN(sql::Select inner, seal_select(**query));
    RETURN_IF_ERROR(check_columns(select, inner));
    sealed.from = std::make_shared<const sql::Select>(std::move(inner));
    return sealed;
  }
  return Error{Code::kInternal, "The query can not be run.", "plan names a physical table"};
}

}  // namespace

const model::Table* Policies::find_table(const base::TableId& id) const {
  const auto& tables = tables_.get();
  const auto found = tables.find(id);
  return found == tables.end() ? nullptr : &found->second;
}

Result<SealedQuery> seal(const sql::Select& plan, const model::Principal& principal,
                         const Policies& policies) {
  if (principal.organization() != policies.organization()) {
    return Error{Code::kNotFound, "The chart's table does not exist."};
  }
  Sealing sealing(principal, policies);
  ASSIGN_OR_RETURN(const sql::Select sealed, sealing.seal_select(plan));
  ASSIGN_OR_RETURN(sql::Statement statement, sql::render(sealed));
  return SealedQuery(principal.organization(), *sealing.database(), std::move(statement),
                     sealing.take_decision());
}

std::vector<LockedAttribute> find_locked_attributes(const model::Principal& principal,
                                                    const Policies& policies,
                                                    const std::vector<base::TableId>& tables) {
  std::vector<LockedAttribute> locked;
  if (row_scope_of(principal) == RowScope::kAllRowsByRole) return locked;
  for (const base::TableId& id : tables) {
    const model::Table* table = policies.find_table(id);
    std::vector<AppliedCondition> applied;
    if (table == nullptr || !build_row_filter(*table, principal, applied)) continue;
    for (AppliedCondition& condition : applied) {
      const bool known = std::ranges::any_of(locked, [&](const LockedAttribute& attribute) {
        return attribute.attribute == condition.attribute;
      });
      if (!condition.attribute.empty() && !known) {
        locked.push_back({condition.attribute, std::move(condition.values)});
      }
    }
  }
  return locked;
}

}  // namespace guard
