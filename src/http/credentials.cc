#include "http/credentials.h"

#include <algorithm>

#include <fmt/format.h>

namespace http {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

constexpr std::string_view kSessionCookie = "aracari_session";
constexpr std::string_view kBearer = "Bearer ";

/// As schemes and media types compare (RFC 9110 sections 8.3.1 and 11.1).
bool equals_ignoring_case(std::string_view left, std::string_view right) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : int{c}; };
  return std::ranges::equal(left, right, {}, lower, lower);
}

std::string cookie(const Services& services, std::string_view value, std::int64_t max_age_seconds) {
  return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}", kSessionCookie,
                     value, max_age_seconds,
                     services.public_url.starts_with("https://") ? "; Secure" : "");
}

}  // namespace

std::optional<std::string_view> session_secret(const Request& request) {
  auto cookies = request.header("cookie");
  if (!cookies) return std::nullopt;
  while (!cookies->empty()) {
    const std::size_t end = std::min(cookies->find(';'), cookies->size());
    std::string_view pair = cookies->substr(0, end);
    cookies->remove_prefix(std::min(end + 1, cookies->size()));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == kSessionCookie) {
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
  ASSIGN_OR_RETURN(auto signed_in, services.accounts.find_signed_in(session_secret(request)));
  return std::move(signed_in.principal);
}

Result<catalog::Caller> require_caller(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(auto signed_in, services.accounts.find_signed_in(session_secret(request)));
  const model::User& user = signed_in.user;
  return catalog::Caller{
      std::move(signed_in.principal),
      {model::ActorKind::kUser, user.id.text(), user.email, request.remote_address}};
}

Result<model::Principal> require_viewer(Services& services, const Request& request) {
  const auto authorization = request.header("authorization");
  if (authorization) {
    if (!equals_ignoring_case(authorization->substr(0, kBearer.size()), kBearer)) {
      return Error{Code::kTokenMissing, "Send the embed token as Authorization: Bearer."};
    }
    return services.verifier.verify(authorization->substr(kBearer.size()),
                                    request.header("origin"));
  }
  if (!session_secret(request)) {
    return Error{Code::kTokenMissing, "Send an embed token as Authorization: Bearer."};
  }
  if (!is_from_own_page(request)) {
    return Error{Code::kCrossSite, "Only Aracari's own pages may use a session."};
  }
  return require_user(services, request);
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

bool is_from_own_page(const Request& request) {
  const auto origin = request.header("origin");
  if (!origin) return true;
  const auto host = request.header("host");
  const std::size_t authority = origin->find("://");
  return host && authority != std::string_view::npos && origin->substr(authority + 3) == *host;
}

}  // namespace http
