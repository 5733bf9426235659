#pragma once

// What the compact forms of RFC 7515 and RFC 7516 have in common. For token_jws.cc and
// token_jwe.cc only. Pure.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace auth {

inline constexpr std::string_view kTokenType = "aracari-embed+jwt";
inline constexpr std::size_t kMaxKeyIdBytes = 64;

[[nodiscard]] inline base::Error malformed(std::string detail) {
  return {base::Code::kTokenMalformed, "This is not a well-formed embed token.", std::move(detail)};
}

[[nodiscard]] inline base::Error wrong_type() {
  return {base::Code::kTokenWrongType, "This is not an embed token of Aracari."};
}

/// The `N` texts between the dots; nothing where there are more or fewer.
template <std::size_t N>
[[nodiscard]] std::optional<std::array<std::string_view, N>> split_parts(std::string_view token) {
  std::array<std::string_view, N> parts;
  for (std::size_t i = 0; i + 1 < N; ++i) {
    const std::size_t dot = token.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    parts[i] = token.substr(0, dot);
    token.remove_prefix(dot + 1);
  }
  if (token.find('.') != std::string_view::npos) return std::nullopt;
  parts[N - 1] = token;
  return parts;
}

/// kTokenMalformed for what is not JSON.
[[nodiscard]] inline base::Result<base::json::value> parse_header(const std::string& text) {
  auto parsed = base::parse_json(text);
  if (!parsed) return malformed("header: " + parsed.error().what);
  return parsed;
}

/// kTokenMalformed unless the header had exactly the members that were read.
[[nodiscard]] inline base::Result<base::Done> finish_header(base::ObjectReader& reader) {
  auto finished = reader.finish();
  if (!finished) return malformed(finished.error().field + ": " + finished.error().what);
  return finished;
}

}  // namespace auth
