#include "query/chart_query.h"

#include <algorithm>

#include <fmt/format.h>
namespace query {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::Result;

constexpr std::size_t kMaxFilterValues = 1000;

std::string_view environment_of(const model::Principal& principal) {
  return principal.embed() ? model::environment_name(principal.embed()->environment) : "app";
}

Error filter_problem(std::string_view id, std::string what) {
  return {Code::kInvalidBody, std::move(what), {}, fmt::format("filters.{}", id)};
}

Result<FilterChoice> parse_choice(std::string_view id, const json::value& value,
                                  const model::Column& column) {
  const json::array* items = value.if_array();
  if (items == nullptr) return filter_problem(id, "Must be a list of values.");
  if (items->size() > kMaxFilterValues) {
    return filter_problem(id, fmt::format("Must have at most {} values.", kMaxFilterValues));
  }
  FilterChoice choice{column.name, {}};
  for (const json::value& item : *items) {
    auto parsed = model::parse_value(item, column.type);
    if (!parsed) {
      return filter_problem(
          id, fmt::format("Must hold values of type {}.", model::type_name(column.type)));
    }
    choice.values.push_back(std::move(*parsed));
  }
  return choice;
}

guard::Policies policies_of(const store::OrganizationView& view, base::Seconds now) {
  return {view.organization.id, view.tables, view.databases,
          std::chrono::floor<std::chrono::days>(now)};
}

/// The column behind a dashboard filter, or null when its table or dimension is gone.
const model::Column* find_filter_column(const model::DashboardFilter& filter,
                                        const store::OrganizationView& view) {
  const auto table = view.tables.find(filter.table);
  if (table == view.tables.end()) return nullptr;
  const model::Dimension* dimension = table->second.find_dimension(filter.dimension);
  return dimension == nullptr ? nullptr : table->second.find_column(dimension->column);
}

/// How old an answer of `database` may be. A DuckDB file changes only with its version.
std::chrono::seconds max_age_of(const model::Database& database) {
  return database.kind == model::DatabaseKind::kDuckDb ? ResultCache::kAnyAge : database.freshness;
}

}  // namespace

Result<std::vector<TableFilter>> parse_filters(const json::value& value,
                                               const model::Dashboard& dashboard,
                                               const store::OrganizationView& view) {
  std::vector<TableFilter> filters;
  const json::object* choices = value.if_object();
  if (choices == nullptr) return Error{Code::kInvalidBody, "Must be an object.", {}, "filters"};
  for (const auto& member : *choices) {
    const std::string_view id = member.key();
    const auto filter = std::ranges::find(dashboard.filters, id, &model::DashboardFilter::id);
    const model::Column* column =
        filter == dashboard.filters.end() ? nullptr : find_filter_column(*filter, view);
    if (column == nullptr) return filter_problem(id, "Is not a filter of this dashboard.");
    ASSIGN_OR_RETURN(FilterChoice choice, parse_choice(id, member.value(), *column));
    if (!choice.values.empty()) filters.push_back({filter->table, std::move(choice)});
  }
  return filters;
}

std::vector<guard::LockedAttribute> find_locked_attributes(const model::Principal& principal,
                                                           const store::OrganizationView& view,
                                                           const model::Dashboard& dashboard,
                                                           base::Seconds now) {
  std::vector<base::TableId> tables;
  for (const model::Tile& tile : dashboard.tiles) {
    const auto chart = view.charts.find(tile.chart);
    if (chart != view.charts.end()) tables.push_back(chart->second.spec.table);
  }
  return guard::find_locked_attributes(principal, policies_of(view, now), tables);
}

Result<ChartAnswer> ChartQueries::run(const model::Principal& principal,
                                      const store::OrganizationView& view,
                                      const model::Chart& chart,
                                      const std::vector<TableFilter>& filters,
                                      const Cancellation& cancellation) {
  const auto table = view.tables.find(chart.spec.table);
  if (table == view.tables.end())
    return Error{Code::kNotFound, "The chart's table does not exist."};
  std::vector<FilterChoice> choices;
  for (const TableFilter& filter : filters) {
    if (filter.table == table->first) choices.push_back(filter.choice);
  }
  ASSIGN_OR_RETURN(ChartPlan plan, plan_chart(chart.spec, table->second, choices));
  const guard::Policies policies = policies_of(view, clock_.now());
  ASSIGN_OR_RETURN(const guard::SealedQuery sealed, guard::seal(plan.select, principal, policies));
  const auto database = view.databases.find(sealed.database());
  if (database == view.databases.end()) {
    return Error{Code::kSourceUnavailable, "The database could not answer."};
  }
  ASSIGN_OR_RETURN(const std::shared_ptr<source::Source> source, sources_.get(database->second));
  const CacheKey key = cache_key(sealed, source->version(), environment_of(principal));
  ASSIGN_OR_RETURN(CachedAnswer cached, cache_.get(key, max_age_of(database->second), [&] {
    return source->run(sealed, limits_, cancellation);
  }));
  return ChartAnswer{std::move(plan.columns), std::move(cached.answer)};
}

}  // namespace query
