#include "http/key_caller.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "auth/api_key_format.h"
#include "http/credentials.h"

namespace http {
namespace {

using base::Code;
using base::Error;

auth::RateDecision count_request(Services& services, const auth::KnownKey& known) {
  const auto now = auth::RateLimiter::Moment::clock::now();
  const auto limit_of = [](const model::ApiKey& key) {
    return auth::RateLimit{key.id.text(), key.requests_per_minute};
  };
  std::vector<auth::RateLimit> limits{limit_of(known.key)};
  if (known.parent) limits.push_back(limit_of(*known.parent));
  return services.rate_limiter.admit(limits, now);
}

void add_rate_headers(Response& response, const auth::RateDecision& rate) {
  response.headers.emplace_back("ratelimit-policy", fmt::format("\"key\";q={};w=60", rate.limit));
  response.headers.emplace_back(
      "ratelimit", fmt::format("\"key\";r={};t={}", rate.remaining, rate.until_full.count()));
}

/// The key of a client of OAuth 2.0, `basic` being its basic_password.
std::optional<std::string_view> client_key(const Request& request,
                                           const std::optional<std::string>& basic) {
  if (basic) return *basic;
  return request.header("x-api-key");
}

bool is_at_hand(Services& services, std::optional<std::string_view> presented,
                const KeyRest& rest) {
  if (!presented) return true;
  if (const auto known = services.api_keys.find_at_hand(*presented)) return rest(*known);
  return !auth::check_api_key_form(*presented);
}

struct Presented {
  std::optional<std::string_view> key;
  model::Scope scope;
};

Response answer(Services& services, const Request& request, const Presented& presented,
                const KeyBody& body, int status) {
  const auto known = services.api_keys.authenticate(presented.key, presented.scope);
  if (!known) return problem_response(known.error(), request);
  const auth::RateDecision rate = count_request(services, **known);
  Error refusal{Code::kTooManyRequests, "The API key made too many requests in a minute."};
  refusal.retry_after = rate.retry_after;
  Response response =
      rate.admitted ? respond(body(**known), request, status) : problem_response(refusal, request);
  add_rate_headers(response, rate);
  return response;
}

}  // namespace

Response respond_to_key(Services& services, const Request& request, model::Scope scope,
                        const KeyBody& body, int status) {
  return answer(services, request, {request.header("x-api-key"), scope}, body, status);
}

Response respond_to_client(Services& services, const Request& request, model::Scope scope,
                           const KeyBody& body) {
  const auto basic = basic_password(request);
  if (basic && request.header("x-api-key")) {
    return problem_response({Code::kInvalidBody,
                             "Send the API key once: as x-api-key or by HTTP Basic.",
                             {},
                             "x-api-key"},
                            request);
  }
  if (basic && !is_fetched_by_own_page(request)) {
    return problem_response({Code::kCrossSite, "Pages of other sites may not do this."}, request);
  }
  Response response = answer(services, request, {client_key(request, basic), scope}, body, 200);
  if (response.status == 401 && !request.header("sec-fetch-site")) {
    response.headers.emplace_back("www-authenticate", "Basic realm=\"aracari\"");
  }
  return response;
}

bool is_key_at_hand(Services& services, const Request& request, const KeyRest& rest) {
  return is_at_hand(services, request.header("x-api-key"), rest);
}

bool is_client_at_hand(Services& services, const Request& request, const KeyRest& rest) {
  return is_at_hand(services, client_key(request, basic_password(request)), rest);
}

model::Actor actor_of(const model::ApiKey& key, const Request& request) {
  return {model::ActorKind::kApiKey, key.id.text(), key.name, request.remote_address};
}

}  // namespace http
