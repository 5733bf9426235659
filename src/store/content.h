#pragma once

// Charts and dashboards.

#include <optional>
#include <vector>

#include "base/result.h"
#include "model/chart.h"
#include "store/connection.h"

namespace store {

[[nodiscard]] base::Result<base::Done> insert_chart(Connection& connection,
                                                    const base::OrgId& organization,
                                                    const model::Chart& chart);
[[nodiscard]] base::Result<std::vector<model::Chart>> list_charts(Connection& connection,
                                                                  const base::OrgId& organization);

[[nodiscard]] base::Result<base::Done> insert_dashboard(Connection& connection,
                                                        const base::OrgId& organization,
                                                        const model::Dashboard& dashboard);
/// Stores whether `dashboard` is published. kNotFound.
[[nodiscard]] base::Result<base::Done> update_published(Connection& connection,
                                                        const base::OrgId& organization,
                                                        const model::Dashboard& dashboard);
[[nodiscard]] base::Result<std::vector<model::Dashboard>> list_dashboards(
    Connection& connection, const base::OrgId& organization);
/// Whose dashboard it is. The address of a frame names a dashboard and nobody, so this look-up has
/// no organization to start from; nothing but which pages may frame it may be decided by it.
[[nodiscard]] base::Result<std::optional<base::OrgId>> find_dashboard_organization(
    Connection& connection, const base::DashboardId& id);

}  // namespace store
