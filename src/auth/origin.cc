#include "auth/origin.h"

#include <algorithm>
#include <libpsl.h>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <fmt/format.h>

#include "base/ascii.h"

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

const model::AuthorizedOrigin* find_entry(std::span<const model::AuthorizedOrigin> authorized,
                                          model::Environment environment, std::string_view origin) {
  const auto found = std::ranges::find_if(authorized, [&](const model::AuthorizedOrigin& entry) {
    return entry.environment == environment && matches_origin(entry.origin, origin);
  });
  return found == authorized.end() ? nullptr : &*found;
}

/// What decides, for requests and for people alike.
struct Decision {
  bool allowed;
  const model::AuthorizedOrigin* entry;  ///< Null where none allows it, and for localhost.
};

Decision decide(std::span<const model::AuthorizedOrigin> authorized, model::Environment environment,
                std::string_view origin) {
  const model::AuthorizedOrigin* entry = find_entry(authorized, environment, origin);
  if (environment == model::Environment::kProduction) return {entry != nullptr, entry};
  if (find_entry(authorized, model::Environment::kProduction, origin) != nullptr) {
    return {false, nullptr};
  }
  return {entry != nullptr || is_localhost(origin), entry};
}

bool is_public_suffix(std::string_view name) {
  return psl_is_public_suffix(psl_builtin(), std::string(name).c_str()) != 0;
}

bool is_digit_or_dot(char c) { return (c >= '0' && c <= '9') || c == '.'; }

bool has_only_authority(const boost::urls::url_view& url) {
  return !url.has_userinfo() && !url.has_query() && !url.has_fragment() &&
         (url.encoded_path().empty() || url.encoded_path() == "/");
}

}  // namespace

Result<std::string> normalise_origin(std::string_view text) {
  if (text.size() > kMaxOriginBytes) return malformed("Is too long for an origin.");
  const auto url = boost::urls::parse_uri(text);
  if (!url) return malformed("Must look like https://app.example.com.");
  const std::string scheme = base::lower_ascii(url->scheme());
  if (scheme != "http" && scheme != "https")
    return malformed("Must begin with https:// or http://.");
  if (!has_only_authority(*url)) return malformed("Must end after the host or port.");
  const std::string host = base::lower_ascii(url->encoded_host());
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

Result<std::string> normalise_origin_pattern(std::string_view text) {
  constexpr std::string_view kWildcard = "://*.";
  const std::size_t wildcard = text.find(kWildcard);
  if (wildcard == std::string_view::npos) return normalise_origin(text);
  std::string parent(text.substr(0, wildcard + 3));
  parent += text.substr(wildcard + kWildcard.size());
  ASSIGN_OR_RETURN(std::string normal, normalise_origin(parent));
  const std::string_view host = std::string_view(normal).substr(wildcard + 3);
  const std::string_view name = host.substr(0, host.find(':'));
  const bool two_names = name.find('.') != std::string_view::npos && !name.starts_with('.') &&
                         !name.ends_with('.') && !name.starts_with('[');
  if (!two_names || std::ranges::all_of(name, is_digit_or_dot)) {
    return malformed("A wildcard needs a domain like example.com behind it.");
  }
  if (is_public_suffix(name)) {
    return malformed(
        fmt::format("Anybody may have a name below {}: put your own domain behind the "
                    "wildcard.",
                    name));
  }
  normal.insert(wildcard + 3, "*.");
  return normal;
}

bool matches_origin(std::string_view pattern, std::string_view origin) {
  const std::size_t wildcard = pattern.find("://*.");
  if (wildcard == std::string_view::npos) return pattern == origin;
  const std::string_view scheme = pattern.substr(0, wildcard + 3);
  const std::string_view rest = pattern.substr(wildcard + 4);  // begins with the dot
  if (!origin.starts_with(scheme) || !origin.ends_with(rest)) return false;
  if (origin.size() <= scheme.size() + rest.size()) return false;
  const std::string_view label =
      origin.substr(scheme.size(), origin.size() - scheme.size() - rest.size());
  return label.find_first_of(".:[]") == std::string_view::npos;
}

const model::AuthorizedOrigin* find_conflict(std::span<const model::AuthorizedOrigin> listed,
                                             const model::AuthorizedOrigin& added) {
  const bool adds_sandbox = added.environment == model::Environment::kSandbox;
  const auto found = std::ranges::find_if(listed, [&](const model::AuthorizedOrigin& entry) {
    if (entry.environment == added.environment) return false;
    const auto& production = adds_sandbox ? entry : added;
    const auto& sandbox = adds_sandbox ? added : entry;
    return matches_origin(production.origin, sandbox.origin);
  });
  return found == listed.end() ? nullptr : &*found;
}

std::vector<std::string> origins_in_reach(std::span<const model::AuthorizedOrigin> authorized,
                                          model::Environment environment,
                                          std::span<const std::string> token_origins) {
  std::vector<std::string> reach;
  if (!token_origins.empty()) {
    std::ranges::copy_if(token_origins, std::back_inserter(reach), [&](const auto& origin) {
      return judge_origin(origin, authorized, environment).allowed;
    });
    return reach;
  }
  if (environment == model::Environment::kSandbox) reach.emplace_back("http://localhost:*");
  for (const model::AuthorizedOrigin& entry : authorized) {
    const bool own = entry.environment == environment;
    if (own && decide(authorized, environment, entry.origin).allowed) reach.push_back(entry.origin);
  }
  return reach;
}

std::string render_frame_ancestors(std::span<const model::AuthorizedOrigin> authorized) {
  std::string sources = "http://localhost:*";
  for (const model::AuthorizedOrigin& entry : authorized) sources.append(" ").append(entry.origin);
  return sources;
}

OriginVerdict judge_origin(std::string_view origin,
                           std::span<const model::AuthorizedOrigin> authorized,
                           model::Environment environment) {
  const std::string_view name = model::environment_name(environment);
  const auto [allowed, own] = decide(authorized, environment, origin);
  if (own != nullptr) {
    return {true, own, fmt::format("The {} entry {} allows it.", name, own->origin)};
  }
  if (allowed) return {true, nullptr, "Sandbox tokens work on http://localhost with any port."};
  const auto other = environment == model::Environment::kSandbox ? model::Environment::kProduction
                                                                 : model::Environment::kSandbox;
  if (const auto* entry = find_entry(authorized, other, origin)) {
    return {
        false, nullptr,
        fmt::format("The entry {} is for {} only.", entry->origin, model::environment_name(other))};
  }
  return {false, nullptr, fmt::format("No {} entry has this scheme, host and port.", name)};
}

Result<std::string> origin_of_url(std::string_view text) {
  const auto refuse = [](std::string what) {
    return Error{Code::kInvalidBody, std::move(what), {}, "url"};
  };
  while (text.starts_with(' ')) text.remove_prefix(1);
  const std::size_t authority = text.find("://");
  if (authority == std::string_view::npos) {
    return refuse("Must look like https://app.example.com/page.");
  }
  const std::size_t end = std::min(text.find_first_of("/?# ", authority + 3), text.size());
  auto normal = normalise_origin(text.substr(0, end));
  if (!normal) return refuse(normal.error().what);
  return normal;
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
  if (decide(rules.authorized, rules.environment, *normal).allowed) return Done{};
  if (rules.environment == model::Environment::kSandbox &&
      find_entry(rules.authorized, model::Environment::kProduction, *normal) != nullptr) {
    return refusal(*normal, ": it is a production origin, where sandbox tokens never work.");
  }
  return refusal(*normal,
                 fmt::format(" for {} tokens. An administrator can add it under Settings → "
                             "Embed → Authorized Origins.",
                             model::environment_name(rules.environment)));
}

}  // namespace auth
