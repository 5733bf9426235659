#include "catalog/dashboards.h"

#include "catalog/authorize.h"

namespace catalog {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

Result<Done> may_view_dashboards(const model::Principal& principal) {
  RETURN_IF_ERROR(authorize(principal, Verb::kViewContent));
  if (principal.embed() && principal.embed()->permissions.dashboard == model::Access::kNone) {
    return Error{Code::kPermissionMissing, "The token may not view dashboards."};
  }
  return Done{};
}

bool is_among_resources(const model::Principal& principal, const base::DashboardId& id) {
  if (!principal.embed()) return true;
  if (principal.embed()->revoked_dashboards.contains(id)) return false;
  const model::Resources& resources = principal.embed()->resources;
  return !resources.dashboards_narrowed || resources.dashboards.contains(id);
}

bool exists_for(const model::Principal& principal, const model::Dashboard& dashboard) {
  return (dashboard.published || sees_drafts(principal)) &&
         is_among_resources(principal, dashboard.id);
}

}  // namespace

bool sees_drafts(const model::Principal& principal) {
  return authorize(principal, Verb::kPublishDashboards).ok();
}

Result<std::vector<const model::Dashboard*>> list_dashboards(const model::Principal& principal,
                                                             const store::OrganizationView& view) {
  RETURN_IF_ERROR(may_view_dashboards(principal));
  std::vector<const model::Dashboard*> dashboards;
  for (const auto& [id, dashboard] : view.dashboards) {
    if (exists_for(principal, dashboard)) dashboards.push_back(&dashboard);
  }
  return dashboards;
}

Result<const model::Dashboard*> find_dashboard(const model::Principal& principal,
                                               const store::OrganizationView& view,
                                               const base::DashboardId& id) {
  RETURN_IF_ERROR(may_view_dashboards(principal));
  const auto found = view.dashboards.find(id);
  if (found == view.dashboards.end() || !exists_for(principal, found->second)) {
    return Error{Code::kNotFound, "There is no such dashboard."};
  }
  return &found->second;
}

bool is_chart_in_reach(const model::Principal& principal, const base::ChartId& id) {
  return !principal.embed() || !principal.embed()->revoked_charts.contains(id);
}

std::vector<const model::Chart*> charts_of(const model::Principal& principal,
                                           const model::Dashboard& dashboard,
                                           const store::OrganizationView& view) {
  std::vector<const model::Chart*> charts;
  for (const model::Tile& tile : dashboard.tiles) {
    const auto chart = view.charts.find(tile.chart);
    if (chart != view.charts.end() && is_chart_in_reach(principal, tile.chart)) {
      charts.push_back(&chart->second);
    }
  }
  return charts;
}

}  // namespace catalog
