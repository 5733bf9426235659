#pragma once

// The days that a cell can hold. For this room only.

#include <chrono>

#include "model/value.h"

namespace source {

// The days that RFC 3339 can write; the infinities of engines lie outside.
inline constexpr model::Date kFirstDay{std::chrono::year{0} / 1 / 1};
inline constexpr model::Date kLastDay{std::chrono::year{9999} / 12 / 31};

/// NULL for a day or moment outside.
template <typename Moment>
[[nodiscard]] model::Cell within_calendar(Moment moment) {
  const bool known = moment >= kFirstDay && moment < kLastDay + std::chrono::days(1);
  return known ? model::Cell(moment) : model::Cell();
}

}  // namespace source
