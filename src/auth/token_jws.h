#pragma once

// Signed embed tokens: a compact JWS (RFC 7515) with `alg` EdDSA (RFC 8037). Reading one proves
// nothing; embed_token.h is the door to both forms. Pure and thread-safe.

#include <string>
#include <string_view>

#include "auth/signing_keys.h"
#include "base/result.h"

namespace auth {

/// `payload` is the claims as JSON.
[[nodiscard]] std::string sign_jws(std::string_view payload, const SigningKey& key);

/// Views point into the token's text.
struct UnverifiedJws {
  std::string signing_key_id;
  std::string_view signing_input;
  std::string payload;
  std::string signature;
};

/// Three base64url parts and a header of exactly alg, typ and kid, each once, with our algorithm
/// and type. kTokenMalformed, kTokenWrongType.
[[nodiscard]] base::Result<UnverifiedJws> parse_jws(std::string_view token);

/// The payload when `key` signed it. kTokenSignatureInvalid.
[[nodiscard]] base::Result<std::string> open_jws(const UnverifiedJws& token, const SigningKey& key);

}  // namespace auth
