#include "model/permission.h"

#include <algorithm>

namespace model {
namespace {

namespace json = base::json;
using base::ObjectReader;

constexpr std::size_t kMaxListed = 256;

std::string_view access_word(Access access) {
  return access == Access::kEdit ? "can_edit" : "can_view";
}

Access read_access(ObjectReader& reader, std::string_view name) {
  const auto words = reader.optional_strings(name, ObjectReader::Single::kAllowed);
  if (!words) return Access::kNone;
  Access access = Access::kNone;
  for (const std::string& word : *words) {
    if (word != "can_view" && word != "can_edit") {
      reader.refuse(name, "Must be can_view or can_edit.");
    } else {
      access = std::max(access, word == "can_edit" ? Access::kEdit : Access::kView);
    }
  }
  return access;
}

template <typename Id>
std::set<Id> to_ids(const std::vector<std::string>& texts) {
  std::set<Id> ids;
  for (const std::string& text : texts) ids.insert(Id(text));
  return ids;
}

}  // namespace

Permissions view_permissions() {
  Permissions permissions;
  permissions.dashboard = Access::kView;
  permissions.chart = Access::kView;
  return permissions;
}

json::object render_permissions(const Permissions& permissions, json::storage_ptr storage) {
  json::object object(std::move(storage));
  const auto add = [&](std::string_view name, Access access) {
    if (access != Access::kNone) object[name].emplace_array().emplace_back(access_word(access));
  };
  add("dashboard", permissions.dashboard);
  add("chart", permissions.chart);
  add("database", permissions.database);
  if (permissions.ai_query) object["ai"].emplace_array().emplace_back("can_query");
  return object;
}

json::object render_resources(const Resources& resources, json::storage_ptr storage) {
  json::object object(std::move(storage));
  const auto add = [&](std::string_view name, const auto& ids) {
    json::array& array = object[name].emplace_array();
    for (const auto& id : ids) array.emplace_back(id.text());
  };
  if (resources.dashboards_narrowed) add("dashboards", resources.dashboards);
  if (resources.charts_narrowed) add("charts", resources.charts);
  return object;
}

Permissions read_permissions(const json::value& value, std::string path, ObjectReader& parent) {
  ObjectReader reader(value, std::move(path));
  Permissions permissions;
  permissions.dashboard = read_access(reader, "dashboard");
  permissions.chart = read_access(reader, "chart");
  permissions.database = read_access(reader, "database");
  const auto ai = reader.optional_strings("ai", ObjectReader::Single::kAllowed);
  if (ai && std::ranges::any_of(*ai, [](const auto& word) { return word != "can_query"; })) {
    reader.refuse("ai", "Must be can_query.");
  }
  permissions.ai_query = ai && !ai->empty();
  parent.adopt(reader);
  return permissions;
}

Resources read_resources(const json::value& value, std::string path, ObjectReader& parent) {
  ObjectReader reader(value, std::move(path));
  const auto dashboards =
      reader.optional_strings("dashboards", ObjectReader::Single::kRefused, kMaxListed);
  const auto charts = reader.optional_strings("charts", ObjectReader::Single::kRefused, kMaxListed);
  Resources resources;
  resources.dashboards_narrowed = dashboards.has_value();
  resources.charts_narrowed = charts.has_value();
  if (dashboards) resources.dashboards = to_ids<base::DashboardId>(*dashboards);
  if (charts) resources.charts = to_ids<base::ChartId>(*charts);
  parent.adopt(reader);
  return resources;
}

}  // namespace model
