#include "model/permission.h"

#include <algorithm>

namespace model {
namespace {

namespace json = base::json;
using base::ObjectReader;

constexpr std::size_t kMaxListed = 256;
constexpr std::string_view kCanExport = "can_export";

std::string_view access_word(Access access) {
  return access == Access::kEdit ? "can_edit" : "can_view";
}

/// `can_export` is null for a kind that has no such word.
Access read_access(ObjectReader& reader, std::string_view name, bool* can_export = nullptr) {
  const auto words = reader.optional_strings(name, ObjectReader::Single::kAllowed);
  if (!words) return Access::kNone;
  Access access = Access::kNone;
  for (const std::string& word : *words) {
    if (can_export != nullptr && word == kCanExport) {
      *can_export = true;
    } else if (word == "can_view" || word == "can_edit") {
      access = std::max(access, word == "can_edit" ? Access::kEdit : Access::kView);
    } else {
      reader.refuse(name, can_export == nullptr ? "Must be can_view or can_edit."
                                                : "Must be can_view, can_edit or can_export.");
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
  const auto add = [&](std::string_view name, std::string_view word) {
    json::value& words = object[name];
    (words.is_array() ? words.get_array() : words.emplace_array()).emplace_back(word);
  };
  const auto add_access = [&](std::string_view name, Access access) {
    if (access != Access::kNone) add(name, access_word(access));
  };
  add_access("dashboard", permissions.dashboard);
  add_access("chart", permissions.chart);
  if (permissions.chart_export) add("chart", kCanExport);
  add_access("database", permissions.database);
  if (permissions.ai_query) add("ai", "can_query");
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
  permissions.chart = read_access(reader, "chart", &permissions.chart_export);
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
