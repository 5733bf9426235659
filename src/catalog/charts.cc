#include "catalog/charts.h"

#include <algorithm>

#include <fmt/format.h>

#include "catalog/authorize.h"
#include "catalog/coverage.h"
#include "crypto/random.h"
#include "query/chart_plan.h"
#include "store/audit.h"
#include "store/content.h"

namespace catalog {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using model::ChartType;
using store::Connection;

constexpr std::size_t kMaxNameBytes = 200;

Error misshapen(std::string what, std::string field) {
  return {Code::kInvalidBody, std::move(what), {}, "spec." + std::move(field)};
}

bool shows(const std::vector<model::Tile>& tiles, const base::ChartId& id) {
  return std::ranges::find(tiles, id, &model::Tile::chart) != tiles.end();
}

/// What a type can not be drawn without.
Result<Done> check_shape(const model::ChartSpec& spec) {
  const std::size_t dimensions = spec.dimensions.size();
  switch (spec.type) {
    case ChartType::kHeatmap:
      if (dimensions != 2) return misshapen("A heatmap has two dimensions.", "dimensions");
      break;
    case ChartType::kScatter:
      if (spec.metrics.size() < 2) return misshapen("A scatter has two metrics.", "metrics");
      break;
    case ChartType::kMap:
      if (spec.options.latitude.empty() || spec.options.longitude.empty()) {
        return misshapen("A map has dimensions of latitude and longitude.", "options");
      }
      break;
    case ChartType::kGauge:
      if (dimensions != 0) return misshapen("A gauge has no dimension.", "dimensions");
      break;
    default: break;
  }
  return Done{};
}

Result<Done> note(Connection& connection, const Caller& caller, model::AuditAction action,
                  const model::Chart& chart, base::Seconds now) {
  return store::insert_audit_event(
      connection, caller.principal.organization(),
      {now, action, caller.actor, {"chart", chart.id.text(), chart.name}});
}

/// The names of the dashboards that show the chart, to viewers or in a draft.
Result<std::string> names_of_users(Connection& connection, const base::OrgId& organization,
                                   const base::ChartId& id) {
  ASSIGN_OR_RETURN(const auto states, store::list_dashboard_states(connection, organization));
  std::string names;
  for (const store::DashboardState& state : states) {
    if (!shows(state.shown.tiles, id) && !(state.draft && shows(state.draft->tiles, id))) continue;
    names += fmt::format("{}“{}”", names.empty() ? "" : ", ", state.shown.name);
  }
  return names;
}

}  // namespace

Result<std::vector<const model::Chart*>> list_charts(const model::Principal& principal,
                                                     const store::OrganizationView& view) {
  RETURN_IF_ERROR(authorize(principal, Verb::kEditContent));
  std::vector<const model::Chart*> charts;
  for (const auto& [id, chart] : view.charts) charts.push_back(&chart);
  std::ranges::sort(charts, {}, [](const model::Chart* chart) { return chart->name; });
  return charts;
}

Result<const model::Chart*> find_chart(const model::Principal& principal,
                                       const store::OrganizationView& view,
                                       const base::ChartId& id) {
  RETURN_IF_ERROR(authorize(principal, Verb::kEditContent));
  const auto found = view.charts.find(id);
  if (found == view.charts.end()) return Error{Code::kNotFound, "There is no such chart."};
  return &found->second;
}

Result<WantedChart> parse_wanted_chart(base::ObjectReader& reader) {
  std::string name = reader.required_string("name", kMaxNameBytes);
  const base::json::value* spec = reader.required_object("spec");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(model::ChartSpec parsed, parse_spec(*spec));
  return WantedChart{std::move(name), std::move(parsed)};
}

Result<model::ChartSpec> parse_spec(const base::json::value& json) {
  auto parsed = model::parse_chart_spec(json);
  if (parsed) return parsed;
  Error error = parsed.error();
  error.field = error.field.empty() ? "spec" : "spec." + error.field;
  return error;
}

Result<Done> check_spec(const model::ChartSpec& spec, const store::OrganizationView& view) {
  const auto table = view.tables.find(spec.table);
  if (table == view.tables.end()) return misshapen("Is not a table.", "table");
  const auto plan = query::plan_chart(spec, table->second, {}, {});
  if (!plan) {
    return misshapen("Asks for something that its table does not have, or not so.", "table");
  }
  return check_shape(spec);
}

Result<Done> check_decided(const model::Chart& chart, const store::OrganizationView& view) {
  const auto shown = dashboards_with(view, chart.id);
  const bool seen = std::ranges::any_of(
      shown, [](const model::Dashboard* dashboard) { return dashboard->published; });
  if (!seen || !view.unseen_tables.contains(chart.spec.table)) return Done{};
  return Error{Code::kCoverageUndecided, fmt::format("Nobody has decided who sees what of “{}”.",
                                                     view.tables.at(chart.spec.table).label)};
}

Result<model::Chart> create_chart(store::Store& store, const Caller& caller,
                                  const store::OrganizationView& view, WantedChart wanted,
                                  base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kEditContent));
  RETURN_IF_ERROR(check_spec(wanted.spec, view));
  const model::Chart chart{crypto::new_id<base::ChartId>(), std::move(wanted.name),
                           std::move(wanted.spec)};
  RETURN_IF_ERROR(store.write([&](Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(store::insert_chart(connection, caller.principal.organization(), chart));
    return note(connection, caller, model::AuditAction::kChartCreated, chart, now);
  }));
  return chart;
}

Result<model::Chart> change_chart(store::Store& store, const Caller& caller,
                                  const store::OrganizationView& view, const base::ChartId& id,
                                  std::int64_t seen, WantedChart wanted, base::Seconds now) {
  ASSIGN_OR_RETURN(const model::Chart* present, find_chart(caller.principal, view, id));
  RETURN_IF_ERROR(check_spec(wanted.spec, view));
  const model::Chart chart{present->id, std::move(wanted.name), std::move(wanted.spec), seen + 1};
  RETURN_IF_ERROR(check_decided(chart, view));
  RETURN_IF_ERROR(store.write([&](Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(
        store::update_chart(connection, caller.principal.organization(), chart, caller.actor.name));
    return note(connection, caller, model::AuditAction::kChartChanged, chart, now);
  }));
  return chart;
}

Result<Done> remove_chart(store::Store& store, const Caller& caller,
                          const store::OrganizationView& view, const base::ChartId& id,
                          InUse in_use, base::Seconds now) {
  ASSIGN_OR_RETURN(const model::Chart* chart, find_chart(caller.principal, view, id));
  const base::OrgId& organization = caller.principal.organization();
  return store.write([&](Connection& connection) -> Result<Done> {
    ASSIGN_OR_RETURN(const std::string users, names_of_users(connection, organization, id));
    if (!users.empty() && in_use == InUse::kRefused) {
      return Error{Code::kContentInUse, "Dashboards still show it: " + users + "."};
    }
    RETURN_IF_ERROR(store::delete_chart(connection, organization, id));
    return note(connection, caller, model::AuditAction::kChartRemoved, *chart, now);
  });
}

std::vector<const model::Dashboard*> dashboards_with(const store::OrganizationView& view,
                                                     const base::ChartId& id) {
  std::vector<const model::Dashboard*> dashboards;
  for (const auto& [key, dashboard] : view.dashboards) {
    if (shows(dashboard.tiles, id)) dashboards.push_back(&dashboard);
  }
  return dashboards;
}

}  // namespace catalog
