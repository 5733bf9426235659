#pragma once

// What a token may do, apart from which rows it sees. Everything is off until it is granted.

#include <cstdint>
#include <set>
#include <string>

#include "base/ids.h"
#include "base/json.h"

namespace model {

enum class Access : std::uint8_t { kNone, kView, kEdit };

struct Permissions {
  Access dashboard = Access::kNone;
  Access chart = Access::kNone;
  Access database = Access::kNone;
  bool ai_query = false;
  /// To take what charts show along as a file; the word can_export in the list of `chart`. It shows
  /// nothing that could not be viewed.
  bool chart_export = false;
};

/// The content a token is narrowed to. An empty set of a kind that is not `narrowed` means all of
/// that kind in the organization; a narrowed empty set means none.
struct Resources {
  bool dashboards_narrowed = false;
  bool charts_narrowed = false;
  std::set<base::DashboardId> dashboards;
  std::set<base::ChartId> charts;
};

/// To view dashboards and charts: what a token or key gets that names no permissions.
[[nodiscard]] Permissions view_permissions();

[[nodiscard]] base::json::object render_permissions(const Permissions& permissions,
                                                    base::json::storage_ptr storage);
[[nodiscard]] base::json::object render_resources(const Resources& resources,
                                                  base::json::storage_ptr storage);

/// Of mint bodies, tokens and key limits alike; `path` is the place of `json` in the body. Problems
/// are kept in `parent`.
[[nodiscard]] Permissions read_permissions(const base::json::value& json, std::string path,
                                           base::ObjectReader& parent);
[[nodiscard]] Resources read_resources(const base::json::value& json, std::string path,
                                       base::ObjectReader& parent);

}  // namespace model
