#include "catalog/dashboard_drafts.h"

#include <algorithm>

#include "catalog/authorize.h"
#include "crypto/random.h"
#include "store/audit.h"

namespace catalog {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using model::AuditAction;
using store::Connection;

constexpr int kGridColumns = 12;

Error invalid(std::string what, std::string field) {
  return {Code::kInvalidBody, std::move(what), {}, "draft." + std::move(field)};
}

Result<Done> check_tile(const model::Tile& tile, const model::DashboardContent& content,
                        const store::OrganizationView& view) {
  if (tile.width < 1 || tile.height < 1 || tile.x + tile.width > kGridColumns) {
    return invalid("Does not fit the grid.", "tiles.width");
  }
  const bool known_tab =
      tile.tab.empty() ||
      std::ranges::find(content.tabs, tile.tab, &model::DashboardTab::id) != content.tabs.end();
  if (!known_tab) return invalid("Is not a tab.", "tiles.tab");
  if (tile.text || view.charts.contains(tile.chart)) return Done{};
  return invalid("Is not a chart.", "tiles.chart");
}

Result<Done> check_filter(const model::DashboardFilter& filter,
                          const store::OrganizationView& view) {
  const auto table = view.tables.find(filter.table);
  if (table == view.tables.end()) return invalid("Is not a table.", "filters.table");
  if (table->second.find_dimension(filter.dimension) == nullptr) {
    return invalid("Is not a dimension of the table.", "filters.dimension");
  }
  if (!filter.charts) return Done{};
  for (const base::ChartId& id : *filter.charts) {
    const auto chart = view.charts.find(id);
    if (chart == view.charts.end() || chart->second.spec.table != filter.table) {
      return invalid("Are not charts on the filter’s table.", "filters.charts");
    }
  }
  return Done{};
}

Result<Done> note(Connection& connection, const ContentAuthor& author, AuditAction action,
                  const model::Dashboard& dashboard, base::Seconds now) {
  return store::insert_audit_event(
      connection, author.organization,
      {now, action, author.actor, {"dashboard", dashboard.id.text(), dashboard.name}});
}

ContentAuthor author(const Caller& caller) {
  return {caller.principal.organization(), caller.actor};
}

Result<DashboardState> insert_new(store::Store& store, const Caller& caller,
                                  model::DashboardContent content, base::Seconds now) {
  model::Dashboard dashboard{crypto::new_id<base::DashboardId>(), "", "", {}, {}};
  model::put_content(dashboard, std::move(content));
  RETURN_IF_ERROR(store.write([&](Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(
        store::insert_dashboard(connection, caller.principal.organization(), dashboard));
    return note(connection, author(caller), AuditAction::kDashboardCreated, dashboard, now);
  }));
  return DashboardState{std::move(dashboard), {}, 1, caller.actor.name};
}

}  // namespace

model::DashboardContent working_content(const DashboardState& state) {
  return state.draft ? *state.draft : model::content_of(state.shown);
}

Result<Done> check_content(const model::DashboardContent& content,
                           const store::OrganizationView& view) {
  for (const model::Tile& tile : content.tiles) {
    RETURN_IF_ERROR(check_tile(tile, content, view));
  }
  for (const model::DashboardFilter& filter : content.filters) {
    RETURN_IF_ERROR(check_filter(filter, view));
  }
  return Done{};
}

Result<DashboardState> put_draft(Connection& connection, const ContentAuthor& author,
                                 AuditAction action, DashboardState state,
                                 std::optional<model::DashboardContent> content,
                                 base::Seconds now) {
  state.draft = state.shown.published ? content : std::nullopt;
  state.version += 1;
  state.changed_by = author.actor.name;
  RETURN_IF_ERROR(store::update_draft(connection, author.organization, state));
  if (!state.shown.published && content) {
    model::put_content(state.shown, std::move(*content));
    RETURN_IF_ERROR(store::update_dashboard(connection, author.organization, state.shown));
  }
  RETURN_IF_ERROR(note(connection, author, action, state.shown, now));
  return state;
}

Result<DashboardState> find_draft(store::Store& store, const model::Principal& principal,
                                  const base::DashboardId& id) {
  RETURN_IF_ERROR(authorize(principal, Verb::kEditContent));
  return store.read([&](Connection& connection) {
    return store::find_dashboard_state(connection, principal.organization(), id);
  });
}

Result<DashboardState> create_dashboard(store::Store& store, const Caller& caller,
                                        model::DashboardContent content, base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kEditContent));
  return insert_new(store, caller, std::move(content), now);
}

Result<DashboardState> save_draft(store::Store& store, const DraftEdit& edit,
                                  const store::OrganizationView& view, std::int64_t seen,
                                  model::DashboardContent content) {
  RETURN_IF_ERROR(authorize(edit.caller.principal, Verb::kEditContent));
  return store.write([&](Connection& connection) -> Result<DashboardState> {
    ASSIGN_OR_RETURN(
        DashboardState state,
        store::find_dashboard_state(connection, edit.caller.principal.organization(), edit.id));
    if (state.version != seen) {
      return Error{Code::kConflict,
                   state.changed_by + " changed this dashboard; look at it again."};
    }
    RETURN_IF_ERROR(check_content(content, view));
    return put_draft(connection, author(edit.caller), AuditAction::kDashboardChanged,
                     std::move(state), std::move(content), edit.now);
  });
}

Result<DashboardState> discard_draft(store::Store& store, const DraftEdit& edit) {
  RETURN_IF_ERROR(authorize(edit.caller.principal, Verb::kEditContent));
  return store.write([&](Connection& connection) -> Result<DashboardState> {
    ASSIGN_OR_RETURN(
        DashboardState state,
        store::find_dashboard_state(connection, edit.caller.principal.organization(), edit.id));
    if (!state.draft) return state;
    return put_draft(connection, author(edit.caller), AuditAction::kDashboardDiscarded,
                     std::move(state), std::nullopt, edit.now);
  });
}

Result<DashboardState> duplicate_dashboard(store::Store& store, const DraftEdit& edit) {
  ASSIGN_OR_RETURN(const DashboardState original,
                   find_draft(store, edit.caller.principal, edit.id));
  model::DashboardContent content = working_content(original);
  content.name += " (copy)";
  return insert_new(store, edit.caller, std::move(content), edit.now);
}

Result<Done> remove_dashboard(store::Store& store, const DraftEdit& edit) {
  ASSIGN_OR_RETURN(const DashboardState state, find_draft(store, edit.caller.principal, edit.id));
  return store.write([&](Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(
        store::delete_dashboard(connection, edit.caller.principal.organization(), edit.id));
    return note(connection, author(edit.caller), AuditAction::kDashboardRemoved, state.shown,
                edit.now);
  });
}

Result<std::vector<store::DashboardVersion>> list_dashboard_versions(
    store::Store& store, const model::Principal& principal, const base::DashboardId& id) {
  RETURN_IF_ERROR(find_draft(store, principal, id));
  return store.read([&](Connection& connection) {
    return store::list_dashboard_versions(connection, principal.organization(), id);
  });
}

Result<DashboardState> restore_version(store::Store& store, const DraftEdit& edit,
                                       std::int64_t version) {
  ASSIGN_OR_RETURN(const auto versions,
                   list_dashboard_versions(store, edit.caller.principal, edit.id));
  const auto found = std::ranges::find(versions, version, &store::DashboardVersion::version);
  if (found == versions.end()) return Error{Code::kNotFound, "There is no such version."};
  return store.write([&](Connection& connection) -> Result<DashboardState> {
    ASSIGN_OR_RETURN(
        DashboardState state,
        store::find_dashboard_state(connection, edit.caller.principal.organization(), edit.id));
    return put_draft(connection, author(edit.caller), AuditAction::kDashboardRestored,
                     std::move(state), found->content, edit.now);
  });
}

}  // namespace catalog
