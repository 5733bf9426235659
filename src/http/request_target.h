#pragma once

// The request target (RFC 9112 section 3.2.1, origin-form only) taken apart and decoded once, so
// that nothing behind it can read the same path differently. Pure.

#include <optional>
#include <string>
#include <string_view>

namespace http {

struct RequestTarget {
  std::string path;   ///< Percent-decoded UTF-8; begins with '/', no "." or ".." segment.
  std::string query;  ///< Raw, without '?'.
};

/// Nothing for what is not origin-form, for bytes outside printable ASCII, bad percent escapes, dot
/// segments, and for a path that decodes to a control character, a backslash, invalid UTF-8, or to
/// a slash that was not one in the target.
[[nodiscard]] std::optional<RequestTarget> parse_request_target(std::string_view target);

}  // namespace http
