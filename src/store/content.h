#pragma once

// Charts, dashboards, and how an organization's dashboards look.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/chart.h"
#include "model/dashboard.h"
#include "store/connection.h"

namespace store {

[[nodiscard]] base::Result<base::Done> insert_chart(Connection& connection,
                                                    const base::OrgId& organization,
                                                    const model::Chart& chart);
[[nodiscard]] base::Result<std::vector<model::Chart>> list_charts(Connection& connection,
                                                                  const base::OrgId& organization);

/// Stores `chart` in place of the one whose version is `chart.version - 1`. kConflict when the
/// stored version is another one; kNotFound.
[[nodiscard]] base::Result<base::Done> update_chart(Connection& connection,
                                                    const base::OrgId& organization,
                                                    const model::Chart& chart,
                                                    const std::string& changed_by);
/// kNotFound.
[[nodiscard]] base::Result<base::Done> delete_chart(Connection& connection,
                                                    const base::OrgId& organization,
                                                    const base::ChartId& id);

[[nodiscard]] base::Result<base::Done> insert_dashboard(Connection& connection,
                                                        const base::OrgId& organization,
                                                        const model::Dashboard& dashboard);
[[nodiscard]] base::Result<std::vector<model::Dashboard>> list_dashboards(
    Connection& connection, const base::OrgId& organization);
/// Whose dashboard it is. The address of a frame names a dashboard and nobody, so this look-up has
/// no organization to start from; nothing but which pages may frame it may be decided by it.
[[nodiscard]] base::Result<std::optional<base::OrgId>> find_dashboard_organization(
    Connection& connection, const base::DashboardId& id);

/// A dashboard as viewers get it, and what makers are at work on.
struct DashboardState {
  model::Dashboard shown;
  std::optional<model::DashboardContent> draft;  ///< Nothing where it is the same.
  std::int64_t version;                          ///< Of what makers see.
  std::string changed_by;
};
/// kNotFound.
[[nodiscard]] base::Result<DashboardState> find_dashboard_state(Connection& connection,
                                                                const base::OrgId& organization,
                                                                const base::DashboardId& id);
/// All of them, by name.
[[nodiscard]] base::Result<std::vector<DashboardState>> list_dashboard_states(
    Connection& connection, const base::OrgId& organization);
/// Stores the draft in place of the one whose version is `state.version - 1`. Viewers get what they
/// got. kConflict when the stored version is another one; kNotFound.
[[nodiscard]] base::Result<base::Done> update_draft(Connection& connection,
                                                    const base::OrgId& organization,
                                                    const DashboardState& state);
/// Stores what viewers get, which is then all there is: the draft goes. kNotFound.
[[nodiscard]] base::Result<base::Done> update_dashboard(Connection& connection,
                                                        const base::OrgId& organization,
                                                        const model::Dashboard& dashboard);
/// With its versions. kNotFound.
[[nodiscard]] base::Result<base::Done> delete_dashboard(Connection& connection,
                                                        const base::OrgId& organization,
                                                        const base::DashboardId& id);

/// What was published at one time.
struct DashboardVersion {
  std::int64_t version;
  base::Seconds at;
  std::string actor_name;
  model::DashboardContent content;
};
[[nodiscard]] base::Result<base::Done> insert_dashboard_version(Connection& connection,
                                                                const base::OrgId& organization,
                                                                const base::DashboardId& dashboard,
                                                                const DashboardVersion& version);
/// Newest first.
[[nodiscard]] base::Result<std::vector<DashboardVersion>> list_dashboard_versions(
    Connection& connection, const base::OrgId& organization, const base::DashboardId& dashboard);

/// What dashboards look like that say nothing else. As model::parse_theme lets it pass.
[[nodiscard]] base::Result<base::json::object> find_theme(Connection& connection,
                                                          const base::OrgId& organization);
[[nodiscard]] base::Result<base::Done> update_theme(Connection& connection,
                                                    const base::OrgId& organization,
                                                    const base::json::object& theme);

}  // namespace store
