#include "http/credentials.h"

#include <algorithm>

#include <fmt/format.h>

#include "auth/introspection.h"
#include "base/ascii.h"
#include "base/base64url.h"
#include "catalog/authorize.h"

namespace http {
namespace {

using base::Code;
using base::Done;
using base::equals_ignoring_case;  // As schemes and media types compare (RFC 9110 8.3.1, 11.1).
using base::Error;
using base::Result;

constexpr std::string_view kHttpsScheme = "https://";
constexpr std::string_view kHttpScheme = "http://";
constexpr std::string_view kSessionCookie = "aracari_session";
constexpr std::string_view kSecureSessionCookie = "__Host-aracari_session";
constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kBasic = "Basic ";
constexpr std::string_view kFramedBy = "aracari-framed-by";

/// Tests have a rate of their own, so that they can not crowd out customers.
Result<Done> count_sandbox_request(Services& services, const model::EmbedIdentity& embed) {
  if (embed.environment != model::Environment::kSandbox) return Done{};
  const auth::RateDecision rate = services.rate_limiter.admit(
      "sandbox tokens of " + embed.api_key.text(), services.sandbox_requests_per_minute,
      auth::RateLimiter::Moment::clock::now());
  if (rate.admitted) return Done{};
  Error refusal{Code::kTooManyRequests, "The sandbox tokens of this API key ask too often."};
  refusal.retry_after = rate.retry_after;
  return refusal;
}

bool is_https(const Services& services) {
  return equals_ignoring_case(std::string_view(services.public_url).substr(0, kHttpsScheme.size()),
                              kHttpsScheme);
}

std::string_view cookie_name(const Services& services) {
  return is_https(services) ? kSecureSessionCookie : kSessionCookie;
}

std::string cookie(const Services& services, std::string_view value, std::int64_t max_age_seconds) {
  return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}",
                     cookie_name(services), value, max_age_seconds,
                     is_https(services) ? "; Secure" : "");
}

}  // namespace

std::optional<std::string_view> session_secret(const Services& services, const Request& request) {
  const std::string_view name = cookie_name(services);
  auto cookies = request.header("cookie");
  if (!cookies) return std::nullopt;
  while (!cookies->empty()) {
    const std::size_t end = std::min(cookies->find(';'), cookies->size());
    std::string_view pair = cookies->substr(0, end);
    cookies->remove_prefix(std::min(end + 1, cookies->size()));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      return pair.substr(equals + 1);
    }
  }
  return std::nullopt;
}

std::string session_cookie(const Services& services, const base::Secret& secret) {
  return cookie(services, secret.reveal_secret(),
                std::chrono::seconds(auth::kSessionLifetime).count());
}

std::string expired_session_cookie(const Services& services) { return cookie(services, "", 0); }

Result<model::Principal> require_user(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(auto signed_in, require_session(services, request));
  return std::move(signed_in.principal);
}

Result<auth::SignedIn> require_session(Services& services, const Request& request) {
  return services.sessions.find(session_secret(services, request));
}

Result<catalog::Caller> require_caller(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(auto signed_in, require_session(services, request));
  model::Actor actor = auth::actor_of(signed_in.user, request.remote_address);
  return catalog::Caller{std::move(signed_in.principal), std::move(actor)};
}

std::optional<std::string_view> bearer_token(const Request& request) {
  const auto authorization = request.header("authorization");
  if (!authorization || !equals_ignoring_case(authorization->substr(0, kBearer.size()), kBearer)) {
    return std::nullopt;
  }
  return authorization->substr(kBearer.size());
}

std::optional<std::string_view> embedding_origin(const Request& request) {
  const auto framed_by = request.header(kFramedBy);
  return framed_by ? framed_by : request.header("origin");
}

std::optional<std::string> basic_password(const Request& request) {
  const auto authorization = request.header("authorization");
  if (!authorization || !equals_ignoring_case(authorization->substr(0, kBasic.size()), kBasic)) {
    return std::nullopt;
  }
  const auto pair = base::parse_base64(authorization->substr(kBasic.size()));
  if (!pair) return std::string();
  const std::size_t colon = pair->find(':');
  return colon == std::string::npos ? std::string() : pair->substr(colon + 1);
}

Result<model::Principal> require_viewer(Services& services, const Request& request) {
  if (request.header("authorization")) {
    const auto token = bearer_token(request);
    if (!token) return Error{Code::kTokenMissing, "Send the embed token as Authorization: Bearer."};
    // Who frames is one more origin that must be allowed, never one instead of the sender's.
    if (request.header(kFramedBy) && request.header("origin")) {
      RETURN_IF_ERROR(services.verifier.verify(*token, request.header("origin")));
    }
    ASSIGN_OR_RETURN(model::Principal principal,
                     services.verifier.verify(*token, embedding_origin(request)));
    RETURN_IF_ERROR(count_sandbox_request(services, *principal.embed()));
    return principal;
  }
  if (!session_secret(services, request)) {
    return Error{Code::kTokenMissing, "Send an embed token as Authorization: Bearer."};
  }
  if (!is_from_own_page(services, request)) {
    return Error{Code::kCrossSite, "Only Aracari's own pages may use a session."};
  }
  return require_user(services, request);
}

Result<model::Principal> holder_for(Services& services, const model::Principal& asker,
                                    const std::optional<std::string>& token) {
  if (!token) return asker;
  RETURN_IF_ERROR(catalog::authorize(asker, catalog::Verb::kIntrospectTokens));
  return auth::find_holder(services.verifier, {asker.organization(), std::nullopt, std::nullopt},
                           *token);
}

Result<Done> require_media_type(const Request& request, std::string_view media_type) {
  std::string_view declared = request.header("content-type").value_or("");
  declared = declared.substr(0, declared.find_first_of("; \t"));
  if (equals_ignoring_case(declared, media_type)) return Done{};
  return Error{Code::kUnsupportedMediaType, fmt::format("Send the body as {}.", media_type)};
}

Result<base::json::value> require_json(const Request& request) {
  RETURN_IF_ERROR(require_media_type(request, "application/json"));
  return base::parse_json(request.body);
}

bool is_from_own_page(const Services& services, const Request& request) {
  const auto origin = request.header("origin");
  if (!origin) return true;
  const auto host = request.header("host");
  const bool by_https = origin->starts_with(kHttpsScheme);
  if (!host || (!by_https && (is_https(services) || !origin->starts_with(kHttpScheme)))) {
    return false;
  }
  return origin->substr(by_https ? kHttpsScheme.size() : kHttpScheme.size()) == *host;
}

bool is_fetched_by_own_page(const Request& request) {
  return request.header("sec-fetch-site").value_or("same-origin") == "same-origin";
}

}  // namespace http
