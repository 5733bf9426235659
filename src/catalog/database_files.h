#pragma once

// The files below `<data directory>/databases` that people may choose from. Outside of this room
// they are known by their base names only.

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace catalog {

struct DatabaseFile {
  std::string name;
  std::int64_t bytes;
  base::Seconds modified_at;
};

/// A base name that ends in .duckdb or .db, without anything that a path could be made of.
[[nodiscard]] bool is_database_file_name(std::string_view name);

/// By name. Regular files only: a link could lead anywhere. Empty where there is no such folder.
[[nodiscard]] std::vector<DatabaseFile> list_files(const std::string& folder);

}  // namespace catalog
