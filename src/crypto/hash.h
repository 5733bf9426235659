#pragma once

// Hashes and comparisons. Thread-safe.

#include <string>
#include <string_view>

namespace crypto {

/// SHA-256 (FIPS 180-4), 32 bytes.
[[nodiscard]] std::string sha256(std::string_view bytes);

/// Compares without leaking by time where the two differ. Lengths are not secret.
[[nodiscard]] bool constant_time_equal(std::string_view a, std::string_view b);

}  // namespace crypto
