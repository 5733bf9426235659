#pragma once

// Encrypted embed tokens: a compact JWE (RFC 7516) with `alg` dir and `enc` A256GCM. The key is
// derived from the signing key and the API key, so whoever ends one of them ends the token. Reading
// one proves nothing; embed_token.h is the door to both forms. Thread-safe.
//
// The initialization vector is random, which is sound for 2^32 tokens under one content key (NIST
// SP 800-38D section 8.3): 500 a second for the 90 days of a signing key.

#include <string>
#include <string_view>

#include "auth/signing_keys.h"
#include "base/ids.h"
#include "base/result.h"

namespace auth {

/// `payload` is the claims as JSON. `key` has its private half.
[[nodiscard]] std::string encrypt_jwe(std::string_view payload, const SigningKey& key,
                                      const base::ApiKeyId& api_key);

/// Views point into the token's text.
struct UnverifiedJwe {
  std::string signing_key_id;
  base::ApiKeyId api_key;
  std::string_view encoded_header;  ///< The additional authenticated data.
  std::string initialization_vector;
  std::string ciphertext;
  std::string tag;
};

/// Five base64url parts, the second one empty, a vector of 12 bytes and a tag of 16; a header of
/// exactly alg, enc, typ and kid, each once, with our algorithms and type, and a kid of the form
/// `<signing key id>.<API key id>`. kTokenMalformed, kTokenWrongType.
[[nodiscard]] base::Result<UnverifiedJwe> parse_jwe(std::string_view token);

/// The payload when it was encrypted under `key` for the API key that the header names.
/// kTokenSignatureInvalid; kTokenUnknownKey where `key` has no private half any more.
[[nodiscard]] base::Result<std::string> open_jwe(const UnverifiedJwe& token, const SigningKey& key);

/// The decryption inside open_jwe (RFC 7518 section 5.3), under a content key of 32 bytes.
/// kTokenSignatureInvalid.
[[nodiscard]] base::Result<std::string> decrypt_content(const UnverifiedJwe& token,
                                                        const base::Secret& content_key);

}  // namespace auth
