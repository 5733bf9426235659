#pragma once

// What an organization has configured, read once and shared until something changes: requests read
// memory, not the disk.

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "base/result.h"
#include "model/account.h"
#include "model/attribute.h"
#include "model/chart.h"
#include "model/dashboard.h"
#include "model/database.h"
#include "model/table.h"
#include "store/store.h"

namespace store {

struct OrganizationView {
  model::Organization organization;
  std::map<std::string, model::TokenAttribute, std::less<>> attributes;
  std::vector<model::AuthorizedOrigin> origins;
  std::map<base::DatabaseId, model::Database> databases;
  std::map<base::TableId, model::Table> tables;
  std::map<base::ChartId, model::Chart> charts;
  std::map<base::DashboardId, model::Dashboard> dashboards;
  /// Of `tables`, those that model::why_unseen has something against.
  std::set<base::TableId> unseen_tables;
  base::json::object theme = {};  ///< Of dashboards that say nothing else.
};

/// The tables of the dashboard's charts, then those of its filters, each once.
[[nodiscard]] std::vector<base::TableId> tables_behind(const OrganizationView& view,
                                                       const model::Dashboard& dashboard);

/// Thread-safe. A view never changes; whoever holds one sees one moment.
class OrganizationViews {
 public:
  explicit OrganizationViews(Store& store) : store_(store) {}

  /// The view as of the store's present generation. kNotFound for an unknown organization.
  [[nodiscard]] base::Result<std::shared_ptr<const OrganizationView>> get(
      const base::OrgId& organization);

  /// Whether `get` would answer from memory now. Does not wait.
  [[nodiscard]] bool is_at_hand(const base::OrgId& organization);

 private:
  struct Entry {
    std::uint64_t generation;
    std::shared_ptr<const OrganizationView> view;
  };
  /// Null where there is none that is fresh.
  [[nodiscard]] std::shared_ptr<const OrganizationView> find_kept(const base::OrgId& organization);

  Store& store_;
  std::mutex loading_mutex_;  ///< Held at the disk, and never by who finds what he wants.
  std::mutex mutex_;
  std::map<base::OrgId, Entry> entries_;
};

}  // namespace store
