#pragma once

// From DuckDB's chunks of vectors to typed columns. For this room only. Not thread-safe.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <duckdb.h>

#include "base/result.h"
#include "source/duckdb_handles.h"
#include "source/source.h"

namespace source {

/// One column of the database on its way into a ResultColumn.
struct ColumnDecoder {
  ResultColumn column;
  void (*decode)(ColumnDecoder&, duckdb_vector, idx_t rows);
  double scale = 1;                          ///< DECIMAL: what the stored integer is divided by.
  std::vector<std::string> dictionary = {};  ///< ENUM: the text of each stored number.
  std::size_t text_bytes = 0;
};

/// The type of the cells that ResultDecoder makes of a column of `type`; nothing where it has none.
[[nodiscard]] std::optional<model::ValueType> value_type_of(duckdb_logical_type type);

/// Collects one result. The types:
/// - BOOLEAN; VARCHAR and ENUM as String; FLOAT, DOUBLE and DECIMAL as Numeric;
/// - integers as Integer, where a column of UBIGINT, HUGEINT (sums) or UHUGEINT becomes Numeric as
/// a
///   whole as soon as one of its values exceeds 64 bits;
/// - DATE; all TIMESTAMPs as Datetime, rounded down to the second;
/// - UUID, TIME and INTERVAL as String, as DuckDB writes them.
/// NULL, NaN, infinities and days outside of the years 0 to 9999 are NULL.
class ResultDecoder {
 public:
  /// kSourceUnavailable for a column of another type.
  [[nodiscard]] static base::Result<ResultDecoder> for_columns_of(duckdb_result& result);

  /// kQueryTooLarge with more than `rows_max` rows or kResultTextBytesMax.
  [[nodiscard]] base::Result<base::Done> append(duckdb_data_chunk chunk, std::int64_t rows_max);

  [[nodiscard]] ResultSet take() &&;
  /// What was appended since the last batch.
  [[nodiscard]] ResultSet take_batch();

 private:
  std::vector<ColumnDecoder> columns_;
  idx_t rows_ = 0;
};

}  // namespace source
