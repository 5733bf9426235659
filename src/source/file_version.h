#pragma once

// Tells one state of a file from another. For this room only.

#include <string>

namespace source {

/// Differs whenever `file` was written or replaced; empty where it is not there.
[[nodiscard]] std::string file_version(const std::string& file);

}  // namespace source
