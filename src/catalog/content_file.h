#pragma once

// Charts and dashboards as a file: to take them to another set-up, or to keep them beside the code
// and apply them with each release.
//
//   {"aracariContent": 1,
//    "charts": [{"key", "name", "spec"}],
//    "dashboards": [{"key", "name", "description", "tabs", "tiles", "filters", "theme"}]}
//
// A chart's `spec` and a dashboard's members are those of the API, but that a table is named
// {"database", "table"} and a chart by its key. A key names a thing in one organization for good.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "catalog/caller.h"
#include "store/organization_view.h"
#include "store/store.h"

namespace catalog {

/// kForbidden for who may not change content.
[[nodiscard]] base::Result<ContentAuthor> author_of(const Caller& caller);
/// The command line, which has the data directory and so everything.
[[nodiscard]] ContentAuthor author_at_command_line(const base::OrgId& organization);

/// What makers see of the dashboard with its charts; of all dashboards and charts where none is
/// named. kNotFound.
[[nodiscard]] base::Result<base::json::object> export_content(
    store::Store& store, const ContentAuthor& author, const store::OrganizationView& view,
    const std::optional<base::DashboardId>& dashboard);

struct AppliedChange {
  std::string_view kind;  ///< "chart" or "dashboard".
  std::string name;
  std::string_view change;  ///< "created", "updated" or "unchanged".
};
enum class Rehearsal : std::uint8_t { kNo, kYes };

/// Makes what the file holds and is not there, changes what differs, and leaves all else alone; all
/// or nothing, and nothing in a rehearsal. Dashboards change as drafts. kInvalidBody, naming the
/// place, for what can not be read, or names a table that is not here; kCoverageUndecided as
/// check_decided; kConflict where somebody else was at work on the same.
[[nodiscard]] base::Result<std::vector<AppliedChange>> apply_content(
    store::Store& store, const ContentAuthor& author, const store::OrganizationView& view,
    const base::json::value& file, Rehearsal rehearsal, base::Seconds now);

}  // namespace catalog
