#pragma once

// Password hashes: Argon2id (RFC 9106), t = 2, m = 64 MiB. One call takes about 70 ms and 64 MiB;
// at most two run at once and the others wait, so that sign-ins can not take the machine's memory.
// Thread-safe.

#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace crypto {

/// The encoded form `$argon2id$v=19$…` with a fresh salt. kUnavailable when memory is short.
[[nodiscard]] base::Result<std::string> hash_password(const base::Secret& password);

[[nodiscard]] bool verify_password(const base::Secret& password, const std::string& hash);

}  // namespace crypto
