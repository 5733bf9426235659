#pragma once

// Why a query saw the rows it saw, as JSON. For those only who may have it explained.

#include "base/json.h"
#include "query/sealed_runs.h"
#include "query/table_query.h"

namespace http {

/// "arguments" of a statement, in order.
[[nodiscard]] base::json::array render_arguments(const sql::Statement& statement);

/// {"rule","column","operator","attribute"?,"values":[…]} of each condition. A range has its lower
/// bound first.
[[nodiscard]] base::json::array render_conditions(const guard::TableDecision& decision);

[[nodiscard]] base::json::array render_names(const std::vector<std::string>& names);

/// {"guard","queue","engine","encode"} in milliseconds, with fractions.
[[nodiscard]] base::json::object render_times(const query::RunTimes& times,
                                              std::chrono::microseconds encode);

/// {"table","rowGroups","rowGroupsRead"} of each.
[[nodiscard]] base::json::array render_scans(const std::vector<source::TableScan>& scans);

[[nodiscard]] double milliseconds(std::chrono::microseconds time);

/// {"id","label","access","conditions","rules","visibleColumns","hiddenColumns","maskedColumns",
/// "rowsBefore","rowsAfter"}; the columns by name.
[[nodiscard]] base::json::object render_table_decision(const guard::TableDecision& decision,
                                                       const store::OrganizationView& view,
                                                       const query::RowCounts& counts);

}  // namespace http
