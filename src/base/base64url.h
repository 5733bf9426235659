#pragma once

// base64url without padding (RFC 4648 section 5, as JOSE uses it in RFC 7515 section 2), and the
// plain base64 of HTTP credentials (section 4).

#include <optional>
#include <string>
#include <string_view>

namespace base {

[[nodiscard]] std::string render_base64url(std::string_view bytes);

/// Strict: refuses padding, white space, other alphabets, impossible lengths and non-zero unused
/// bits, so that one byte string has exactly one encoding.
[[nodiscard]] std::optional<std::string> parse_base64url(std::string_view text);

/// Plain base64 with its padding, as strict: RFC 7617 and RFC 6749 section 2.3.1 use it.
[[nodiscard]] std::optional<std::string> parse_base64(std::string_view text);

}  // namespace base
