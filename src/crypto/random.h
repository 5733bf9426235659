#pragma once

// Randomness from the operating system's generator (libsodium `randombytes`). Thread-safe.

#include <string>

#include "base/ids.h"

namespace crypto {

[[nodiscard]] std::string random_bytes(std::size_t count);

/// `count` characters of 0-9A-Za-z, each uniform (5.95 bits a character).
[[nodiscard]] std::string random_alphanumeric(std::size_t count);

/// `count` characters of a-z2-7 (5 bits a character).
[[nodiscard]] std::string random_base32(std::size_t count);

/// A fresh id of 100 random bits.
template <typename IdType>
[[nodiscard]] IdType new_id() {
  return IdType(std::string(IdType::kPrefix) + random_base32(20));
}

}  // namespace crypto
