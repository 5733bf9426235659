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

/// What decides about one request.
struct OriginRules {
  std::span<const std::string> own;  ///< The server's own origins: previews in the app.
  std::span<const model::AuthorizedOrigin> authorized;
  model::Environment environment;
  std::span<const std::string> token_origins;  ///< Narrow all others; empty does not narrow.
};

/// Done when a request with this `Origin` header may use the token. Without the header the caller
/// is a server, which is allowed unless the token carries origins. Sandbox tokens also work on
/// http://localhost with any port. kOriginNotAuthorized otherwise; `field` holds the origin.
[[nodiscard]] base::Result<base::Done> check_origin(std::optional<std::string_view> origin,
                                                    const OriginRules& rules);

}  // namespace auth
