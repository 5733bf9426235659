#include "http/router.h"

#include <algorithm>

#include "base/error.h"
#include "http/credentials.h"
#include "http/problem.h"

namespace http {
namespace {

using base::Code;
using base::Error;

// The app runs no inline script or style and talks to its own server only.
constexpr std::string_view kAppPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src "
    "'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
constexpr std::string_view kEmbedFolder = "/embed/";
/// What a page may read besides what the Fetch standard always shows it: when to come again.
constexpr std::string_view kExposedHeaders =
    "x-request-id, retry-after, ratelimit, ratelimit-policy";
constexpr std::string_view kPreflightSeconds = "600";
/// Read and dropped, so that the answer tells of the address or method and not of the body.
constexpr std::size_t kUnroutedBodyBytes = 16 * 1024;

std::string_view method_name(Method method) {
  switch (method) {
    case Method::kGet: return "GET";
    case Method::kHead: return "HEAD";
    case Method::kPost: return "POST";
    case Method::kPut: return "PUT";
    case Method::kPatch: return "PATCH";
    case Method::kDelete: return "DELETE";
    case Method::kOptions: return "OPTIONS";
    case Method::kOther: break;
  }
  return "";
}

std::string_view next_segment(std::string_view& path) {
  path.remove_prefix(1);
  const std::size_t end = std::min(path.find('/'), path.size());
  const std::string_view segment = path.substr(0, end);
  path.remove_prefix(end);
  return segment;
}

bool matches(std::string_view pattern, std::string_view path) {
  while (!pattern.empty() && !path.empty()) {
    const std::string_view expected = next_segment(pattern);
    const std::string_view found = next_segment(path);
    const bool same = expected.starts_with('{') ? !found.empty() : expected == found;
    if (!same) return false;
  }
  return pattern.empty() && path.empty();
}

/// `request` with what the `{name}` parts of `pattern`, which its path matches, stand for.
Request with_parameters(const Request& request, std::string_view pattern) {
  Request routed = request;
  std::string_view path = request.path;
  while (!pattern.empty()) {
    const std::string_view name = next_segment(pattern);
    const std::string_view found = next_segment(path);
    if (name.starts_with('{')) routed.parameters.emplace(name.substr(1, name.size() - 2), found);
  }
  return routed;
}

bool has_header(const Response& response, std::string_view lower_case_name) {
  return std::ranges::any_of(response.headers,
                             [&](const auto& header) { return header.first == lower_case_name; });
}

/// Lets the page at `origin` read this answer. Never with credentials: embeds send no cookies.
void allow_origin(Response& response, const Request& request) {
  response.headers.emplace_back("vary", "Origin");
  if (const auto origin = request.header("origin")) {
    response.headers.emplace_back("access-control-allow-origin", std::string(*origin));
    response.headers.emplace_back("access-control-expose-headers", std::string(kExposedHeaders));
  }
}

}  // namespace

Router::Router(DataServices services, std::vector<Route> routes, StaticFiles files)
    : services_(std::move(services)), routes_(std::move(routes)), files_(files) {}

Router::Match Router::match(Method method, std::string_view path) const {
  Match match;
  if (method == Method::kHead) method = Method::kGet;
  for (const Route& route : routes_) {
    if (!matches(route.pattern, path)) continue;
    match.path_known = true;
    if (route.method != method) continue;
    match.route = &route;
    return match;
  }
  return match;
}

Dispatch Router::dispatch(Method method, std::string_view path) const {
  const Match found = match(method, path);
  if (found.route == nullptr) return {Dispatch::Thread::kNetwork, kUnroutedBodyBytes};
  return {found.route->thread, found.route->body_limit_bytes};
}

bool Router::is_at_hand(const Request& request) {
  const Route* route = match(request.method, request.path).route;
  return route != nullptr && route->at_hand != nullptr && route->at_hand(services_, request);
}

Response Router::preflight(const Request& request) const {
  const Match get = match(Method::kGet, request.path);
  const Match post = match(Method::kPost, request.path);
  const auto is_embed = [](const Match& found) {
    return found.route != nullptr && found.route->audience == Audience::kEmbed;
  };
  if (!is_embed(get) && !is_embed(post)) {
    return problem_response({Code::kMethodNotAllowed, "Other sites may not call this."}, request);
  }
  // A preflight has no token, so it can not be judged; the request that follows is.
  Response response;
  response.status = 204;
  allow_origin(response, request);
  response.headers.emplace_back("access-control-allow-methods", "GET, POST");
  response.headers.emplace_back("access-control-allow-headers", "authorization, content-type");
  response.headers.emplace_back("access-control-max-age", std::string(kPreflightSeconds));
  return response;
}

Response Router::serve_file(const Request& request) const {
  if (request.method != Method::kGet && request.method != Method::kHead) {
    return problem_response({Code::kNotFound, "There is nothing here."}, request);
  }
  const bool embed = request.path.starts_with(kEmbedFolder);
  auto file = files_.find(request);
  const bool looks_like_file = request.path.find('.') != std::string::npos;
  if (!file && !embed && !looks_like_file && !request.path.starts_with("/api/")) {
    Request page = request;
    page.path = "/index.html";
    file = files_.find(page);
  }
  if (!file) return problem_response({Code::kNotFound, "There is nothing here."}, request);
  if (embed) {
    file->headers.emplace_back("access-control-allow-origin", "*");
    file->headers.emplace_back("cross-origin-resource-policy", "cross-origin");
  } else {
    file->headers.emplace_back("content-security-policy", std::string(kAppPolicy));
    file->headers.emplace_back("x-frame-options", "DENY");
    file->headers.emplace_back("cross-origin-opener-policy", "same-origin");
  }
  return std::move(*file);
}

Response Router::refuse_method(const Request& request) const {
  std::string allowed;
  for (const Route& route : routes_) {
    if (!matches(route.pattern, request.path)) continue;
    allowed.append(allowed.empty() ? "" : ", ").append(method_name(route.method));
  }
  Response response = problem_response(
      {Code::kMethodNotAllowed, "This address takes other methods: " + allowed + "."}, request);
  response.headers.emplace_back("allow", std::move(allowed));
  return response;
}

Response Router::call(const Route& route, const Request& request) {
  return std::visit([&](const auto handler) { return handler(services_, request); }, route.handler);
}

Response Router::handle(const Request& request) {
  if (request.method == Method::kOptions) return preflight(request);
  const Match found = match(request.method, request.path);
  if (found.route == nullptr) {
    if (!found.path_known) return serve_file(request);
    return refuse_method(request);
  }
  const Route& route = *found.route;
  const bool changes = route.method != Method::kGet;
  const bool by_session =
      route.audience == Audience::kApp ||
      (route.audience == Audience::kAppOrServer && !request.header("x-api-key"));
  if (by_session && changes &&
      (!is_from_own_page(services_, request) || !is_fetched_by_own_page(request))) {
    return problem_response({Code::kCrossSite, "Only Aracari's own pages may do this."}, request);
  }
  const bool has_parameters = route.pattern.find('{') != std::string_view::npos;
  Response response =
      has_parameters ? call(route, with_parameters(request, route.pattern)) : call(route, request);
  if (route.audience == Audience::kEmbed) allow_origin(response, request);
  if (response.status < 400 && !has_header(response, "cache-control")) {
    response.headers.emplace_back("cache-control", "no-store");
  }
  return response;
}

Response Router::refuse(const Request& request, Refusal refusal) {
  switch (refusal) {
    case Refusal::kHeaderTooLarge:
      return problem_response({Code::kInvalidBody, "The request's headers are too large."},
                              request);
    case Refusal::kBodyTooLarge:
      return problem_response({Code::kBodyTooLarge, "The request's body is too large."}, request);
    case Refusal::kBusy:
      return problem_response({Code::kUnavailable, "The server is busy; try again."}, request);
    case Refusal::kMalformed: break;
  }
  return problem_response({Code::kInvalidBody, "This is not a well-formed HTTP request."}, request);
}

}  // namespace http
