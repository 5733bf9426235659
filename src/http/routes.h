#pragma once

#include <vector>

#include "http/router.h"

namespace http {

/// The one table of routes.
[[nodiscard]] std::vector<Route> all_routes();

}  // namespace http
