#pragma once

// The one way in which a table of ours comes onto disk: filled from a SELECT, in the order that is
// asked for, so that a query which tests the first columns of the order reads only its own row
// groups. For this room only.

#include <string>
#include <vector>

#include "base/result.h"
#include "source/duckdb_handles.h"
#include "source/statement_text.h"

namespace source {

/// Makes `table` in the instance of `connection` from the rows of `contents`, a SELECT. Stored by
/// `order_by`, names among its columns, NULLs last; as they come where that is empty.
/// kSourceUnavailable with the driver's text in `detail`, also where there is such a table.
[[nodiscard]] base::Result<base::Done> write_table(const ConnectionHandle& connection,
                                                   const std::string& table,
                                                   const StatementText& contents,
                                                   const std::vector<std::string>& order_by);

}  // namespace source
