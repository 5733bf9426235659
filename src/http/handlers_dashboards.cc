// What a viewer reads: which dashboards, what one holds, and the rows of its charts.

#include <memory>

#include "catalog/dashboards.h"
#include "http/chart_json.h"
#include "http/chart_stream.h"
#include "http/credentials.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Result;

using View = std::shared_ptr<const store::OrganizationView>;

json::object render_summary(const model::Principal& principal, const model::Dashboard& dashboard) {
  json::object summary{{"id", dashboard.id.text()},
                       {"name", dashboard.name},
                       {"description", dashboard.description}};
  if (catalog::sees_drafts(principal)) summary["published"] = dashboard.published;
  return summary;
}

json::array render_tiles(const model::Principal& principal, const model::Dashboard& dashboard,
                         const store::OrganizationView& view) {
  json::array tiles;
  for (const model::Tile& tile : dashboard.tiles) {
    const auto chart = view.charts.find(tile.chart);
    if (chart == view.charts.end() || !catalog::is_chart_in_reach(principal, tile.chart)) continue;
    const model::ChartSpec& spec = chart->second.spec;
    tiles.push_back(json::object{
        {"chart",
         {{"id", tile.chart.text()},
          {"name", chart->second.name},
          {"type", model::chart_type_name(spec.type)},
          {"orientation", spec.horizontal ? "horizontal" : "vertical"}}},
        {"layout",
         {{"x", tile.x}, {"y", tile.y}, {"width", tile.width}, {"height", tile.height}}}});
  }
  return tiles;
}

json::array render_filters(const model::Principal& principal, const model::Dashboard& dashboard,
                           const store::OrganizationView& view) {
  json::array filters;
  for (const auto* filter : query::find_filters(principal, view, dashboard)) {
    filters.push_back(json::object{{"id", filter->id}, {"label", filter->label}});
  }
  return filters;
}

json::array render_scope(const model::Principal& principal, const model::Dashboard& dashboard,
                         const store::OrganizationView& view, base::Seconds now) {
  json::array scope;
  for (const auto& locked : query::find_locked_attributes(principal, view, dashboard, now)) {
    scope.push_back(json::object{{"attribute", locked.attribute},
                                 {"values", model::render_values(locked.values)}});
  }
  return scope;
}

Result<json::value> list(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_viewer(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(principal.organization()));
  ASSIGN_OR_RETURN(const auto dashboards, catalog::list_dashboards(principal, *view));
  json::array array;
  for (const model::Dashboard* dashboard : dashboards) {
    array.push_back(render_summary(principal, *dashboard));
  }
  return json::value{{"dashboards", std::move(array)}};
}

Result<json::value> describe(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_viewer(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(principal.organization()));
  ASSIGN_OR_RETURN(
      const model::Dashboard* dashboard,
      catalog::find_dashboard(principal, *view, base::DashboardId(request.parameters.at("id"))));
  json::object answer = render_summary(principal, *dashboard);
  const auto& embed = principal.embed();
  answer["environment"] =
      embed ? json::value(model::environment_name(embed->environment)) : json::value();
  answer["expiresAt"] = embed ? json::value(base::render_time(embed->expires_at)) : json::value();
  answer["scope"] = render_scope(principal, *dashboard, *view, services.clock.now());
  answer["tiles"] = render_tiles(principal, *dashboard, *view);
  answer["filters"] = render_filters(principal, *dashboard, *view);
  return json::value(std::move(answer));
}

std::string render_error_line(const base::ChartId& chart, const base::Error& error,
                              std::string_view request_id) {
  json::object problem = render_problem(error, request_id);
  return base::render_json(json::object{{"chart", chart.text()}, {"error", std::move(problem)}}) +
         "\n";
}

/// The rows of a dashboard's charts for `principal`.
struct DataRun {
  query::ChartQueries& charts;
  model::Principal principal;
  ChartStream stream;
};

Result<std::shared_ptr<const DataRun>> prepare_data(DataServices& services,
                                                    const Request& request) {
  ASSIGN_OR_RETURN(model::Principal principal, require_viewer(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const json::value* filters_json = reader.optional_object("filters");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(ChartStream stream,
                   prepare_charts(services, request, principal, principal, filters_json));
  return std::make_shared<const DataRun>(
      DataRun{services.charts, std::move(principal), std::move(stream)});
}

void write_data(const DataRun& run, BodyStream& stream) {
  const auto line = [&](const model::Chart& chart,
                        const query::Cancellation& cancellation) -> Result<std::string> {
    ASSIGN_OR_RETURN(
        const query::ChartAnswer answer,
        run.charts.run(run.principal, *run.stream.view, chart, run.stream.filters, cancellation));
    return render_chart_line(chart.id, answer);
  };
  write_charts(run.stream, stream, line, [&](const model::Chart& chart, const base::Error& error) {
    return render_error_line(chart.id, error, run.stream.request_id);
  });
}

}  // namespace

Response get_dashboards(Services& services, const Request& request) {
  return respond(list(services, request), request);
}

Response get_dashboard(Services& services, const Request& request) {
  return respond(describe(services, request), request);
}

Response post_dashboard_data(DataServices& services, const Request& request) {
  const auto run = prepare_data(services, request);
  if (!run) return problem_response(run.error(), request);
  Response response;
  response.content_type = "application/x-ndjson";
  response.stream = [run = *run](BodyStream& stream) { write_data(*run, stream); };
  return response;
}

}  // namespace http
