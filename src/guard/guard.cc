#include "guard/guard.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "guard/column_filter.h"
#include "guard/connection_choice.h"
#include "guard/row_filter.h"
#include "sql/render.h"

namespace guard {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

Error no_such_table() { return {Code::kNotFound, "The chart's table does not exist."}; }

sql::Dialect dialect_of(const model::Database& database) {
  const bool postgres = database.kind == model::DatabaseKind::kPostgres;
  return postgres ? sql::Dialect::kPostgres : sql::Dialect::kDuckDb;
}

/// The rows of a table as its database names it.
sql::From physical(const model::Table& table) {
  if (table.statement) return sql::SqlTable{*table.statement};
  return sql::PhysicalTable{table.name};
}

/// What `column` is to `principal`: those who write the rules see every column.
model::ColumnAccess access_to(const model::Column& column, const model::Principal& principal) {
  const bool all = row_scope_of(principal) == RowScope::kAllRowsByRole;
  return all ? model::ColumnAccess::kVisible : column_access(column, principal);
}

/// Replaces the table references of one plan and collects what was decided.
class Sealing {
 public:
  Sealing(const model::Principal& principal, const Policies& policies)
      : principal_(principal), policies_(policies) {}

  Result<sql::Select> seal_select(const sql::Select& select);
  Result<sql::Select> count_rows(const base::TableId& table);
  /// That of the tables. Requires that something was sealed or counted.
  [[nodiscard]] const model::Database& database() const { return *database_; }
  Decision take_decision() { return std::move(decision_); }

 private:
  Result<sql::Expression> seal_expression(const sql::Expression& expression);
  Result<sql::Expression> seal_call(const sql::Expression& expression, const sql::Call& call);
  Result<Done> seal_parts(sql::Select& select);
  Result<std::shared_ptr<const sql::Select>> rows_of(const base::TableId& id);
  Result<sql::Select> allowed_rows(const model::Table& table);
  Result<sql::Expression> row_filter(const model::Table& table, TableDecision& decision);
  Result<const model::Table*> resolve(const base::TableId& id);
  TableDecision& begin_decision(const model::Table& table);

  const model::Principal& principal_;
  const Policies& policies_;
  const model::Database* database_ = nullptr;
  /// So that a plan that names a table twice reads the same rows of it twice.
  std::map<base::TableId, std::shared_ptr<const sql::Select>> rows_;
  Decision decision_;
};

/// The attributes of `condition` that are not there yet.
void add_locked(const AppliedCondition& condition, std::vector<LockedAttribute>& locked) {
  for (const AppliedOperand& operand : condition.operands) {
    const bool known =
        std::ranges::find(locked, operand.attribute, &LockedAttribute::attribute) != locked.end();
    if (operand.attribute.empty() || known) continue;
    locked.push_back({operand.attribute, operand.values});
  }
}

/// True when every column that `expression` names is among the projections of `inner`.
bool columns_exist(const sql::Expression& expression, const sql::Select& inner) {
  if (expression == nullptr) return true;
  if (const auto* name = std::get_if<sql::ColumnName>(&expression->node)) {
    return std::ranges::any_of(inner.projections, [&](const sql::Projection& projection) {
      return projection.alias == name->name;
    });
  }
  if (const auto* among = std::get_if<sql::Among>(&expression->node)) {
    return columns_exist(among->needle, inner);  // Its values are of a query of their own.
  }
  const auto* call = std::get_if<sql::Call>(&expression->node);
  return call == nullptr || std::ranges::all_of(call->arguments, [&](const sql::Expression& part) {
           return columns_exist(part, inner);
         });
}

Result<Done> check_columns(const sql::Select& select, const sql::Select& inner) {
  const bool known =
      columns_exist(select.where, inner) && columns_exist(select.last, inner) &&
      std::ranges::all_of(select.projections, [&](const sql::Projection& projection) {
        return columns_exist(projection.expression, inner);
      });
  if (!known) return no_such_column();
  return Done{};
}

Result<const model::Table*> Sealing::resolve(const base::TableId& id) {
  const model::Table* table = policies_.find_table(id);
  if (table == nullptr) return no_such_table();
  if (database_ != nullptr && database_->id != table->database) {
    return Error{Code::kInternal, "A query can not span two databases."};
  }
  const model::Database* database = policies_.find_database(table->database);
  if (database == nullptr) return no_such_table();
  database_ = database;
  return table;
}

TableDecision& Sealing::begin_decision(const model::Table& table) {
  return decision_.tables.emplace_back(TableDecision{table.id, table.name, table.access});
}

Result<sql::Expression> Sealing::row_filter(const model::Table& table, TableDecision& decision) {
  if (row_scope_of(principal_) == RowScope::kByRules) {
    return build_row_filter(table, principal_, policies_.today(), decision);
  }
  decision.all_rows_by_role = true;
  return sql::Expression(nullptr);
}

Result<sql::Select> Sealing::allowed_rows(const model::Table& table) {
  TableDecision& decision = begin_decision(table);
  sql::Select rows{{}, physical(table)};
  ASSIGN_OR_RETURN(rows.where, row_filter(table, decision));
  std::vector<sql::Projection> masked;
  for (const model::Column& column : table.columns) {
    const std::string& name = column.name;
    const model::ColumnAccess access = access_to(column, principal_);
    if (access == model::ColumnAccess::kHidden) {
      decision.hidden_columns.push_back(name);
      continue;
    }
    const bool mask = access == model::ColumnAccess::kMasked;
    if (mask) decision.masked_columns.push_back(name);
    rows.projections.push_back({sql::stored_column(name, column.type), name});
    masked.push_back({mask ? mask_of(column.type) : sql::column(name), name});
  }
  if (rows.projections.empty()) {
    return Error{Code::kNoRule, "No column of a table of this chart may be seen."};
  }
  if (decision.masked_columns.empty()) return rows;
  // Around the rules, which test the values behind the masks.
  return sql::Select{std::move(masked), std::make_shared<const sql::Select>(std::move(rows))};
}

Result<std::shared_ptr<const sql::Select>> Sealing::rows_of(const base::TableId& id) {
  const auto known = rows_.find(id);
  if (known != rows_.end()) return known->second;
  ASSIGN_OR_RETURN(const model::Table* table, resolve(id));
  ASSIGN_OR_RETURN(sql::Select rows, allowed_rows(*table));
  auto shared = std::make_shared<const sql::Select>(std::move(rows));
  rows_.emplace(id, shared);
  return shared;
}

Result<sql::Expression> Sealing::seal_call(const sql::Expression& expression,
                                           const sql::Call& call) {
  std::vector<sql::Expression> arguments;
  for (const sql::Expression& argument : call.arguments) {
    ASSIGN_OR_RETURN(sql::Expression sealed, seal_expression(argument));
    arguments.push_back(std::move(sealed));
  }
  if (arguments == call.arguments) return expression;
  return sql::call(call.function, std::move(arguments));
}

/// The same with every query inside of it sealed.
Result<sql::Expression> Sealing::seal_expression(const sql::Expression& expression) {
  if (expression == nullptr) return expression;
  if (const auto* call = std::get_if<sql::Call>(&expression->node)) {
    return seal_call(expression, *call);
  }
  const auto* among = std::get_if<sql::Among>(&expression->node);
  if (among == nullptr) return expression;
  if (among->values == nullptr) return Error{Code::kInternal, "The query can not be run."};
  ASSIGN_OR_RETURN(sql::Expression needle, seal_expression(among->needle));
  ASSIGN_OR_RETURN(sql::Select values, seal_select(*among->values));
  return sql::among(std::move(needle), std::make_shared<const sql::Select>(std::move(values)));
}

Result<Done> Sealing::seal_parts(sql::Select& select) {
  for (sql::Projection& projection : select.projections) {
    ASSIGN_OR_RETURN(projection.expression, seal_expression(projection.expression));
  }
  ASSIGN_OR_RETURN(select.where, seal_expression(select.where));
  ASSIGN_OR_RETURN(select.last, seal_expression(select.last));
  return Done{};
}

Result<sql::Select> Sealing::seal_select(const sql::Select& select) {
  sql::Select sealed = select;
  RETURN_IF_ERROR(seal_parts(sealed));
  if (const auto* reference = std::get_if<sql::TableReference>(&select.from)) {
    ASSIGN_OR_RETURN(auto rows, rows_of(reference->id));
    RETURN_IF_ERROR(check_columns(select, *rows));
    sealed.from = std::move(rows);
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

Result<sql::Select> Sealing::count_rows(const base::TableId& id) {
  ASSIGN_OR_RETURN(const model::Table* table, resolve(id));
  ASSIGN_OR_RETURN(const sql::Expression condition, row_filter(*table, begin_decision(*table)));
  const sql::Expression before = sql::call(sql::Function::kCount, {});
  const sql::Expression after =
      condition == nullptr ? before : sql::call(sql::Function::kFilter, {before, condition});
  return sql::Select{{{before, "before"}, {after, "after"}}, physical(*table)};
}

}  // namespace

Error no_such_column() {
  return {Code::kNotFound, "The chart asks for a column that does not exist."};
}

const model::Table* Policies::find_table(const base::TableId& id) const {
  const auto& tables = tables_.get();
  const auto found = tables.find(id);
  return found == tables.end() ? nullptr : &found->second;
}

const model::Database* Policies::find_database(const base::DatabaseId& id) const {
  const auto& databases = databases_.get();
  const auto found = databases.find(id);
  return found == databases.end() ? nullptr : &found->second;
}

Result<SealedQuery> seal(const sql::Select& plan, const model::Principal& principal,
                         const Policies& policies) {
  if (principal.organization() != policies.organization()) return no_such_table();
  Sealing sealing(principal, policies);
  ASSIGN_OR_RETURN(const sql::Select sealed, sealing.seal_select(plan));
  ASSIGN_OR_RETURN(Connection connection, choose_connection(sealing.database(), principal));
  ASSIGN_OR_RETURN(sql::Statement statement, sql::render(sealed, dialect_of(sealing.database())));
  return SealedQuery(principal.organization(), sealing.database().id, std::move(connection),
                     std::move(statement), sealing.take_decision());
}

bool may_explain(const model::Principal& principal) {
  if (principal.embed()) return principal.embed()->environment == model::Environment::kSandbox;
  return may_see_plan(principal);
}

bool may_see_plan(const model::Principal& principal) {
  return principal.user() && row_scope_of(principal) == RowScope::kAllRowsByRole;
}

Result<SealedQuery> seal_row_counts(const base::TableId& table, const model::Principal& principal,
                                    const model::Principal& asker, const Policies& policies) {
  if (principal.organization() != policies.organization() ||
      asker.organization() != policies.organization()) {
    return no_such_table();
  }
  if (!may_explain(asker)) {
    return Error{Code::kForbidden, "Only sandbox tokens and makers may have this explained."};
  }
  Sealing sealing(principal, policies);
  ASSIGN_OR_RETURN(const sql::Select counts, sealing.count_rows(table));
  ASSIGN_OR_RETURN(Connection connection, choose_connection(sealing.database(), principal));
  ASSIGN_OR_RETURN(sql::Statement statement, sql::render(counts, dialect_of(sealing.database())));
  return SealedQuery(principal.organization(), sealing.database().id, std::move(connection),
                     std::move(statement), sealing.take_decision());
}

std::vector<SeenColumn> seen_columns(const model::Table& table, const model::Principal& principal) {
  std::vector<SeenColumn> seen;
  for (const model::Column& column : table.columns) {
    const model::ColumnAccess access = access_to(column, principal);
    if (access == model::ColumnAccess::kHidden) continue;
    seen.push_back({&column, access == model::ColumnAccess::kMasked});
  }
  return seen;
}

std::vector<LockedAttribute> find_locked_attributes(const model::Principal& principal,
                                                    const Policies& policies,
                                                    const std::vector<base::TableId>& tables) {
  std::vector<LockedAttribute> locked;
  if (row_scope_of(principal) == RowScope::kAllRowsByRole) return locked;
  for (const base::TableId& id : tables) {
    const model::Table* table = policies.find_table(id);
    if (table == nullptr) continue;
    TableDecision decision{id, table->name, table->access};
    if (!build_row_filter(*table, principal, policies.today(), decision)) continue;
    for (const AppliedCondition& condition : decision.conditions) add_locked(condition, locked);
  }
  return locked;
}

}  // namespace guard
