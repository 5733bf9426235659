#pragma once

// Ed25519 signatures (RFC 8032) by libsodium, which refuses non-canonical and small-order input.
// Thread-safe.

#include <string>
#include <string_view>

#include "base/secret.h"

namespace crypto {

struct Ed25519KeyPair {
  std::string public_key;    // 32 bytes
  base::Secret private_key;  // 64 bytes: seed and public key, libsodium's form
};

[[nodiscard]] Ed25519KeyPair new_ed25519_key_pair();

/// 64 bytes. `private_key` is that of an Ed25519KeyPair.
[[nodiscard]] std::string sign_ed25519(std::string_view message, const base::Secret& private_key);

/// False for any signature or key of the wrong length, too.
[[nodiscard]] bool verify_ed25519(std::string_view message, std::string_view signature,
                                  std::string_view public_key);

}  // namespace crypto
