#include "catalog/dashboards.h"

#include <algorithm>

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

bool exists_for(const model::Principal& principal, const model::Dashboard& dashboard) {
  return (dashboard.published || sees_drafts(principal)) &&
         is_dashboard_in_reach(principal, dashboard.id);
}

bool is_on_seen_dashboard(const model::Principal& principal, const store::OrganizationView& view,
                          const base::ChartId& id) {
  const auto dashboards = list_dashboards(principal, view);
  return dashboards && std::ranges::any_of(*dashboards, [&](const model::Dashboard* dashboard) {
           return std::ranges::find(dashboard->tiles, id, &model::Tile::chart) !=
                  dashboard->tiles.end();
         });
}

bool is_seen_alone(const model::Principal& principal, const store::OrganizationView& view,
                   const base::ChartId& id) {
  if (!is_chart_in_reach(principal, id)) return false;
  if (sees_drafts(principal)) return true;
  if (principal.embed() && principal.embed()->resources.charts_narrowed) {
    return principal.embed()->resources.charts.contains(id);
  }
  return is_on_seen_dashboard(principal, view, id);
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

bool is_dashboard_in_reach(const model::Principal& principal, const base::DashboardId& id) {
  if (!principal.embed()) return true;
  if (principal.embed()->revoked_dashboards.contains(id)) return false;
  const model::Resources& resources = principal.embed()->resources;
  return !resources.dashboards_narrowed || resources.dashboards.contains(id);
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

Result<const model::Chart*> find_chart_alone(const model::Principal& principal,
                                             const store::OrganizationView& view,
                                             const base::ChartId& id) {
  RETURN_IF_ERROR(authorize(principal, Verb::kViewContent));
  if (principal.embed() && principal.embed()->permissions.chart == model::Access::kNone) {
    return Error{Code::kPermissionMissing, "The token may not view charts."};
  }
  const auto found = view.charts.find(id);
  if (found == view.charts.end() || !is_seen_alone(principal, view, id)) {
    return Error{Code::kNotFound, "There is no such chart."};
  }
  return &found->second;
}

bool may_export(const model::Principal& principal) {
  return !principal.embed() || principal.embed()->permissions.chart_export;
}

}  // namespace catalog
