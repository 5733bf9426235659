#pragma once

// The compact form of embed tokens: a JWS (RFC 7515) with `alg` EdDSA (RFC 8037) and `typ`
// aracari-embed+jwt. Reading it here proves nothing; token_verifier.h does. Pure and thread-safe.

#include <string>
#include <string_view>

#include "auth/claims.h"
#include "auth/signing_keys.h"
#include "base/result.h"

namespace auth {

inline constexpr std::string_view kTokenType = "aracari-embed+jwt";
inline constexpr std::size_t kMaxTokenBytes = 8192;

[[nodiscard]] std::string sign_embed_token(const Claims& claims, const SigningKey& key);

/// The parts of a token before anything is believed. Views point into the token's text.
struct UnverifiedToken {
  std::string key_id;
  std::string_view signing_input;
  std::string signature;
  std::string payload;
};

/// Form and header: three base64url parts, at most kMaxTokenBytes; a header of exactly alg, typ and
/// kid, each once, with our algorithm and type. kTokenMalformed, kTokenWrongType, kTokenTooLarge.
[[nodiscard]] base::Result<UnverifiedToken> parse_embed_token(std::string_view token);

}  // namespace auth
