#pragma once

// What a token may do, apart from which rows it sees. Everything is off until it is granted.

#include <cstdint>
#include <set>
#include <string>

#include "base/ids.h"

namespace model {

enum class Access : std::uint8_t { kNone, kView, kEdit };

struct Permissions {
  Access dashboard = Access::kNone;
  Access chart = Access::kNone;
  Access database = Access::kNone;
  bool ai_query = false;
};

/// The content a token is narrowed to. An empty set of a kind that is not `narrowed` means all of
/// that kind in the organization; a narrowed empty set means none.
struct Resources {
  bool dashboards_narrowed = false;
  bool charts_narrowed = false;
  std::set<base::DashboardId> dashboards;
  std::set<base::ChartId> charts;
};

}  // namespace model
