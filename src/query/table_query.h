#pragma once

// Rows and counts of one table for a principal, for those who look at tables rather than charts.
// Everything goes through the guard. Thread-safe.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "query/sealed_runs.h"

namespace query {

inline constexpr std::int64_t kPreviewRowsMax = 200;

struct PreviewColumn {
  std::string name;
  std::string label;
  model::ValueType type;
  bool masked;
};

struct Preview {
  std::vector<PreviewColumn> columns;
  Answer rows;  ///< One result column for each of `columns`.
  ExplainedQuery query;
  RunTimes times;
};

/// Rows of a table, for who looks behind a chart.
struct TableRows {
  std::vector<PreviewColumn> columns;
  Answer rows;  ///< One result column for each of `columns`.
};

/// All rows of a table for somebody, not asked for yet.
struct SealedRows {
  std::vector<PreviewColumn> columns;
  guard::SealedQuery sealed;  ///< One result column for each of `columns`.
};

/// A column of a table in those of its rows for which all conditions hold.
struct ColumnQuestion {
  base::TableId table;
  const model::Column& column;
  std::vector<sql::Expression> conditions;
};

struct RowCounts {
  std::int64_t before;
  std::int64_t after;
};

class TableQueries {
 public:
  TableQueries(Sources& sources, ResultCache& cache, const base::Clock& clock,
               source::Limits limits)
      : runs_(sources, cache, clock, limits) {}

  /// At most `limit_rows` rows, in no order, of the columns that `principal` may see. kNotFound;
  /// kNoRule and the other refusals of guard::seal.
  [[nodiscard]] base::Result<Preview> preview(const model::Principal& principal,
                                              const store::OrganizationView& view,
                                              const base::TableId& table, std::int64_t limit_rows,
                                              const Cancellation& cancellation);

  /// At most `limit_rows` rows for which all conditions hold, in no order. As preview.
  [[nodiscard]] base::Result<TableRows> list_rows(const model::Principal& principal,
                                                  const store::OrganizationView& view,
                                                  const base::TableId& table,
                                                  const std::vector<sql::Expression>& conditions,
                                                  std::int64_t limit_rows,
                                                  const Cancellation& cancellation);

  /// Of the rows for which all conditions hold, however many, in no order. As list_rows.
  [[nodiscard]] base::Result<SealedRows> seal_rows(const model::Principal& principal,
                                                   const store::OrganizationView& view,
                                                   const base::TableId& table,
                                                   const std::vector<sql::Expression>& conditions);
  /// As SealedRuns::stream. `view` is the one that they were sealed with.
  [[nodiscard]] base::Result<base::Done> stream_rows(const SealedRows& rows,
                                                     const store::OrganizationView& view,
                                                     const source::Limits& limits,
                                                     const Cancellation& cancellation,
                                                     const source::BatchSink& take);

  /// Each value once, in order, at most `limit_rows`, as one column. Refusals of guard::seal.
  [[nodiscard]] base::Result<Answer> list_values(const model::Principal& principal,
                                                 const store::OrganizationView& view,
                                                 const ColumnQuestion& question,
                                                 std::int64_t limit_rows,
                                                 const Cancellation& cancellation);
  /// The least and the greatest value, as two columns of one row. As list_values.
  [[nodiscard]] base::Result<Answer> find_bounds(const model::Principal& principal,
                                                 const store::OrganizationView& view,
                                                 const ColumnQuestion& question,
                                                 const Cancellation& cancellation);

  /// Of `table` as `principal` sees it, told to `asker`. As guard::seal_row_counts.
  [[nodiscard]] base::Result<RowCounts> count(const model::Principal& principal,
                                              const model::Principal& asker,
                                              const store::OrganizationView& view,
                                              const base::TableId& table,
                                              const Cancellation& cancellation);

 private:
  [[nodiscard]] base::Result<Answer> run(const model::Principal& principal,
                                         const store::OrganizationView& view,
                                         const sql::Select& plan, const Cancellation& cancellation);

  SealedRuns runs_;
};

}  // namespace query
