#pragma once

// Why a query was given up, in the words that every source uses. For this room only.

#include <cstddef>
#include <string>

#include "base/error.h"

namespace source {

/// Text that one result may hold; with `Limits::rows_max` it bounds the memory of a result.
inline constexpr std::size_t kResultTextBytesMax = std::size_t{64} * 1024 * 1024;

/// Of a query that was stopped before its end: kQueryTimeout or kCancelled.
[[nodiscard]] base::Error stopped_error(base::Code reason);

[[nodiscard]] base::Error too_many_rows();
[[nodiscard]] base::Error too_much_text();

/// A column whose type is none of those that a source shows; `detail` names it for the log.
[[nodiscard]] base::Error type_without_form(std::string detail);

}  // namespace source
