#pragma once

// What a DuckDB file is made of. For this room only.

#include <set>
#include <string>
#include <vector>

#include <duckdb.h>

#include "base/result.h"
#include "source/source.h"

namespace source {

/// As Source::read_schema, of the schema `main`, where the tables of sealed queries are looked for.
[[nodiscard]] base::Result<std::vector<SchemaTable>> read_schema(duckdb_connection connection);

/// The names of its tables and views, there.
[[nodiscard]] base::Result<std::set<std::string>> list_tables(duckdb_connection connection);

}  // namespace source
