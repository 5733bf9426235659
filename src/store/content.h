#pragma once

// Databases, tables with their access rules, charts, dashboards.

#include <vector>

#include "base/result.h"
#include "model/chart.h"
#include "model/table.h"
#include "store/connection.h"

namespace store {

[[nodiscard]] base::Result<base::Done> insert_database(Connection& connection,
                                                       const base::OrgId& organization,
                                                       const model::Database& database);
[[nodiscard]] base::Result<std::vector<model::Database>> list_databases(
    Connection& connection, const base::OrgId& organization);

/// With its rules.
[[nodiscard]] base::Result<base::Done> insert_table(Connection& connection,
                                                    const base::OrgId& organization,
                                                    const model::Table& table);
/// With their rules. A stored definition that can not be read is an error, never a table without
/// it.
[[nodiscard]] base::Result<std::vector<model::Table>> list_tables(Connection& connection,
                                                                  const base::OrgId& organization);

[[nodiscard]] base::Result<base::Done> insert_chart(Connection& connection,
                                                    const base::OrgId& organization,
                                                    const model::Chart& chart);
[[nodiscard]] base::Result<std::vector<model::Chart>> list_charts(Connection& connection,
                                                                  const base::OrgId& organization);

[[nodiscard]] base::Result<base::Done> insert_dashboard(Connection& connection,
                                                        const base::OrgId& organization,
                                                        const model::Dashboard& dashboard);
[[nodiscard]] base::Result<std::vector<model::Dashboard>> list_dashboards(
    Connection& connection, const base::OrgId& organization);

}  // namespace store
