#include "catalog/content_file.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "catalog/authorize.h"
#include "catalog/charts.h"
#include "catalog/dashboard_drafts.h"
#include "crypto/random.h"
#include "store/audit.h"
#include "store/content.h"

namespace catalog {
namespace {

namespace json = base::json;
using base::Code;
using base::Done;
using base::Error;
using base::ObjectReader;
using base::Result;
using model::AuditAction;
using store::Connection;

constexpr std::int64_t kFormat = 1;
constexpr std::size_t kMaxItems = 1000;
constexpr std::size_t kMaxKeyBytes = 128;

Error invalid(std::string what, std::string field) {
  return {Code::kInvalidBody, std::move(what), {}, std::move(field)};
}

/// `error` with its place below `path`.
Error below(const std::string& path, Error error) {
  error.field = error.field.empty() ? path : path + "." + error.field;
  return error;
}

const std::string& key_of(const model::Chart& chart) {
  return chart.key.empty() ? chart.id.text() : chart.key;
}
const std::string& key_of(const model::Dashboard& dashboard) {
  return dashboard.key.empty() ? dashboard.id.text() : dashboard.key;
}

// Export

/// Null for a table that is gone.
json::value name_table(const store::OrganizationView& view, std::string_view id) {
  const auto table = view.tables.find(base::TableId(std::string(id)));
  if (table == view.tables.end()) return nullptr;
  const auto database = view.databases.find(table->second.database);
  if (database == view.databases.end()) return nullptr;
  return json::object{{"database", database->second.name}, {"table", table->second.name}};
}

json::value name_chart(const store::OrganizationView& view, std::string_view id) {
  const auto chart = view.charts.find(base::ChartId(std::string(id)));
  return chart == view.charts.end() ? json::value() : json::value(key_of(chart->second));
}

json::object export_chart(const store::OrganizationView& view, const model::Chart& chart) {
  json::value spec = model::render_chart_spec(chart.spec);
  spec.get_object()["table"] = name_table(view, chart.spec.table.text());
  return {{"key", key_of(chart)}, {"name", chart.name}, {"spec", std::move(spec)}};
}

/// Tiles whose chart is gone stay behind.
json::array export_tiles(const store::OrganizationView& view,
                         const std::vector<model::Tile>& tiles) {
  json::array exported;
  json::value rendered = model::render_tiles(tiles);
  for (json::value& tile : rendered.get_array()) {
    json::object& object = tile.get_object();
    if (const json::value* chart = object.if_contains("chart")) {
      json::value key = name_chart(view, chart->get_string());
      if (key.is_null()) continue;
      object["chart"] = std::move(key);
    }
    exported.push_back(std::move(object));
  }
  return exported;
}

json::array export_filters(const store::OrganizationView& view,
                           const std::vector<model::DashboardFilter>& filters) {
  json::array exported;
  json::value rendered = model::render_filters(filters);
  for (json::value& filter : rendered.get_array()) {
    json::object& object = filter.get_object();
    json::value table = name_table(view, object.at("table").get_string());
    if (table.is_null()) continue;
    object["table"] = std::move(table);
    if (json::value* charts = object.if_contains("charts")) {
      for (json::value& chart : charts->get_array()) chart = name_chart(view, chart.get_string());
    }
    exported.push_back(std::move(object));
  }
  return exported;
}

json::object export_dashboard(const store::OrganizationView& view, const DashboardState& state) {
  const model::DashboardContent content = working_content(state);
  json::value rendered = model::render_content(content);
  json::object& object = rendered.get_object();
  object["key"] = key_of(state.shown);
  object["tiles"] = export_tiles(view, content.tiles);
  object["filters"] = export_filters(view, content.filters);
  return std::move(object);
}

Result<std::vector<DashboardState>> read_states(store::Store& store, const ContentAuthor& author,
                                                const std::optional<base::DashboardId>& id) {
  return store.read([&](Connection& connection) -> Result<std::vector<DashboardState>> {
    if (!id) return store::list_dashboard_states(connection, author.organization);
    ASSIGN_OR_RETURN(DashboardState state,
                     store::find_dashboard_state(connection, author.organization, *id));
    return std::vector{std::move(state)};
  });
}

/// Those that the dashboards show; all where every dashboard is wanted.
std::vector<const model::Chart*> charts_to_export(const store::OrganizationView& view,
                                                  const std::vector<DashboardState>& states,
                                                  bool all) {
  std::set<base::ChartId> shown;
  for (const DashboardState& state : states) {
    for (const model::Tile& tile : working_content(state).tiles) shown.insert(tile.chart);
  }
  std::vector<const model::Chart*> charts;
  for (const auto& [id, chart] : view.charts) {
    if (all || shown.contains(id)) charts.push_back(&chart);
  }
  return charts;
}

// Apply

enum class Change : std::uint8_t { kCreated, kUpdated, kUnchanged };
constexpr std::array<std::string_view, 3> kChangeNames = {"created", "updated", "unchanged"};

struct PlannedChart {
  model::Chart chart;
  Change change;
};
struct PlannedDashboard {
  DashboardState state;  ///< What is there; for a new one, what shall be.
  model::DashboardContent content;
  Change change;
};
struct Plan {
  std::vector<PlannedChart> charts;
  std::vector<PlannedDashboard> dashboards;
};

/// Turns a file into what is to be done, against one moment of the organization.
class Planner {
 public:
  Planner(const store::OrganizationView& view, std::vector<DashboardState> states)
      : view_(view), states_(std::move(states)) {
    for (const auto& [id, chart] : view.charts) charts_by_key_.insert_or_assign(key_of(chart), id);
  }

  [[nodiscard]] Result<Plan> plan(const json::value& file);

 private:
  [[nodiscard]] Result<Done> plan_chart(const json::value& entry, const std::string& path);
  [[nodiscard]] Result<Done> plan_dashboard(const json::value& entry, const std::string& path);
  [[nodiscard]] Result<json::value> resolve_table(const json::value* named,
                                                  const std::string& path) const;
  [[nodiscard]] Result<json::value> resolve_chart(const json::value& key,
                                                  const std::string& path) const;
  [[nodiscard]] Result<json::array> resolve_tiles(const json::value* tiles,
                                                  const std::string& path) const;
  [[nodiscard]] Result<json::object> resolve_filter(const json::value& filter,
                                                    const std::string& path) const;
  [[nodiscard]] Result<json::array> resolve_filters(const json::value* filters,
                                                    const std::string& path) const;
  [[nodiscard]] Result<std::string> take_key(ObjectReader& reader, std::string_view kind);

  store::OrganizationView view_;  ///< With the charts of the file.
  std::vector<DashboardState> states_;
  std::map<std::string, base::ChartId, std::less<>> charts_by_key_;
  std::set<std::string> keys_seen_;
  Plan plan_;
};

/// Empty and kept as a problem in `reader` where it is none, or there twice.
Result<std::string> Planner::take_key(ObjectReader& reader, std::string_view kind) {
  std::string key = reader.required_string("key", kMaxKeyBytes);
  if (!keys_seen_.insert(fmt::format("{} {}", kind, key)).second) {
    return invalid("Is there twice.", reader.path_of("key"));
  }
  return key;
}

Result<json::value> Planner::resolve_table(const json::value* named,
                                           const std::string& path) const {
  const json::value nothing;
  ObjectReader reader(named == nullptr ? nothing : *named, path);
  const std::string database = reader.required_string("database");
  const std::string name = reader.required_string("table");
  RETURN_IF_ERROR(reader.finish());
  std::vector<const model::Table*> found;
  for (const auto& [id, table] : view_.tables) {
    const auto owner = view_.databases.find(table.database);
    const bool same_database = owner != view_.databases.end() && owner->second.name == database;
    if (same_database && table.name == name) found.push_back(&table);
  }
  if (found.size() == 1) return json::value(found.front()->id.text());
  return invalid(fmt::format("There {} “{}” in a database “{}” here.",
                             found.empty() ? "is no table" : "are several tables", name, database),
                 path);
}

Result<json::value> Planner::resolve_chart(const json::value& key, const std::string& path) const {
  const json::string* text = key.if_string();
  const auto found = text == nullptr ? charts_by_key_.end() : charts_by_key_.find(*text);
  if (found == charts_by_key_.end()) return invalid("Is not the key of a chart.", path);
  return json::value(found->second.text());
}

Result<Done> Planner::plan_chart(const json::value& entry, const std::string& path) {
  ObjectReader reader(entry, path);
  ASSIGN_OR_RETURN(std::string key, take_key(reader, "chart"));
  std::string name = reader.required_string("name", model::kMaxNameBytes);
  const json::value* given = reader.required_object("spec");
  RETURN_IF_ERROR(reader.finish());
  json::object spec = given->get_object();
  ASSIGN_OR_RETURN(spec["table"], resolve_table(spec.if_contains("table"), path + ".spec.table"));
  auto parsed = parse_spec(spec);
  if (!parsed) return below(path, parsed.error());
  const auto checked = check_spec(*parsed, view_);
  if (!checked) return below(path, checked.error());

  const auto known = charts_by_key_.find(key);
  if (known == charts_by_key_.end()) {
    model::Chart chart{crypto::new_id<base::ChartId>(), std::move(name), std::move(*parsed), 1,
                       key};
    charts_by_key_.emplace(std::move(key), chart.id);
    view_.charts.emplace(chart.id, chart);
    plan_.charts.push_back({std::move(chart), Change::kCreated});
    return Done{};
  }
  model::Chart& present = view_.charts.at(known->second);
  const bool same = present.name == name &&
                    model::render_chart_spec(present.spec) == model::render_chart_spec(*parsed);
  if (!same) {
    present.name = std::move(name);
    present.spec = std::move(*parsed);
    present.version += 1;
    const auto decided = check_decided(present, view_);
    if (!decided) return below(path, decided.error());
  }
  plan_.charts.push_back({present, same ? Change::kUnchanged : Change::kUpdated});
  return Done{};
}

Result<json::array> Planner::resolve_tiles(const json::value* tiles,
                                           const std::string& path) const {
  json::array resolved;
  if (tiles == nullptr) return resolved;
  for (const json::value& tile : tiles->get_array()) {
    if (!tile.is_object()) return invalid("Must be an object.", path);
    json::object object = tile.get_object();
    if (const json::value* chart = object.if_contains("chart")) {
      ASSIGN_OR_RETURN(object["chart"], resolve_chart(*chart, path + ".chart"));
    }
    resolved.push_back(std::move(object));
  }
  return resolved;
}

Result<json::object> Planner::resolve_filter(const json::value& filter,
                                             const std::string& path) const {
  if (!filter.is_object()) return invalid("Must be an object.", path);
  json::object object = filter.get_object();
  ASSIGN_OR_RETURN(object["table"], resolve_table(object.if_contains("table"), path + ".table"));
  json::value* charts = object.if_contains("charts");
  if (charts == nullptr) return object;
  if (!charts->is_array()) return invalid("Must be a list.", path + ".charts");
  for (json::value& chart : charts->get_array()) {
    ASSIGN_OR_RETURN(chart, resolve_chart(chart, path + ".charts"));
  }
  return object;
}

Result<json::array> Planner::resolve_filters(const json::value* filters,
                                             const std::string& path) const {
  json::array resolved;
  if (filters == nullptr) return resolved;
  for (const json::value& filter : filters->get_array()) {
    ASSIGN_OR_RETURN(json::object object, resolve_filter(filter, path));
    resolved.push_back(std::move(object));
  }
  return resolved;
}

Result<Done> Planner::plan_dashboard(const json::value& entry, const std::string& path) {
  ObjectReader reader(entry, path);
  ASSIGN_OR_RETURN(std::string key, take_key(reader, "dashboard"));
  const json::value* tiles = reader.optional_array("tiles");
  const json::value* filters = reader.optional_array("filters");
  if (reader.failed()) return reader.finish();  // parse_content reads the other members
  json::object wanted = entry.get_object();
  wanted.erase("key");
  ASSIGN_OR_RETURN(wanted["tiles"], resolve_tiles(tiles, path + ".tiles"));
  ASSIGN_OR_RETURN(wanted["filters"], resolve_filters(filters, path + ".filters"));
  auto content = model::parse_content(wanted);
  if (!content) return below(path, content.error());
  const auto checked = check_content(*content, view_);
  if (!checked) return below(path, checked.error());

  const auto known = std::ranges::find_if(
      states_, [&](const DashboardState& state) { return key_of(state.shown) == key; });
  if (known == states_.end()) {
    model::Dashboard dashboard{crypto::new_id<base::DashboardId>(), "", "", {}, {}};
    model::put_content(dashboard, *content);
    dashboard.key = std::move(key);
    plan_.dashboards.push_back(
        {{std::move(dashboard), {}, 1, ""}, std::move(*content), Change::kCreated});
    return Done{};
  }
  const bool same =
      model::render_content(working_content(*known)) == model::render_content(*content);
  plan_.dashboards.push_back(
      {*known, std::move(*content), same ? Change::kUnchanged : Change::kUpdated});
  return Done{};
}

Result<Plan> Planner::plan(const json::value& file) {
  ObjectReader reader(file, "");
  const auto format = reader.optional_integer("aracariContent");
  if (format != kFormat) reader.refuse("aracariContent", "Must be 1: this reads no other files.");
  const json::value* charts = reader.optional_array("charts");
  const json::value* dashboards = reader.optional_array("dashboards");
  RETURN_IF_ERROR(reader.finish());
  const auto each = [](const json::value* list, std::string_view name,
                       const auto& plan_one) -> Result<Done> {
    if (list == nullptr) return Done{};
    const json::array& entries = list->get_array();
    if (entries.size() > kMaxItems) return invalid("Has too many entries.", std::string(name));
    for (std::size_t i = 0; i < entries.size(); ++i) {
      RETURN_IF_ERROR(plan_one(entries[i], fmt::format("{}[{}]", name, i)));
    }
    return Done{};
  };
  RETURN_IF_ERROR(each(charts, "charts", [this](const json::value& entry, const std::string& path) {
    return plan_chart(entry, path);
  }));
  RETURN_IF_ERROR(
      each(dashboards, "dashboards", [this](const json::value& entry, const std::string& path) {
        return plan_dashboard(entry, path);
      }));
  return std::move(plan_);
}

Result<Done> carry_out(Connection& connection, const ContentAuthor& author,
                       const PlannedChart& planned, base::Seconds now) {
  if (planned.change == Change::kUnchanged) return Done{};
  const bool is_new = planned.change == Change::kCreated;
  RETURN_IF_ERROR(is_new ? store::insert_chart(connection, author.organization, planned.chart)
                         : store::update_chart(connection, author.organization, planned.chart,
                                               author.actor.name));
  return store::insert_audit_event(
      connection, author.organization,
      {now,
       is_new ? AuditAction::kChartCreated : AuditAction::kChartChanged,
       author.actor,
       {"chart", planned.chart.id.text(), planned.chart.name}});
}

Result<Done> carry_out(Connection& connection, const ContentAuthor& author,
                       const PlannedDashboard& planned, base::Seconds now) {
  const model::Dashboard& dashboard = planned.state.shown;
  if (planned.change == Change::kUpdated) {
    RETURN_IF_ERROR(put_draft(connection, author, AuditAction::kDashboardChanged, planned.state,
                              planned.content, now));
  }
  if (planned.change != Change::kCreated) return Done{};
  RETURN_IF_ERROR(store::insert_dashboard(connection, author.organization, dashboard));
  return store::insert_audit_event(connection, author.organization,
                                   {now,
                                    AuditAction::kDashboardCreated,
                                    author.actor,
                                    {"dashboard", dashboard.id.text(), dashboard.name}});
}

std::vector<AppliedChange> tell(const Plan& plan) {
  std::vector<AppliedChange> changes;
  const auto name_of = [](Change change) {
    return kChangeNames.at(static_cast<std::size_t>(change));
  };
  for (const PlannedChart& planned : plan.charts) {
    changes.push_back({"chart", planned.chart.name, name_of(planned.change)});
  }
  for (const PlannedDashboard& planned : plan.dashboards) {
    changes.push_back({"dashboard", planned.content.name, name_of(planned.change)});
  }
  return changes;
}

}  // namespace

Result<ContentAuthor> author_of(const Caller& caller) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kEditContent));
  return ContentAuthor{caller.principal.organization(), caller.actor};
}

ContentAuthor author_at_command_line(const base::OrgId& organization) {
  return {organization, {model::ActorKind::kCommandLine, "", "Command line", ""}};
}

Result<json::object> export_content(store::Store& store, const ContentAuthor& author,
                                    const store::OrganizationView& view,
                                    const std::optional<base::DashboardId>& dashboard) {
  ASSIGN_OR_RETURN(const auto states, read_states(store, author, dashboard));
  json::array charts;
  for (const model::Chart* chart : charts_to_export(view, states, !dashboard)) {
    charts.push_back(export_chart(view, *chart));
  }
  json::array dashboards;
  for (const DashboardState& state : states) dashboards.push_back(export_dashboard(view, state));
  return json::object{{"aracariContent", kFormat},
                      {"charts", std::move(charts)},
                      {"dashboards", std::move(dashboards)}};
}

Result<std::vector<AppliedChange>> apply_content(store::Store& store, const ContentAuthor& author,
                                                 const store::OrganizationView& view,
                                                 const json::value& file, Rehearsal rehearsal,
                                                 base::Seconds now) {
  ASSIGN_OR_RETURN(auto states, read_states(store, author, std::nullopt));
  ASSIGN_OR_RETURN(const Plan plan, Planner(view, std::move(states)).plan(file));
  if (rehearsal == Rehearsal::kYes) return tell(plan);
  RETURN_IF_ERROR(store.write([&](Connection& connection) -> Result<Done> {
    for (const PlannedChart& planned : plan.charts) {
      RETURN_IF_ERROR(carry_out(connection, author, planned, now));
    }
    for (const PlannedDashboard& planned : plan.dashboards) {
      RETURN_IF_ERROR(carry_out(connection, author, planned, now));
    }
    return Done{};
  }));
  return tell(plan);
}

}  // namespace catalog
