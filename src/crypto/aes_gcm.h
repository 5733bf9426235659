#pragma once

// AES-256-GCM (NIST SP 800-38D) for secrets at rest. Thread-safe.

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace crypto {

/// nonce (12) ‖ ciphertext ‖ tag (16), with a fresh random nonce. `associated` is authenticated and
/// not stored: it ties the result to its place, e.g. the record's id. `key` has 32 bytes.
[[nodiscard]] std::string seal_aes_gcm(const base::Secret& plain, const base::Secret& key,
                                       std::string_view associated);

/// The inverse. kInternal when the key, the place or any byte differs.
[[nodiscard]] base::Result<base::Secret> open_aes_gcm(std::string_view sealed,
                                                      const base::Secret& key,
                                                      std::string_view associated);

}  // namespace crypto
