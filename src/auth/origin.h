#pragma once

// Web origins (RFC 6454): one normal form, and the question whether a token may be used on one.
// Pure and thread-safe.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/account.h"

namespace auth {

/// "https://App.Example.com:443/" → "https://app.example.com". Refuses anything but http and https,
/// user information, paths, queries, fragments, wildcards, non-ASCII hosts and "null": kInvalidBody
/// with field "origin".
[[nodiscard]] base::Result<std::string> normalise_origin(std::string_view text);

/// The same, and "https://*.example.com": a wildcard that stands for one whole label, in front of
/// at least two others that are names, and not of a public suffix like co.uk or github.io (the list
/// of publicsuffix.org that libpsl brings), below which anybody may have a name.
[[nodiscard]] base::Result<std::string> normalise_origin_pattern(std::string_view text);

/// Whether `pattern` (of normalise_origin_pattern) stands for `origin` (of normalise_origin).
[[nodiscard]] bool matches_origin(std::string_view pattern, std::string_view origin);

/// The entry of `listed` beside which `added` can not stand, or null: a sandbox entry of which a
/// production entry covers all never works.
[[nodiscard]] const model::AuthorizedOrigin* find_conflict(
    std::span<const model::AuthorizedOrigin> listed, const model::AuthorizedOrigin& added);

/// What decides about one request.
struct OriginRules {
  std::span<const std::string> own;  ///< The server's own origins: previews in the app.
  std::span<const model::AuthorizedOrigin> authorized;
  model::Environment environment;
  std::span<const std::string> token_origins;  ///< Narrow all others; empty does not narrow.
};

/// Done when a request with this `Origin` header may use the token. Without the header the caller
/// is a server, which is allowed unless the token carries origins. Sandbox tokens also work on
/// http://localhost with any port, and never on an origin that a production entry stands for, be it
/// localhost or listed for the sandbox, too. kOriginNotAuthorized otherwise; `field` holds the
/// origin.
[[nodiscard]] base::Result<base::Done> check_origin(std::optional<std::string_view> origin,
                                                    const OriginRules& rules);

/// For people: where tokens of an environment work that name `token_origins`. Entries are patterns,
/// and "http://localhost:*" stands for any port.
[[nodiscard]] std::vector<std::string> origins_in_reach(
    std::span<const model::AuthorizedOrigin> authorized, model::Environment environment,
    std::span<const std::string> token_origins);

/// The source list of `frame-ancestors` (CSP Level 3 section 6.4.2) for pages that show embeds of
/// either environment. A wildcard of CSP stands for more than one label, so this only keeps
/// strangers away: the verifier judges the framing page's origin again, by environment.
[[nodiscard]] std::string render_frame_ancestors(
    std::span<const model::AuthorizedOrigin> authorized);

/// For people: which entry of `environment` allows the page at `url`, or why none does.
struct OriginVerdict {
  bool allowed;
  const model::AuthorizedOrigin* entry;  ///< Null where none allows it, and for localhost.
  std::string reason;                    ///< A sentence in both cases.
};
[[nodiscard]] OriginVerdict judge_origin(std::string_view origin,
                                         std::span<const model::AuthorizedOrigin> authorized,
                                         model::Environment environment);

/// The origin of a pasted URL, whose path, query and fragment do not count. kInvalidBody (url).
[[nodiscard]] base::Result<std::string> origin_of_url(std::string_view url);

}  // namespace auth
