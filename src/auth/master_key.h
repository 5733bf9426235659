#pragma once

// The key under which secrets are stored (AES-256-GCM). It is never in the database.

#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace auth {

/// `encoded` (32 bytes in base64url, from configuration) when it is not empty; else the file
/// `<data_directory>/master.key`, made with mode 0600 when it is not there and `may_create`.
/// kConfigInvalid for a key of another form; kStorageFailed when the file can not be read or made.
enum class MissingKey { kCreate, kRefuse };
[[nodiscard]] base::Result<base::Secret> load_master_key(const base::Secret& encoded,
                                                         const std::string& data_directory,
                                                         MissingKey missing);

}  // namespace auth
