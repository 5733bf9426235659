#pragma once

// From libpq's rows of text to typed columns. For this room only. Not thread-safe.

#include <cstddef>
#include <cstdint>
#include <libpq-fe.h>
#include <vector>

#include "base/result.h"
#include "source/source.h"

namespace source {

/// Collects one result, row by row. The types, all that sql::Dialect::kPostgres gives:
/// - boolean; text, varchar and name as String; real, double precision and numeric as Numeric;
/// - smallint, integer and bigint as Integer, and so is numeric(1000, 0) (Function::kWhole), which
///   becomes Numeric as a whole as soon as one of its values exceeds 64 bits;
/// - date; timestamp and timestamptz (in UTC) as Datetime, rounded down to the second.
/// NULL, NaN, infinities and days outside of the years 0 to 9999 are NULL.
class PostgresDecoder {
 public:
  /// For the columns of `result`. kSourceUnavailable for a column of another type.
  [[nodiscard]] static base::Result<PostgresDecoder> for_columns_of(const PGresult* result);

  /// kQueryTooLarge with more than `rows_max` rows or kResultTextBytesMax.
  [[nodiscard]] base::Result<base::Done> append(const PGresult* result, std::int64_t rows_max);

  [[nodiscard]] ResultSet take() &&;
  /// What was appended since the last batch.
  [[nodiscard]] ResultSet take_batch();
  /// Whether enough was appended since then.
  [[nodiscard]] bool is_batch_full() const;

 private:
  struct Column {
    ResultColumn column;
    model::Cell (*decode)(const char* text, std::size_t bytes);
    bool whole;
  };

  static void append_whole(Column& column, const char* text, std::size_t bytes);

  std::vector<Column> columns_;
  std::int64_t rows_ = 0;
  std::size_t text_bytes_ = 0;  ///< Since the last batch.
};

}  // namespace source
