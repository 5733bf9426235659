#pragma once

// What uploads.cc and imports.cc say alike. For them only.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "catalog/caller.h"
#include "model/audit.h"
#include "model/upload.h"
#include "store/connection.h"

namespace catalog {

/// kInvalidBody at `field` unless `words` has 1 to `bytes_max` bytes, none a control character.
[[nodiscard]] base::Result<base::Done> check_words(std::string_view field, std::string_view words,
                                                   std::size_t bytes_max);

/// The audit event of something that happened to `upload`.
[[nodiscard]] base::Result<base::Done> note_upload(store::Connection& connection,
                                                   const Caller& caller, model::AuditAction action,
                                                   const model::Upload& upload, base::Seconds now);

}  // namespace catalog
