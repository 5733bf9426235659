#pragma once

// How much larger than its text and its tables a maker's statement becomes when an engine plans and
// runs it. Names that stand for what was built before (of a WITH, a subquery or a column beside)
// let a short text double itself over and over, which an engine's limits of memory and time do not
// see: DuckDB computes constants while it plans. For this room only.

#include <string>

#include "base/json.h"
#include "base/result.h"

namespace source {

/// kInvalidStatement with a reason for the statement's author.
[[nodiscard]] base::Error refused_statement(std::string what);

/// `statements`: those of json_serialize_sql whose every part is allowed (duckdb_statement.h). Each
/// bound is an upper one. refused_statement. Pure.
[[nodiscard]] base::Result<base::Done> check_statement_size(const base::json::value& statements);

}  // namespace source
