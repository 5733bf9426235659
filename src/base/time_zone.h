#pragma once

// Which day it is somewhere. By the time zones of the system (tzdata).

#include <chrono>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace base {

/// The calendar day at `now` in the IANA time zone of this name, e.g. "Europe/Paris". kInvalidBody,
/// without a field, for a name that the system does not have. Thread-safe.
[[nodiscard]] Result<std::chrono::sys_days> day_in(std::string_view time_zone, Seconds now);

}  // namespace base
