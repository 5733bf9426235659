#include "store/organization_view.h"

#include <algorithm>

#include "model/table_check.h"
#include "store/accounts.h"
#include "store/content.h"
#include "store/databases.h"
#include "store/settings.h"
#include "store/tables.h"

namespace store {
namespace {

using base::Error;
using base::Result;

/// Moves `items` into a map by id.
template <typename Key, typename Item>
std::map<Key, Item> by_id(std::vector<Item> items) {
  std::map<Key, Item> map;
  for (Item& item : items) {
    const Key id = item.id;
    map.emplace(id, std::move(item));
  }
  return map;
}

Result<OrganizationView> load(Connection& connection, const base::OrgId& id) {
  ASSIGN_OR_RETURN(const auto organizations, list_organizations(connection));
  const auto found = std::ranges::find(organizations, id, &model::Organization::id);
  if (found == organizations.end()) return Error{base::Code::kNotFound, "No such organization."};
  OrganizationView view{*found, {}, {}, {}, {}, {}, {}, {}};
  ASSIGN_OR_RETURN(auto attributes, list_token_attributes(connection, id));
  for (auto& attribute : attributes) view.attributes.emplace(attribute.name, attribute);
  ASSIGN_OR_RETURN(view.origins, list_authorized_origins(connection, id));
  ASSIGN_OR_RETURN(view.theme, find_theme(connection, id));
  ASSIGN_OR_RETURN(auto databases, list_databases(connection, id));
  ASSIGN_OR_RETURN(auto tables, list_tables(connection, id));
  ASSIGN_OR_RETURN(auto charts, list_charts(connection, id));
  ASSIGN_OR_RETURN(auto dashboards, list_dashboards(connection, id));
  view.databases = by_id<base::DatabaseId>(std::move(databases));
  view.tables = by_id<base::TableId>(std::move(tables));
  view.charts = by_id<base::ChartId>(std::move(charts));
  view.dashboards = by_id<base::DashboardId>(std::move(dashboards));
  for (const auto& [table, definition] : view.tables) {
    if (!model::why_unseen(definition, view.attributes).empty()) view.unseen_tables.insert(table);
  }
  return view;
}

}  // namespace

std::vector<base::TableId> tables_behind(const OrganizationView& view,
                                         const model::Dashboard& dashboard) {
  std::vector<base::TableId> tables;
  const auto add = [&](const base::TableId& id) {
    if (std::ranges::find(tables, id) == tables.end()) tables.push_back(id);
  };
  for (const model::Tile& tile : dashboard.tiles) {
    const auto chart = view.charts.find(tile.chart);
    if (chart != view.charts.end()) add(chart->second.spec.table);
  }
  for (const model::DashboardFilter& filter : dashboard.filters) add(filter.table);
  return tables;
}

std::shared_ptr<const OrganizationView> OrganizationViews::find_kept(
    const base::OrgId& organization) {
  const std::uint64_t generation = store_.generation(Part::kOrganizations);
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(organization);
  if (found == entries_.end() || found->second.generation < generation) return nullptr;
  return found->second.view;
}

bool OrganizationViews::is_at_hand(const base::OrgId& organization) {
  return find_kept(organization) != nullptr;
}

Result<std::shared_ptr<const OrganizationView>> OrganizationViews::get(
    const base::OrgId& organization) {
  if (auto kept = find_kept(organization)) return kept;
  const std::scoped_lock loading(loading_mutex_);  // what one loads, the others find
  if (auto kept = find_kept(organization)) return kept;
  const std::uint64_t generation = store_.generation(Part::kOrganizations);
  ASSIGN_OR_RETURN(OrganizationView loaded, store_.read([&](Connection& connection) {
    return load(connection, organization);
  }));
  auto view = std::make_shared<const OrganizationView>(std::move(loaded));
  const std::scoped_lock lock(mutex_);
  entries_.insert_or_assign(organization, Entry{generation, view});
  return view;
}

}  // namespace store
