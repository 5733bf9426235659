#pragma once

// Whether a maker's text is one SELECT over certain tables and nothing else. DuckDB's own parser
// reads it; what it read is walked with lists of what is allowed. Nothing is run. For this room
// only.

#include <string>
#include <vector>

#include <duckdb.h>

#include "base/result.h"
#include "source/source.h"

namespace source {

/// What the parser made of a statement (json_serialize_sql) against the allowed tables. Pure.
/// kInvalidStatement with a reason for its author.
[[nodiscard]] base::Result<base::Done> check_parsed_statement(
    const std::string& parsed, const std::vector<std::string>& tables);

/// As Source::describe_statement.
[[nodiscard]] base::Result<std::vector<SchemaColumn>> describe_statement(
    duckdb_connection connection, const std::string& statement,
    const std::vector<std::string>& tables);

}  // namespace source
