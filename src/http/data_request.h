#pragma once

// What the routes on a dashboard's rows have in common in their bodies.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "http/services.h"
#include "query/narrowing.h"

namespace http {

/// {"filters"?, "selections"?, "timeZone"?}. Refers to the body that it was read from.
struct NarrowingRequest {
  const base::json::value* filters = nullptr;
  const base::json::value* selections = nullptr;
  std::optional<std::string> time_zone;
};
/// Problems are kept in `reader`.
[[nodiscard]] NarrowingRequest read_narrowing(base::ObjectReader& reader);

/// For `holder`, who sees `charts` of `dashboard`. kInvalidBody.
[[nodiscard]] base::Result<query::Narrowing> resolve_narrowing(
    const Services& services, const NarrowingRequest& request, const model::Principal& holder,
    const model::Dashboard& dashboard, const std::vector<const model::Chart*>& charts,
    const store::OrganizationView& view);

/// The day that date presets go by: that of the time zone, or of UTC. kInvalidBody.
[[nodiscard]] base::Result<model::Date> resolve_today(const Services& services,
                                                      const std::optional<std::string>& time_zone);

}  // namespace http
