#pragma once

// Which dashboards a principal may see, and what one holds.

#include <vector>

#include "base/result.h"
#include "model/chart.h"
#include "model/dashboard.h"
#include "model/principal.h"
#include "store/organization_view.h"

namespace catalog {

/// Whether dashboards that are not published exist for `principal`: for makers and admins.
[[nodiscard]] bool sees_drafts(const model::Principal& principal);

/// kPermissionMissing when the token may not view dashboards.
[[nodiscard]] base::Result<std::vector<const model::Dashboard*>> list_dashboards(
    const model::Principal& principal, const store::OrganizationView& view);

/// kNotFound alike for a dashboard that does not exist, is another organization's, is not
/// published, or is not among the token's resources.
[[nodiscard]] base::Result<const model::Dashboard*> find_dashboard(
    const model::Principal& principal, const store::OrganizationView& view,
    const base::DashboardId& id);

/// The charts of a dashboard's tiles, in order. A tile is left out whose chart is gone, or was
/// revoked for the principal.
[[nodiscard]] std::vector<const model::Chart*> charts_of(const model::Principal& principal,
                                                         const model::Dashboard& dashboard,
                                                         const store::OrganizationView& view);

/// Whether the principal may see the chart inside of a dashboard that it may see.
[[nodiscard]] bool is_chart_in_reach(const model::Principal& principal, const base::ChartId& id);

}  // namespace catalog
