// What a viewer reads: which dashboards, what one holds, and the rows of its charts.

#include <memory>

#include "catalog/dashboards.h"
#include "http/chart_json.h"
#include "http/credentials.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Code;
using base::Result;

using View = std::shared_ptr<const store::OrganizationView>;

json::object render_summary(const model::Dashboard& dashboard) {
  return {{"id", dashboard.id.text()},
          {"name", dashboard.name},
          {"description", dashboard.description}};
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

json::array render_filters(const model::Dashboard& dashboard) {
  json::array filters;
  for (const model::DashboardFilter& filter : dashboard.filters) {
    filters.push_back(json::object{{"id", filter.id}, {"label", filter.label}});
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
  for (const model::Dashboard* dashboard : dashboards) array.push_back(render_summary(*dashboard));
  return json::value{{"dashboards", std::move(array)}};
}

Result<json::value> describe(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_viewer(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(principal.organization()));
  ASSIGN_OR_RETURN(
      const model::Dashboard* dashboard,
      catalog::find_dashboard(principal, *view, base::DashboardId(request.parameters.at("id"))));
  json::object answer = render_summary(*dashboard);
  const auto& embed = principal.embed();
  answer["environment"] =
      embed ? json::value(model::environment_name(embed->environment)) : json::value();
  answer["expiresAt"] = embed ? json::value(base::render_time(embed->expires_at)) : json::value();
  answer["scope"] = render_scope(principal, *dashboard, *view, services.clock.now());
  answer["tiles"] = render_tiles(principal, *dashboard, *view);
  answer["filters"] = render_filters(*dashboard);
  return json::value(std::move(answer));
}

/// Everything that one answer of a dashboard's rows needs, held until the last line is written.
struct DataRun {
  query::ChartQueries& charts;
  auth::TokenVerifier& verifier;
  OpenStreams& open_streams;
  std::optional<std::string> token;  ///< Of an embed; a signed-in user has none.
  std::optional<std::string> origin;
  model::Principal principal;
  View view;
  std::vector<const model::Chart*> chart_list;  ///< In `view`.
  std::vector<query::TableFilter> filters;
  std::string request_id;
};

std::string render_error_line(const base::ChartId& chart, const base::Error& error,
                              std::string_view request_id) {
  json::object problem = render_problem(error, request_id);
  return base::render_json(json::object{{"chart", chart.text()}, {"error", std::move(problem)}}) +
         "\n";
}

/// The chart's rows, while the token may still have them.
Result<query::ChartAnswer> run_chart(const DataRun& run, const model::Chart& chart,
                                     const query::Cancellation& cancellation) {
  auto answer = run.charts.run(run.principal, *run.view, chart, run.filters, cancellation);
  if (!run.token) return answer;
  RETURN_IF_ERROR(run.verifier.verify(*run.token, run.origin));
  return answer;
}

void write_charts(const DataRun& run, BodyStream& stream) {
  const query::Cancellation cancellation;
  stream.on_gone([cancellation] { cancellation.cancel(); });
  const auto watched =
      run.token ? run.open_streams.watch(*run.token, run.origin, cancellation) : nullptr;
  for (const model::Chart* chart : run.chart_list) {
    const auto answer = run_chart(run, *chart, cancellation);
    if (!answer && answer.error().code == Code::kCancelled) break;
    if (!answer) log_failure(answer.error(), run.request_id);
    const std::string line = answer ? render_chart_line(chart->id, *answer)
                                    : render_error_line(chart->id, answer.error(), run.request_id);
    if (!stream.write(line)) break;
  }
  stream.on_gone(nullptr);
  const json::object end{{"end", true}, {"charts", run.chart_list.size()}};
  (void)stream.write(base::render_json(end) + "\n");
}

std::optional<std::string> own_text(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  return std::string(*text);
}

Result<std::shared_ptr<const DataRun>> prepare_data(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(model::Principal principal, require_viewer(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const json::value* filters_json = reader.optional_object("filters");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(View view, services.views.get(principal.organization()));
  ASSIGN_OR_RETURN(
      const model::Dashboard* dashboard,
      catalog::find_dashboard(principal, *view, base::DashboardId(request.parameters.at("id"))));
  std::vector<query::TableFilter> filters;
  if (filters_json != nullptr) {
    ASSIGN_OR_RETURN(filters, query::parse_filters(*filters_json, *dashboard, *view));
  }
  auto charts = catalog::charts_of(principal, *dashboard, *view);
  return std::make_shared<const DataRun>(
      DataRun{services.charts, services.verifier, services.open_streams,
              own_text(principal.embed() ? bearer_token(request) : std::nullopt),
              own_text(embedding_origin(request)), std::move(principal), std::move(view),
              std::move(charts), std::move(filters), request.id});
}

}  // namespace

Response get_dashboards(Services& services, const Request& request) {
  return respond(list(services, request), request);
}

Response get_dashboard(Services& services, const Request& request) {
  return respond(describe(services, request), request);
}

Response post_dashboard_data(Services& services, const Request& request) {
  const auto run = prepare_data(services, request);
  if (!run) return problem_response(run.error(), request);
  Response response;
  response.content_type = "application/x-ndjson";
  response.stream = [run = *run](BodyStream& stream) { write_charts(*run, stream); };
  return response;
}

}  // namespace http
