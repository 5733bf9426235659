#pragma once

// What DuckDB tells about how a query read its tables. For this room only.

#include <string>
#include <vector>

#include <duckdb.h>

#include "base/result.h"
#include "source/duckdb_handles.h"
#include "source/source.h"

namespace source {

/// Has `connection`, whose configuration is not locked yet, tell row groups in the profiles of its
/// queries.
[[nodiscard]] base::Result<base::Done> enable_scan_profile(const ConnectionHandle& connection);

/// The scans of a profile (EXPLAIN ANALYZE in JSON) of such a connection, in no order. Empty where
/// it can not be read. Pure.
[[nodiscard]] std::vector<TableScan> read_scan_profile(const std::string& profile);

}  // namespace source
