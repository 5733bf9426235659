#pragma once

// A file with the columns that were found in it, and the SELECT that reads them. For this room
// only.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "source/duckdb_handles.h"
#include "source/file_import.h"
#include "source/statement_text.h"

namespace source {

/// How the lines of a CSV file are read. Quotes are `"`, doubled within.
struct CsvDialect {
  char delimiter = ',';
  bool header = true;
  std::string date_format = {};      ///< As strptime has it; empty: ISO 8601.
  std::string datetime_format = {};  ///< Likewise.
};

/// A column of the file that can be read.
struct PlacedColumn {
  std::size_t place;  ///< Among all columns of the file, from 0.
  std::string name;
  std::string original;  ///< Empty where it is the name.
  model::ValueType type;
  bool nested = false;  ///< A list, struct or map, read as the text of its JSON.
};

struct ReadableFile {
  model::FileFormat format;
  std::string path;
  CsvDialect dialect = {};
  std::size_t places = 0;
  std::vector<PlacedColumn> columns = {};
  std::vector<std::string> left_out = {};
};

/// One column of a SELECT.
struct ReadColumn {
  const PlacedColumn* column;
  model::ValueType type;
};

/// How thoroughly the types of a JSON file are looked for.
enum class Depth : std::uint8_t { kFirstRows, kWholeFile };

/// kInvalidFile.
[[nodiscard]] base::Result<ReadableFile> find_columns(const ConnectionHandle& connection,
                                                      const model::FileQuestion& question,
                                                      Depth depth);

/// The rows of `file`, these columns of them.
[[nodiscard]] StatementText select_columns(const ReadableFile& file,
                                           const std::vector<ReadColumn>& columns);

/// How many rows there are: a Parquet file says it, others are read to their end.
[[nodiscard]] StatementText count_rows(const ReadableFile& file);

/// What a column of this kind may be read as.
[[nodiscard]] std::vector<model::ValueType> offers_of(const PlacedColumn& column);

/// What the driver's error on `file` tells its sender: kInvalidFile, or kStorageFull.
[[nodiscard]] base::Error explain_failure(base::Error failure, const ReadableFile& file);

}  // namespace source
