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

sql::Select plan_preview(const base::TableId& table, const std::vector<PreviewColumn>& columns,
                         std::int64_t limit_rows) {
  sql::Select plan{{}, sql::TableReference{table}};
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
                     return guard::seal(plan_preview(id, columns, limit_rows), principal,
                                        policies_of(view, runs_.now()));
                   }));
  ASSIGN_OR_RETURN(SealedRun run, runs_.run(sealed, principal, view, cancellation));
  run.times.guard = spent;
  return Preview{std::move(columns),
                 std::move(run.answer),
                 {sealed.statement(), sealed.decision()},
                 run.times};
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
