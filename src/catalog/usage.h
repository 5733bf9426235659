#pragma once

// Who looks at what, and how long charts take: counted for embed tokens of production alone, so
// that neither the sandbox nor makers at work are in the figures.

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/principal.h"
#include "store/store.h"
#include "store/usage.h"

namespace catalog {

/// Looking at a dashboard again within this time is the same view.
inline constexpr std::chrono::minutes kViewSpan{30};
/// How long counts are kept.
inline constexpr std::chrono::days kUsageKept{400};

/// Counts in memory; `flush` writes every few seconds and at shutdown. A process that is killed
/// loses the last seconds. Thread-safe, and waits for nothing but another count.
class UsageCounter {
 public:
  /// Distinct things that are counted between two flushes, and views that are under way; what comes
  /// to a full counter is not counted.
  static constexpr std::size_t kMostEntries = 100'000;

  explicit UsageCounter(store::Store& store) : store_(store) {}

  void count_view(const model::Principal& principal, const base::DashboardId& dashboard,
                  base::Seconds now);
  enum class Outcome : std::uint8_t { kAnswered, kFailed };
  void count_chart(const model::Principal& principal, const base::ChartId& chart,
                   std::chrono::milliseconds took, Outcome outcome, base::Seconds now);

  /// Writes everything in one transaction. On failure all is kept for the next call.
  [[nodiscard]] base::Result<base::Done> flush(base::Seconds now);

 private:
  using ViewKey = std::tuple<base::OrgId, base::DashboardId, std::string, model::Date>;
  using ChartKey = std::tuple<base::OrgId, base::ChartId, model::Date>;
  using Views = std::map<ViewKey, std::int64_t>;
  using Charts = std::map<ChartKey, store::ChartRuns>;

  void put_back(const Views& views, const Charts& charts);

  store::Store& store_;
  std::mutex mutex_;
  Views views_;
  Charts charts_;
  /// When somebody last looked at a dashboard, of those whose view is under way.
  std::map<std::tuple<base::OrgId, base::DashboardId, std::string>, base::Seconds> under_way_;
};

struct Usage {
  model::Date since;
  std::vector<store::ViewsOfDay> days;
  std::vector<store::ViewsOfDashboard> dashboards;
  std::vector<store::ViewsOfEndUser> end_users;
  std::vector<store::ChartRuns> charts;
};
/// Of the last `days` days, today among them; at most 100 of each list. kForbidden.
[[nodiscard]] base::Result<Usage> find_usage(store::Store& store, const model::Principal& principal,
                                             std::chrono::days days, base::Seconds now);

/// The next at most 1000 counts after `after` in the order of list_views; none: that was all.
/// kForbidden.
[[nodiscard]] base::Result<std::vector<store::DashboardViews>> read_views(
    store::Store& store, const model::Principal& principal, model::Date since,
    const std::optional<store::DashboardViews>& after);

/// The day with which a span of `days` begins that ends today.
[[nodiscard]] model::Date first_day(std::chrono::days days, base::Seconds now);

}  // namespace catalog
