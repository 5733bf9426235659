#pragma once

// What the routes on rows of dashboards and charts have in common in their bodies.

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "http/services.h"
#include "http/viewed_content.h"
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

/// For `holder`, who sees `viewed`. A chart on its own has no filters. kInvalidBody.
[[nodiscard]] base::Result<query::Narrowing> resolve_narrowing(const Services& services,
                                                               const NarrowingRequest& request,
                                                               const model::Principal& holder,
                                                               const ViewedContent& viewed);

/// The rows behind `chart`, which is one of `viewed`, or behind the place `at` in it where that is
/// not null: conditions on the chart's table. kNotFound, kInvalidBody.
[[nodiscard]] base::Result<std::vector<sql::Expression>> conditions_of_rows(
    const model::Principal& holder, const ViewedContent& viewed, const model::Chart& chart,
    const query::Narrowing& narrowing, const base::json::value* at);

/// The day that date presets go by: that of the time zone, or of UTC. kInvalidBody.
[[nodiscard]] base::Result<model::Date> resolve_today(const Services& services,
                                                      const std::optional<std::string>& time_zone);

}  // namespace http
