// The page for an <iframe>: for sites that want no script of ours in their own page.

#include "auth/origin.h"
#include "http/handlers.h"
#include "store/content.h"

namespace http {
namespace {

using base::Result;

/// The same for every dashboard: frame.js reads the id from its own address, and the token comes
/// by message from the framing page.
constexpr std::string_view kPage = R"html(<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Dashboard</title>
  <script type="module" src="/embed/embed.js"></script>
  <script type="module" src="/embed/frame.js"></script>
</head>
<body></body>
</html>
)html";

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
    "'self'; form-action 'none'; base-uri 'none'; frame-ancestors ";
constexpr std::string_view kNobody = "'none'";

/// Nobody where the dashboard does not exist, so that the page tells nothing else about it.
Result<std::string> find_ancestors(Services& services, const base::DashboardId& id) {
  ASSIGN_OR_RETURN(const auto organization, services.store.read([&](store::Connection& c) {
    return store::find_dashboard_organization(c, id);
  }));
  if (!organization) return std::string(kNobody);
  ASSIGN_OR_RETURN(const auto view, services.views.get(*organization));
  if (!view->organization.active) return std::string(kNobody);
  return auth::render_frame_ancestors(view->origins);
}

}  // namespace

Response get_dashboard_frame(Services& services, const Request& request) {
  const auto ancestors = find_ancestors(services, base::DashboardId(request.parameters.at("id")));
  if (!ancestors) return problem_response(ancestors.error(), request);
  Response response;
  response.content_type = "text/html; charset=utf-8";
  response.fixed_body = kPage;
  response.headers.emplace_back("content-security-policy", std::string(kPolicy) + *ancestors);
  return response;
}

}  // namespace http
