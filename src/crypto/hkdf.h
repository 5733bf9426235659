#pragma once

// HKDF with SHA-256 (RFC 5869). Thread-safe.

#include <cstddef>
#include <string_view>

#include "base/secret.h"

namespace crypto {

/// `bytes` bytes, at most 8160, of the key that belongs to `info`. `input` is a key already, not a
/// password, and not empty; `salt` may be empty (section 3.1).
[[nodiscard]] base::Secret hkdf_sha256(const base::Secret& input, std::string_view salt,
                                       std::string_view info, std::size_t bytes);

}  // namespace crypto
