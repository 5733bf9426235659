#pragma once

// Password hashes: Argon2id (RFC 9106), t = 2, m = 64 MiB. One call takes about 70 ms and 64 MiB;
// at most two run at once, so that sign-ins can not take the machine's memory. Two more may wait;
// whoever comes then is refused with kUnavailable at once, so that sign-ins do not hold the threads
// of everybody else. Thread-safe.

#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace crypto {

/// The encoded form `$argon2id$v=19$…` with a fresh salt. kUnavailable also when memory is short.
[[nodiscard]] base::Result<std::string> hash_password(const base::Secret& password);

[[nodiscard]] base::Result<bool> verify_password(const base::Secret& password,
                                                 const std::string& hash);

}  // namespace crypto
