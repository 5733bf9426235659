#pragma once

// The file that holds a master key: base64url text of mode 0600. Thread-safe.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace auth {

/// 32 bytes in base64url, with or without a line break. kConfigInvalid.
[[nodiscard]] base::Result<base::Secret> parse_master_key(std::string_view encoded);

/// Nothing where there is no such file. kConfigInvalid when its group or others may read it, or it
/// holds something else; kStorageFailed when it can not be read.
[[nodiscard]] base::Result<std::optional<base::Secret>> read_key_file(const std::string& path);

/// Makes the file, which must not be there, and returns when it is durable. kStorageFailed.
[[nodiscard]] base::Result<base::Done> write_key_file(const std::string& path,
                                                      const base::Secret& key);

/// Durable when it returns. kStorageFailed.
[[nodiscard]] base::Result<base::Done> rename_key_file(const std::string& from,
                                                       const std::string& to);
/// Done also where there is none.
[[nodiscard]] base::Result<base::Done> remove_key_file(const std::string& path);

}  // namespace auth
