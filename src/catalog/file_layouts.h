#pragma once

// Keeps the tables of imported files stored in the order that the access rules on them want.

#include <chrono>
#include <map>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "query/result_cache.h"
#include "query/sources.h"
#include "source/table_layout.h"
#include "store/organization_view.h"
#include "store/store.h"

namespace catalog {

/// How long after a failure the same is tried again.
inline constexpr std::chrono::hours kLayoutRetry{1};

/// Not thread-safe: for one thread in the background. What it is made of outlives it.
class FileLayouts {
 public:
  FileLayouts(store::Store& store, store::OrganizationViews& views, query::Sources& sources,
              query::ResultCache& cache, const base::MonotonicClock& clock)
      : store_(store), views_(views), sources_(sources), cache_(cache), clock_(clock) {}

  /// Rewrites, one after the other, the files of imported databases, of whatever organization,
  /// whose tables are stored in another order. Cheap where rules did not change. The first error,
  /// after all were tried; a file that failed stays as it was. kCancelled at once.
  [[nodiscard]] base::Result<base::Done> settle(const source::Cancellation& cancellation);

 private:
  using Layouts = std::vector<source::TableLayout>;
  struct Known {
    Layouts wanted;
    std::optional<std::chrono::milliseconds> failed;  ///< When.
  };

  [[nodiscard]] base::Result<base::Done> settle_database(const model::Database& database,
                                                         Layouts wanted,
                                                         const source::Cancellation& cancellation);

  store::Store& store_;
  store::OrganizationViews& views_;
  query::Sources& sources_;
  query::ResultCache& cache_;
  const base::MonotonicClock& clock_;
  std::map<base::DatabaseId, Known> known_;  ///< What was last wanted, and how that went.
};

/// What the tables of `database` want, by table; those that want nothing are left out.
[[nodiscard]] std::vector<source::TableLayout> wanted_layouts(const store::OrganizationView& view,
                                                              const base::DatabaseId& database);

}  // namespace catalog
