#include "http/key_caller.h"

#include <fmt/format.h>

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

}  // namespace

Response respond_to_key(Services& services, const Request& request, model::Scope scope,
                        const KeyBody& body, int status) {
  const auto known = services.api_keys.authenticate(request.header("x-api-key"), scope);
  if (!known) return problem_response(known.error(), request);
  const auth::RateDecision rate = count_request(services, **known);
  Error refusal{Code::kTooManyRequests, "The API key made too many requests in a minute."};
  refusal.retry_after = rate.retry_after;
  Response response =
      rate.admitted ? respond(body(**known), request, status) : problem_response(refusal, request);
  add_rate_headers(response, rate);
  return response;
}

model::Actor actor_of(const model::ApiKey& key, const Request& request) {
  return {model::ActorKind::kApiKey, key.id.text(), key.name, request.remote_address};
}

}  // namespace http
