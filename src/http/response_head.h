#pragma once

// Writes the status line and headers of a response. What every response carries is said here once.
// Thread-safe.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "http/message.h"

namespace http {

enum class Persistence : std::uint8_t { kKeepAlive, kClose };

struct ResponseTerms {
  bool http11;
  Persistence persistence;
  /// Nothing for a stream: chunked for HTTP/1.1, until the connection closes for HTTP/1.0.
  std::optional<std::size_t> content_length;
  std::string_view request_id;
  std::string_view date;  ///< As render_http_date writes it.
};

/// Appends everything up to and including the empty line. False, with `out` as it was, where the
/// status is none, a header name is not a token, or a value holds a control character: that could
/// split the response.
[[nodiscard]] bool append_response_head(std::string& out, const Response& response,
                                        const ResponseTerms& terms);

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7).
[[nodiscard]] std::string render_http_date(base::Seconds time);

/// Whether a response of this status has a body at all (RFC 9110 section 6.4.1).
[[nodiscard]] bool status_has_body(int status);

}  // namespace http
