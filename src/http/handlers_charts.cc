// Charts as their makers see them: the list, one chart, and a spec tried out before it is kept.

#include "catalog/authorize.h"
#include "catalog/charts.h"
#include "http/cancel_when_gone.h"
#include "http/chart_json.h"
#include "http/credentials.h"
#include "http/data_request.h"
#include "http/form.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Done;
using base::Result;

using View = std::shared_ptr<const store::OrganizationView>;

base::ChartId id_of(const Request& request) { return base::ChartId(request.parameters.at("id")); }

json::object render_summary(const model::Chart& chart) {
  return {{"id", chart.id.text()},
          {"name", chart.name},
          {"type", model::chart_type_name(chart.spec.type)},
          {"table", chart.spec.table.text()},
          {"version", chart.version}};
}

json::object render_chart(const model::Chart& chart, const store::OrganizationView& view) {
  json::array dashboards;
  for (const model::Dashboard* dashboard : catalog::dashboards_with(view, chart.id)) {
    dashboards.push_back(json::object{{"id", dashboard->id.text()}, {"name", dashboard->name}});
  }
  json::object object = render_summary(chart);
  object["spec"] = model::render_chart_spec(chart.spec);
  object["dashboards"] = std::move(dashboards);
  return object;
}

Result<json::value> list(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(principal.organization()));
  ASSIGN_OR_RETURN(const auto charts, catalog::list_charts(principal, *view));
  json::array array;
  for (const model::Chart* chart : charts) {
    json::object object = render_chart(*chart, *view);
    const auto table = view->tables.find(chart->spec.table);
    object["tableLabel"] = table == view->tables.end() ? "" : table->second.label;
    array.push_back(std::move(object));
  }
  return json::value{{"charts", std::move(array)}};
}

Result<json::value> read(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(principal.organization()));
  ASSIGN_OR_RETURN(const model::Chart* chart,
                   catalog::find_chart(principal, *view, id_of(request)));
  return json::value(render_chart(*chart, *view));
}

Result<json::value> add(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  RETURN_IF_ERROR(catalog::authorize(caller.principal, catalog::Verb::kEditContent));
  ASSIGN_OR_RETURN(const View view, services.views.get(caller.principal.organization()));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  ASSIGN_OR_RETURN(catalog::WantedChart wanted, catalog::parse_wanted_chart(reader));
  ASSIGN_OR_RETURN(const model::Chart chart,
                   catalog::create_chart(services.store, caller, *view, std::move(wanted),
                                         services.clock.now()));
  return json::value(render_chart(chart, *view));
}

Result<json::value> change(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(caller.principal.organization()));
  RETURN_IF_ERROR(catalog::find_chart(caller.principal, *view, id_of(request)));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const auto seen = reader.optional_integer("version");
  if (!seen) reader.refuse("version", "Is required.");
  ASSIGN_OR_RETURN(catalog::WantedChart wanted, catalog::parse_wanted_chart(reader));
  ASSIGN_OR_RETURN(const model::Chart chart,
                   catalog::change_chart(services.store, caller, *view, id_of(request), *seen,
                                         std::move(wanted), services.clock.now()));
  return json::value(render_chart(chart, *view));
}

Result<Done> remove(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(caller.principal.organization()));
  ASSIGN_OR_RETURN(const auto parameters, parse_form(request.query));
  const auto in_use =
      parameters.contains("force") ? catalog::InUse::kForced : catalog::InUse::kRefused;
  return catalog::remove_chart(services.store, caller, *view, id_of(request), in_use,
                               services.clock.now());
}

/// {"spec","timeZone"?} → {"columns"}
Result<std::string> preview(DataServices& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal maker, require_user(services, request));
  RETURN_IF_ERROR(catalog::authorize(maker, catalog::Verb::kEditContent));
  ASSIGN_OR_RETURN(const View view, services.views.get(maker.organization()));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const json::value* spec = reader.required_object("spec");
  const auto time_zone = reader.optional_string("timeZone");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(model::ChartSpec parsed, catalog::parse_spec(*spec));
  RETURN_IF_ERROR(catalog::check_spec(parsed, *view));
  ASSIGN_OR_RETURN(const model::Date today, resolve_today(services, time_zone));
  const query::Cancellation cancellation;
  const CancelWhenGone gone(request.client, cancellation);
  const model::Chart chart{base::ChartId(""), "", std::move(parsed)};
  ASSIGN_OR_RETURN(const query::ChartAnswer answer,
                   services.charts.run(maker, *view, chart, {{}, today}, cancellation));
  return "{\"columns\":" + render_chart_columns(answer) + "}";
}

/// The refusal of a change that met another one says what is there now.
Response refuse_change(Services& services, const Request& request, const base::Error& error) {
  Response response = problem_response(error, request);
  const auto current = read(services, request);
  if (error.code != base::Code::kConflict || !current) return response;
  json::object problem = render_problem(error, request.id);
  problem["current"] = *current;
  response.body = base::render_json(problem);
  return response;
}

}  // namespace

Response get_content_charts(Services& services, const Request& request) {
  return respond(list(services, request), request);
}

Response post_content_charts(Services& services, const Request& request) {
  return respond(add(services, request), request, 201);
}

Response get_content_chart(Services& services, const Request& request) {
  return respond(read(services, request), request);
}

Response put_content_chart(Services& services, const Request& request) {
  const auto changed = change(services, request);
  if (!changed) return refuse_change(services, request, changed.error());
  return respond(changed, request);
}

Response delete_content_chart(Services& services, const Request& request) {
  return respond(remove(services, request), request);
}

Response post_chart_preview(DataServices& services, const Request& request) {
  auto columns = preview(services, request);
  if (!columns) return problem_response(columns.error(), request);
  Response response;
  response.body = std::move(*columns);
  return response;
}

}  // namespace http
