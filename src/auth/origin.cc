#include "auth/origin.h"

#include <algorithm>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <fmt/format.h>

namespace auth {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

constexpr std::size_t kMaxOriginBytes = 300;

Error malformed(std::string what) {
  return Error{Code::kInvalidBody, std::move(what), {}, "origin"};
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':' ||
         c == '[' || c == ']';
}

bool is_default_port(std::string_view scheme, std::uint16_t port) {
  return port == (scheme == "https" ? 443 : 80);
}

bool is_localhost(std::string_view origin) {
  constexpr std::string_view kLocalhost = "http://localhost";
  return origin == kLocalhost || origin.starts_with("http://localhost:");
}

Error refusal(std::string_view origin, std::string_view reason) {
  return Error{Code::kOriginNotAuthorized,
               fmt::format("The origin {} is not authorized{}", origin, reason),
               {},
               std::string(origin)};
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return lower;
}

bool has_only_authority(const boost::urls::url_view& url) {
  return !url.has_userinfo() && !url.has_query() && !url.has_fragment() &&
         (url.encoded_path().empty() || url.encoded_path() == "/");
}

}  // namespace

Result<std::string> normalise_origin(std::string_view text) {
  if (text.size() > kMaxOriginBytes) return malformed("Is too long for an origin.");
  const auto url = boost::urls::parse_uri(text);
  if (!url) return malformed("Must look like https://app.example.com.");
  const std::string scheme = lower_case(url->scheme());
  if (scheme != "http" && scheme != "https")
    return malformed("Must begin with https:// or http://.");
  if (!has_only_authority(*url)) return malformed("Must end after the host or port.");
  const std::string host = lower_case(url->encoded_host());
  if (host.empty() || !std::ranges::all_of(host, is_host_character)) {
    return malformed("Has a host that is not plain letters, digits, dots and dashes.");
  }
  // Boost.URL lets some numbers above 65535 wrap, so the number must read like the text.
  if (url->has_port() &&
      (url->port_number() == 0 || fmt::to_string(url->port_number()) != url->port())) {
    return malformed("Has a port that is not one.");
  }
  if (!url->has_port() || is_default_port(scheme, url->port_number()))
    return fmt::format("{}://{}", scheme, host);
  return fmt::format("{}://{}:{}", scheme, host, url->port_number());
}

Result<Done> check_origin(std::optional<std::string_view> header, const OriginRules& rules) {
  if (!header) {
    if (rules.token_origins.empty()) return Done{};
    return Error{Code::kOriginNotAuthorized,
                 "The token is bound to origins, and the request came without one.",
                 {},
                 {}};
  }
  const auto normal = normalise_origin(*header);
  if (!normal) return refusal(header->substr(0, kMaxOriginBytes), ": it is not a web origin.");
  if (std::ranges::find(rules.own, *normal) != rules.own.end()) return Done{};
  if (!rules.token_origins.empty() &&
      std::ranges::find(rules.token_origins, *normal) == rules.token_origins.end()) {
    return refusal(*normal, ": the token is bound to other origins.");
  }
  const bool sandbox = rules.environment == model::Environment::kSandbox;
  if (sandbox && is_localhost(*normal)) return Done{};
  const bool listed =
      std::ranges::any_of(rules.authorized, [&](const model::AuthorizedOrigin& entry) {
        return entry.environment == rules.environment && entry.origin == *normal;
      });
  if (listed) return Done{};
  return refusal(*normal,
                 fmt::format(" for {} tokens. An administrator can add it under Settings → "
                             "Embed → Authorized Origins.",
                             model::environment_name(rules.environment)));
}

}  // namespace auth
