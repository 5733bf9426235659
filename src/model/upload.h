#pragma once

// Files that people send in pieces, to become tables.

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/ids.h"

namespace model {

struct Upload {
  base::UploadId id;
  base::UserId user;
  std::string file_name;    ///< As its sender calls it; never part of a path.
  std::int64_t size_bytes;  ///< As announced; how much of it is here the file itself tells.
  base::Seconds created_at;
  std::string reason = {};                  ///< Why its last import failed; empty: it did not.
  std::optional<base::TableId> table = {};  ///< What it became. Its file is gone then.
};

}  // namespace model
