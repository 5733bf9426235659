#pragma once

// The proof that somebody decided, for each table behind a dashboard, what a viewer sees of it; and
// publishing, which needs that proof.

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "catalog/caller.h"
#include "model/dashboard.h"
#include "store/organization_view.h"
#include "store/store.h"

namespace catalog {

/// What those who are subject to rules see of the rows of a table.
enum class SeenRows { kNone, kByRules, kAll };

struct TableCoverage {
  base::TableId table;
  std::string label;
  model::TableAccess access;
  std::vector<std::string> rules;  ///< By name.
  SeenRows seen;
  std::int64_t visible_columns = 0;  ///< To those for whom no exception applies.
  std::int64_t masked_columns = 0;
  std::int64_t hidden_columns = 0;
  std::string undecided = {};  ///< Why; empty where all is decided.
};

struct Coverage {
  std::vector<TableCoverage> tables;  ///< Of charts and filters, each once.
  [[nodiscard]] bool decided() const;
};

/// A hidden table counts as undecided, because its charts would stay empty. Pure.
[[nodiscard]] Coverage cover(const model::Dashboard& dashboard,
                             const store::OrganizationView& view);

/// {"decided","tables":[{"id","label","access","rules","undecided","reason"?,"seen","columns"}]}
[[nodiscard]] base::json::object render_coverage(const Coverage& coverage);

/// kForbidden; kNotFound.
[[nodiscard]] base::Result<Coverage> find_coverage(const model::Principal& principal,
                                                   const store::OrganizationView& view,
                                                   const base::DashboardId& id);

/// From now on its draft is what viewers get, kept as a version, and the dashboard is there for
/// embed tokens and explorers. kForbidden; kNotFound; kCoverageUndecided, naming the tables.
[[nodiscard]] base::Result<base::Done> publish_dashboard(store::Store& store, const Caller& caller,
                                                         const store::OrganizationView& view,
                                                         const base::DashboardId& id,
                                                         base::Seconds now);
/// kForbidden; kNotFound.
[[nodiscard]] base::Result<base::Done> unpublish_dashboard(store::Store& store,
                                                           const Caller& caller,
                                                           const store::OrganizationView& view,
                                                           const base::DashboardId& id,
                                                           base::Seconds now);

}  // namespace catalog
