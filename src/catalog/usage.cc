#include "catalog/usage.h"

#include <algorithm>

#include "catalog/authorize.h"

namespace catalog {
namespace {

using base::Done;
using base::Result;
using store::Connection;

constexpr std::int64_t kListed = 100;
constexpr std::int64_t kReadAtOnce = 1000;

bool counts(const model::Principal& principal) {
  return principal.embed() && principal.embed()->environment == model::Environment::kProduction;
}

model::Date day_of(base::Seconds now) { return std::chrono::floor<std::chrono::days>(now); }

void add(store::ChartRuns& sum, const store::ChartRuns& more) {
  sum.runs += more.runs;
  sum.failures += more.failures;
  sum.total_milliseconds += more.total_milliseconds;
  sum.slowest_milliseconds = std::max(sum.slowest_milliseconds, more.slowest_milliseconds);
}

}  // namespace

void UsageCounter::count_view(const model::Principal& principal, const base::DashboardId& dashboard,
                              base::Seconds now) {
  if (!counts(principal)) return;
  const base::OrgId& organization = principal.organization();
  const std::string& end_user = principal.embed()->distinct_id;
  const std::scoped_lock lock(mutex_);
  const bool full = under_way_.size() >= kMostEntries || views_.size() >= kMostEntries;
  const auto known = under_way_.find({organization, dashboard, end_user});
  if (known == under_way_.end() && full) return;
  const bool same_view = known != under_way_.end() && now - known->second < kViewSpan;
  under_way_.insert_or_assign({organization, dashboard, end_user}, now);
  if (!same_view) views_[{organization, dashboard, end_user, day_of(now)}] += 1;
}

void UsageCounter::count_chart(const model::Principal& principal, const base::ChartId& chart,
                               std::chrono::milliseconds took, Outcome outcome, base::Seconds now) {
  if (!counts(principal)) return;
  const ChartKey key{principal.organization(), chart, day_of(now)};
  const store::ChartRuns run{chart,        day_of(now), 1, outcome == Outcome::kFailed ? 1 : 0,
                             took.count(), took.count()};
  const std::scoped_lock lock(mutex_);
  const auto known = charts_.find(key);
  if (known != charts_.end()) {
    add(known->second, run);
  } else if (charts_.size() < kMostEntries) {
    charts_.emplace(key, run);
  }
}

Result<Done> UsageCounter::flush(base::Seconds now) {
  Views views;
  Charts charts;
  {
    const std::scoped_lock lock(mutex_);
    views.swap(views_);
    charts.swap(charts_);
    std::erase_if(under_way_, [&](const auto& entry) { return now - entry.second >= kViewSpan; });
  }
  if (views.empty() && charts.empty()) return Done{};
  const auto written = store_.write([&](Connection& connection) -> Result<Done> {
    for (const auto& [key, count] : views) {
      const auto& [organization, dashboard, end_user, day] = key;
      RETURN_IF_ERROR(
          store::add_views(connection, organization, {dashboard, end_user, day, count}));
    }
    for (const auto& [key, runs] : charts) {
      RETURN_IF_ERROR(store::add_chart_runs(connection, std::get<base::OrgId>(key), runs));
    }
    return Done{};
  });
  if (!written) put_back(views, charts);
  return written;
}

void UsageCounter::put_back(const Views& views, const Charts& charts) {
  const std::scoped_lock lock(mutex_);
  for (const auto& [key, count] : views) views_[key] += count;
  for (const auto& [key, runs] : charts) {
    const auto [entry, is_new] = charts_.emplace(key, runs);
    if (!is_new) add(entry->second, runs);
  }
}

model::Date first_day(std::chrono::days days, base::Seconds now) {
  return day_of(now) - days + std::chrono::days(1);
}

Result<Usage> find_usage(store::Store& store, const model::Principal& principal,
                         std::chrono::days days, base::Seconds now) {
  RETURN_IF_ERROR(authorize(principal, Verb::kViewUsage));
  const base::OrgId& organization = principal.organization();
  Usage usage{first_day(days, now), {}, {}, {}, {}};
  return store.read([&](Connection& connection) -> Result<Usage> {
    ASSIGN_OR_RETURN(usage.days, store::count_views_by_day(connection, organization, usage.since));
    ASSIGN_OR_RETURN(usage.dashboards, store::count_views_by_dashboard(connection, organization,
                                                                       usage.since, kListed));
    ASSIGN_OR_RETURN(usage.end_users, store::count_views_by_end_user(connection, organization,
                                                                     usage.since, kListed));
    ASSIGN_OR_RETURN(usage.charts,
                     store::count_chart_runs(connection, organization, usage.since, kListed));
    return std::move(usage);
  });
}

Result<std::vector<store::DashboardViews>> read_views(
    store::Store& store, const model::Principal& principal, model::Date since,
    const std::optional<store::DashboardViews>& after) {
  RETURN_IF_ERROR(authorize(principal, Verb::kViewUsage));
  return store.read([&](Connection& connection) {
    return store::list_views(connection, principal.organization(), since, after, kReadAtOnce);
  });
}

}  // namespace catalog
