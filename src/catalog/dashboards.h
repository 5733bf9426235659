#pragma once

// Which dashboards a principal may see, and what one holds.

#include <vector>

#include "base/result.h"
#include "model/chart.h"
#include "model/principal.h"
#include "store/organization_view.h"

namespace catalog {

/// kPermissionMissing when the token may not view dashboards.
[[nodiscard]] base::Result<std::vector<const model::Dashboard*>> list_dashboards(
    const model::Principal& principal, const store::OrganizationView& view);

/// kNotFound alike for a dashboard that does not exist, is another organization's, or is not among
/// the token's resources.
[[nodiscard]] base::Result<const model::Dashboard*> find_dashboard(
    const model::Principal& principal, const store::OrganizationView& view,
    const base::DashboardId& id);

/// The charts of a dashboard's tiles, in order. A tile whose chart is gone is left out.
[[nodiscard]] std::vector<const model::Chart*> charts_of(const model::Dashboard& dashboard,
                                                         const store::OrganizationView& view);

}  // namespace catalog
