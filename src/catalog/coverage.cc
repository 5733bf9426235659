#include "catalog/coverage.h"

#include <algorithm>

#include <fmt/format.h>

#include "catalog/authorize.h"
#include "model/table_check.h"
#include "store/audit.h"
#include "store/content.h"

namespace catalog {
namespace {

namespace json = base::json;
using base::Code;
using base::Done;
using base::Error;
using base::Result;
using model::ColumnAccess;
using model::TableAccess;
using store::Connection;

SeenRows seen_rows(const model::Table& table) {
  if (table.access == TableAccess::kShared) return SeenRows::kAll;
  const bool by_rules = table.access == TableAccess::kRestricted && !table.rules.empty();
  return by_rules ? SeenRows::kByRules : SeenRows::kNone;
}

TableCoverage cover_table(const model::Table& table, const model::Attributes& attributes) {
  TableCoverage coverage{table.id, table.label, table.access, {}, seen_rows(table)};
  for (const model::AccessRule& rule : table.rules) coverage.rules.push_back(rule.name);
  for (const model::Column& column : table.columns) {
    if (column.access == ColumnAccess::kVisible) ++coverage.visible_columns;
    if (column.access == ColumnAccess::kMasked) ++coverage.masked_columns;
    if (column.access == ColumnAccess::kHidden) ++coverage.hidden_columns;
  }
  coverage.undecided = model::why_unseen(table, attributes);
  return coverage;
}

std::string_view seen_name(SeenRows seen) {
  switch (seen) {
    case SeenRows::kAll: return "all rows";
    case SeenRows::kByRules: return "rows by rules";
    case SeenRows::kNone: break;
  }
  return "none";
}

json::object render_table(const TableCoverage& table) {
  json::object object{{"id", table.table.text()},
                      {"label", table.label},
                      {"access", model::access_name(table.access)},
                      {"rules", json::array(table.rules.begin(), table.rules.end())},
                      {"undecided", !table.undecided.empty()},
                      {"seen", seen_name(table.seen)},
                      {"columns",
                       {{"visible", table.visible_columns},
                        {"masked", table.masked_columns},
                        {"hidden", table.hidden_columns}}}};
  if (!table.undecided.empty()) object["reason"] = table.undecided;
  return object;
}

Result<const model::Dashboard*> find_to_publish(const model::Principal& principal,
                                                const store::OrganizationView& view,
                                                const base::DashboardId& id) {
  RETURN_IF_ERROR(authorize(principal, Verb::kPublishDashboards));
  const auto found = view.dashboards.find(id);
  if (found == view.dashboards.end()) {
    return Error{Code::kNotFound, "There is no such dashboard."};
  }
  return &found->second;
}

Error undecided(const Coverage& coverage) {
  std::string names;
  for (const TableCoverage& table : coverage.tables) {
    if (table.undecided.empty()) continue;
    names += fmt::format("{}“{}”", names.empty() ? "" : ", ", table.label);
  }
  return {Code::kCoverageUndecided, "Nobody has decided who sees what of " + names + "."};
}

/// The dashboard as makers see it, to become what viewers get.
Result<model::Dashboard> read_working(Connection& connection, const base::OrgId& organization,
                                      const base::DashboardId& id) {
  ASSIGN_OR_RETURN(store::DashboardState state,
                   store::find_dashboard_state(connection, organization, id));
  if (state.draft) model::put_content(state.shown, std::move(*state.draft));
  return std::move(state.shown);
}

Result<Done> keep_version(Connection& connection, const Caller& caller,
                          const model::Dashboard& dashboard, base::Seconds now) {
  const base::OrgId& organization = caller.principal.organization();
  ASSIGN_OR_RETURN(const auto versions,
                   store::list_dashboard_versions(connection, organization, dashboard.id));
  const std::int64_t next = versions.empty() ? 1 : versions.front().version + 1;
  return store::insert_dashboard_version(
      connection, organization, dashboard.id,
      {next, now, caller.actor.name, model::content_of(dashboard)});
}

Result<Done> store_published(Connection& connection, const Caller& caller,
                             const model::Dashboard& dashboard, base::Seconds now) {
  const base::OrgId& organization = caller.principal.organization();
  RETURN_IF_ERROR(store::update_dashboard(connection, organization, dashboard));
  if (dashboard.published) RETURN_IF_ERROR(keep_version(connection, caller, dashboard, now));
  return store::insert_audit_event(connection, organization,
                                   {now,
                                    dashboard.published ? model::AuditAction::kDashboardPublished
                                                        : model::AuditAction::kDashboardUnpublished,
                                    caller.actor,
                                    {"dashboard", dashboard.id.text(), dashboard.name}});
}

}  // namespace

bool Coverage::decided() const {
  return std::ranges::all_of(tables,
                             [](const TableCoverage& table) { return table.undecided.empty(); });
}

Coverage cover(const model::Dashboard& dashboard, const store::OrganizationView& view) {
  Coverage coverage;
  for (const base::TableId& id : store::tables_behind(view, dashboard)) {
    const auto table = view.tables.find(id);
    if (table != view.tables.end()) {
      coverage.tables.push_back(cover_table(table->second, view.attributes));
      continue;
    }
    TableCoverage gone{id, "A table that is gone", TableAccess::kHidden, {}, SeenRows::kNone};
    gone.undecided = "The table does not exist.";
    coverage.tables.push_back(std::move(gone));
  }
  return coverage;
}

json::object render_coverage(const Coverage& coverage) {
  json::array tables;
  for (const TableCoverage& table : coverage.tables) tables.push_back(render_table(table));
  return {{"decided", coverage.decided()}, {"tables", std::move(tables)}};
}

Result<Coverage> find_coverage(const model::Principal& principal,
                               const store::OrganizationView& view, const base::DashboardId& id) {
  ASSIGN_OR_RETURN(const model::Dashboard* dashboard, find_to_publish(principal, view, id));
  return cover(*dashboard, view);
}

Result<Done> publish_dashboard(store::Store& store, const Caller& caller,
                               const store::OrganizationView& view, const base::DashboardId& id,
                               base::Seconds now) {
  RETURN_IF_ERROR(find_to_publish(caller.principal, view, id));
  return store.write([&](Connection& connection) -> Result<Done> {
    ASSIGN_OR_RETURN(model::Dashboard dashboard,
                     read_working(connection, caller.principal.organization(), id));
    const Coverage coverage = cover(dashboard, view);
    if (!coverage.decided()) return undecided(coverage);
    dashboard.published = true;
    return store_published(connection, caller, dashboard, now);
  });
}

Result<Done> unpublish_dashboard(store::Store& store, const Caller& caller,
                                 const store::OrganizationView& view, const base::DashboardId& id,
                                 base::Seconds now) {
  RETURN_IF_ERROR(find_to_publish(caller.principal, view, id));
  return store.write([&](Connection& connection) -> Result<Done> {
    ASSIGN_OR_RETURN(model::Dashboard dashboard,
                     read_working(connection, caller.principal.organization(), id));
    dashboard.published = false;
    return store_published(connection, caller, dashboard, now);
  });
}

}  // namespace catalog
