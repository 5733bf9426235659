// What is said of an organization's content as a whole: its theme, and files of it.

#include "catalog/content_file.h"
#include "catalog/themes.h"
#include "http/credentials.h"
#include "http/form.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Result;

using View = std::shared_ptr<const store::OrganizationView>;

json::value render_theme(json::object theme) { return {{"theme", std::move(theme)}}; }

Result<json::value> read_theme(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(json::object theme, catalog::find_theme(services.store, principal));
  return render_theme(std::move(theme));
}

Result<json::value> change_theme(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const json::value* wanted = reader.required_object("theme");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(json::object theme,
                   catalog::change_theme(services.store, caller, *wanted, services.clock.now()));
  return render_theme(std::move(theme));
}

Result<json::object> export_file(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const catalog::ContentAuthor author, catalog::author_of(caller));
  ASSIGN_OR_RETURN(const View view, services.views.get(author.organization));
  ASSIGN_OR_RETURN(const auto parameters, parse_form(request.query));
  std::optional<base::DashboardId> dashboard;
  const auto named = parameters.find("dashboard");
  if (named != parameters.end()) dashboard = base::DashboardId(named->second);
  return catalog::export_content(services.store, author, *view, dashboard);
}

/// {"changes": [{"kind","name","change"}]}, also of a rehearsal: `dryRun=1`.
Result<json::value> apply_file(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const catalog::ContentAuthor author, catalog::author_of(caller));
  ASSIGN_OR_RETURN(const View view, services.views.get(author.organization));
  ASSIGN_OR_RETURN(const auto parameters, parse_form(request.query));
  const auto rehearsal =
      parameters.contains("dryRun") ? catalog::Rehearsal::kYes : catalog::Rehearsal::kNo;
  ASSIGN_OR_RETURN(const json::value file, require_json(request));
  ASSIGN_OR_RETURN(const auto changes, catalog::apply_content(services.store, author, *view, file,
                                                              rehearsal, services.clock.now()));
  json::array array;
  for (const catalog::AppliedChange& change : changes) {
    array.push_back(
        json::object{{"kind", change.kind}, {"name", change.name}, {"change", change.change}});
  }
  return json::value{{"changes", std::move(array)}};
}

}  // namespace

Response get_content_theme(Services& services, const Request& request) {
  return respond(read_theme(services, request), request);
}

Response put_content_theme(Services& services, const Request& request) {
  return respond(change_theme(services, request), request);
}

Response get_content_export(Services& services, const Request& request) {
  auto file = export_file(services, request);
  if (!file) return problem_response(file.error(), request);
  Response response;
  response.headers.emplace_back("content-disposition", "attachment; filename=\"content.json\"");
  response.body = base::render_json(json::value(std::move(*file)));
  return response;
}

Response post_content_apply(Services& services, const Request& request) {
  return respond(apply_file(services, request), request);
}

}  // namespace http
