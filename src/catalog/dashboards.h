#pragma once

// Which dashboards a principal may see, what one holds, and which charts may be seen on their own.

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

/// Whether the dashboard was not revoked for the principal, and is among the token's resources.
[[nodiscard]] bool is_dashboard_in_reach(const model::Principal& principal,
                                         const base::DashboardId& id);

/// A chart on its own: any for those who see drafts, else one that is on a dashboard which the
/// principal may see. For a token with a list of charts it is the list that decides in place of the
/// dashboards. kPermissionMissing when the token may not view charts; kNotFound alike for all
/// others.
[[nodiscard]] base::Result<const model::Chart*> find_chart_alone(
    const model::Principal& principal, const store::OrganizationView& view,
    const base::ChartId& id);

/// Whether the principal may take along as a file what it may see: people may, tokens that say so.
[[nodiscard]] bool may_export(const model::Principal& principal);

}  // namespace catalog
