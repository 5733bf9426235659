// Whether it is decided who sees what of a dashboard, and publishing it.

#include "catalog/coverage.h"
#include "http/credentials.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Result;

using View = std::shared_ptr<const store::OrganizationView>;

base::DashboardId id_of(const Request& request) {
  return base::DashboardId(request.parameters.at("id"));
}

Result<json::value> read(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(principal.organization()));
  ASSIGN_OR_RETURN(const catalog::Coverage coverage,
                   catalog::find_coverage(principal, *view, id_of(request)));
  return json::value(catalog::render_coverage(coverage));
}

Result<json::value> publish(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(caller.principal.organization()));
  RETURN_IF_ERROR(catalog::publish_dashboard(services.store, caller, *view, id_of(request),
                                             services.clock.now()));
  return json::value{{"published", true}};
}

Result<json::value> unpublish(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(caller.principal.organization()));
  RETURN_IF_ERROR(catalog::unpublish_dashboard(services.store, caller, *view, id_of(request),
                                               services.clock.now()));
  return json::value{{"published", false}};
}

}  // namespace

Response get_dashboard_coverage(Services& services, const Request& request) {
  return respond(read(services, request), request);
}

Response post_dashboard_publish(Services& services, const Request& request) {
  return respond(publish(services, request), request);
}

Response post_dashboard_unpublish(Services& services, const Request& request) {
  return respond(unpublish(services, request), request);
}

}  // namespace http
