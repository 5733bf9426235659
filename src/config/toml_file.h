#pragma once

// Options from a TOML file: top-level keys only.

#include <string>
#include <vector>

#include "config/options.h"

namespace config {

/// The known options of the file as texts; what is wrong with it goes to `problems`.
[[nodiscard]] Texts read_toml_file(const std::string& path, std::vector<std::string>& problems);

}  // namespace config
