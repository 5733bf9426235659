#include "http/viewed_content.h"

#include <algorithm>

#include "catalog/dashboards.h"

namespace http {

using base::Code;
using base::Error;
using base::Result;

Result<ViewedContent> find_viewed(Services& services, const Request& request,
                                  const model::Principal& holder) {
  ASSIGN_OR_RETURN(auto view, services.views.get(holder.organization()));
  const auto id = request.parameters.find("id");
  if (id == request.parameters.end()) {
    ASSIGN_OR_RETURN(
        const model::Chart* chart,
        catalog::find_chart_alone(holder, *view, base::ChartId(request.parameters.at("chart"))));
    return ViewedContent{std::move(view), nullptr, {chart}};
  }
  ASSIGN_OR_RETURN(const model::Dashboard* dashboard,
                   catalog::find_dashboard(holder, *view, base::DashboardId(id->second)));
  auto charts = catalog::charts_of(holder, *dashboard, *view);
  return ViewedContent{std::move(view), dashboard, std::move(charts)};
}

Result<const model::Chart*> find_viewed_chart(const ViewedContent& viewed, const Request& request) {
  const base::ChartId id(request.parameters.at("chart"));
  const auto found = std::ranges::find_if(
      viewed.charts, [&](const model::Chart* chart) { return chart->id == id; });
  if (found == viewed.charts.end()) return Error{Code::kNotFound, "There is no such chart."};
  return *found;
}

bool is_still_in_reach(const model::Principal& principal, const ViewedContent& viewed,
                       const model::Chart& chart) {
  return catalog::is_chart_in_reach(principal, chart.id) &&
         (viewed.dashboard == nullptr ||
          catalog::is_dashboard_in_reach(principal, viewed.dashboard->id));
}

}  // namespace http
