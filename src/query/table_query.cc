#include "query/table_query.h"

namespace query {
namespace {

using base::Code;
using base::Error;
using base::Result;

Result<const model::Table*> find_table(const store::OrganizationView& view,
                                       const base::TableId& id) {
  const auto found = view.tables.find(id);
  if (found == view.tables.end()) return Error{Code::kNotFound, "There is no such table."};
  return &found->second;
}

std::vector<PreviewColumn> columns_for(const model::Principal& principal,
                                       const model::Table& table) {
  std::vector<PreviewColumn> columns;
  for (const guard::SeenColumn& seen : guard::seen_columns(table, principal)) {
    const model::Column& column = *seen.column;
    columns.push_back(
        {column.name, column.label.empty() ? column.name : column.label, column.type, seen.masked});
  }
  return columns;
}

/// The rows for which all conditions hold; nothing is projected yet.
sql::Select rows_where(const base::TableId& table, std::vector<sql::Expression> conditions) {
  sql::Select plan{{}, sql::TableReference{table}};
  if (!conditions.empty()) plan.where = sql::call(sql::Function::kAnd, std::move(conditions));
  return plan;
}

sql::Select plan_rows(const base::TableId& table, const std::vector<PreviewColumn>& columns,
                      const std::vector<sql::Expression>& conditions,
                      std::optional<std::int64_t> limit_rows) {
  sql::Select plan = rows_where(table, conditions);
  for (const PreviewColumn& column : columns) {
    plan.projections.push_back({sql::column(column.name), column.name});
  }
  plan.limit_rows = limit_rows;
  return plan;
}

Result<std::int64_t> single_count(const source::ResultColumn& column) {
  if (column.cells.size() == 1 && column.cells[0]) {
    if (const auto* count = std::get_if<std::int64_t>(&*column.cells[0])) return *count;
  }
  return Error{Code::kInternal, "The rows could not be counted.", "not one whole number"};
}

}  // namespace

Result<Preview> TableQueries::preview(const model::Principal& principal,
                                      const store::OrganizationView& view, const base::TableId& id,
                                      std::int64_t limit_rows, const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(const model::Table* table, find_table(view, id));
  std::vector<PreviewColumn> columns = columns_for(principal, *table);
  std::chrono::microseconds spent{};
  ASSIGN_OR_RETURN(const guard::SealedQuery sealed, timed(spent, [&] {
                     return guard::seal(plan_rows(id, columns, {}, limit_rows), principal,
                                        policies_of(view, runs_.now()));
                   }));
  ASSIGN_OR_RETURN(SealedRun run, runs_.run(sealed, principal, view, cancellation));
  run.times.guard = spent;
  return Preview{std::move(columns),
                 std::move(run.answer),
                 {sealed.statement(), sealed.decision()},
                 run.times};
}

Result<Answer> TableQueries::run(const model::Principal& principal,
                                 const store::OrganizationView& view, const sql::Select& plan,
                                 const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(const guard::SealedQuery sealed,
                   guard::seal(plan, principal, policies_of(view, runs_.now())));
  ASSIGN_OR_RETURN(SealedRun ran, runs_.run(sealed, principal, view, cancellation));
  return std::move(ran.answer);
}

Result<TableRows> TableQueries::list_rows(const model::Principal& principal,
                                          const store::OrganizationView& view,
                                          const base::TableId& id,
                                          const std::vector<sql::Expression>& conditions,
                                          std::int64_t limit_rows,
                                          const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(const model::Table* table, find_table(view, id));
  std::vector<PreviewColumn> columns = columns_for(principal, *table);
  ASSIGN_OR_RETURN(Answer rows, run(principal, view, plan_rows(id, columns, conditions, limit_rows),
                                    cancellation));
  return TableRows{std::move(columns), std::move(rows)};
}

Result<SealedRows> TableQueries::seal_rows(const model::Principal& principal,
                                           const store::OrganizationView& view,
                                           const base::TableId& id,
                                           const std::vector<sql::Expression>& conditions) {
  ASSIGN_OR_RETURN(const model::Table* table, find_table(view, id));
  std::vector<PreviewColumn> columns = columns_for(principal, *table);
  ASSIGN_OR_RETURN(guard::SealedQuery sealed,
                   guard::seal(plan_rows(id, columns, conditions, std::nullopt), principal,
                               policies_of(view, runs_.now())));
  return SealedRows{std::move(columns), std::move(sealed)};
}

Result<base::Done> TableQueries::stream_rows(const SealedRows& rows,
                                             const store::OrganizationView& view,
                                             const source::Limits& limits,
                                             const Cancellation& cancellation,
                                             const source::BatchSink& take) {
  return runs_.stream(rows.sealed, view, limits, cancellation, take);
}

Result<Answer> TableQueries::list_values(const model::Principal& principal,
                                         const store::OrganizationView& view,
                                         const ColumnQuestion& question, std::int64_t limit_rows,
                                         const Cancellation& cancellation) {
  sql::Select plan = rows_where(question.table, question.conditions);
  plan.projections = {{sql::column(question.column.name), "value"}};
  plan.group_by = {0};
  plan.order_by = {{0, false}};
  plan.limit_rows = limit_rows;
  return run(principal, view, plan, cancellation);
}

Result<Answer> TableQueries::find_bounds(const model::Principal& principal,
                                         const store::OrganizationView& view,
                                         const ColumnQuestion& question,
                                         const Cancellation& cancellation) {
  const sql::Expression x = sql::column(question.column.name);
  std::vector<sql::Expression> conditions = question.conditions;
  if (question.column.type == model::ValueType::kNumeric) {
    conditions.push_back(sql::call(sql::Function::kIsNumber, {x}));
  }
  sql::Select plan = rows_where(question.table, std::move(conditions));
  plan.projections = {{sql::call(sql::Function::kMin, {x}), "least"},
                      {sql::call(sql::Function::kMax, {x}), "greatest"}};
  return run(principal, view, plan, cancellation);
}

Result<RowCounts> TableQueries::count(const model::Principal& principal,
                                      const model::Principal& asker,
                                      const store::OrganizationView& view,
                                      const base::TableId& table,
                                      const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(const guard::SealedQuery sealed,
                   guard::seal_row_counts(table, principal, asker, policies_of(view, runs_.now())));
  ASSIGN_OR_RETURN(const SealedRun run, runs_.run(sealed, principal, view, cancellation));
  if (run.answer->columns.size() != 2) {
    return Error{Code::kInternal, "The rows could not be counted.", "not two columns"};
  }
  ASSIGN_OR_RETURN(const std::int64_t before, single_count(run.answer->columns[0]));
  ASSIGN_OR_RETURN(const std::int64_t after, single_count(run.answer->columns[1]));
  return RowCounts{before, after};
}

}  // namespace query
