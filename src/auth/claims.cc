#include "auth/claims.h"

#include <algorithm>

namespace auth {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::ObjectReader;
using base::Result;
using model::Access;

constexpr std::size_t kMaxListed = 256;
constexpr std::size_t kMaxAttributeValues = 1000;

std::string_view access_word(Access access) {
  return access == Access::kEdit ? "can_edit" : "can_view";
}

json::object render_permissions(const model::Permissions& permissions, json::storage_ptr storage) {
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

json::object render_resources(const model::Resources& resources, json::storage_ptr storage) {
  json::object object(std::move(storage));
  const auto add = [&](std::string_view name, const auto& ids) {
    json::array& array = object[name].emplace_array();
    for (const auto& id : ids) array.emplace_back(id.text());
  };
  if (resources.dashboards_narrowed) add("dashboards", resources.dashboards);
  if (resources.charts_narrowed) add("charts", resources.charts);
  return object;
}

std::int64_t seconds_of(base::Seconds time) { return time.time_since_epoch().count(); }

base::Seconds read_time(ObjectReader& reader, std::string_view name) {
  constexpr std::int64_t kYear10000 = 253'402'300'800;
  const auto seconds = reader.optional_integer(name);
  if (!seconds || *seconds < 0 || *seconds >= kYear10000) {
    reader.refuse(name, "Must be a time in whole seconds.");
    return {};
  }
  return base::Seconds(std::chrono::seconds(*seconds));
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

void adopt_problem(ObjectReader& parent, ObjectReader& child) {
  if (auto finished = child.finish(); !finished) {
    parent.refuse_at(finished.error().field, finished.error().what);
  }
}

}  // namespace

json::value render_claims(const Claims& claims, const json::storage_ptr& storage) {
  json::array origins(storage);
  for (const std::string& origin : claims.origins) origins.emplace_back(origin);
  return json::object({{"iss", claims.issuer},
                       {"aud", claims.audience},
                       {"sub", claims.distinct_id},
                       {"org", claims.organization.text()},
                       {"env", model::environment_name(claims.environment)},
                       {"akid", claims.api_key.text()},
                       {"jti", claims.token_id},
                       {"iat", seconds_of(claims.issued_at)},
                       {"nbf", seconds_of(claims.not_before)},
                       {"exp", seconds_of(claims.expires_at)},
                       {"role", model::role_name(claims.role)},
                       {"attributes", claims.attributes},
                       {"permissions", render_permissions(claims.permissions, storage)},
                       {"resources", render_resources(claims.resources, storage)},
                       {"origins", std::move(origins)}},
                      storage);
}

model::Permissions read_permissions(const json::value& value, std::string path,
                                    ObjectReader& parent) {
  ObjectReader reader(value, std::move(path));
  model::Permissions permissions;
  permissions.dashboard = read_access(reader, "dashboard");
  permissions.chart = read_access(reader, "chart");
  permissions.database = read_access(reader, "database");
  const auto ai = reader.optional_strings("ai", ObjectReader::Single::kAllowed);
  if (ai && std::ranges::any_of(*ai, [](const auto& word) { return word != "can_query"; })) {
    reader.refuse("ai", "Must be can_query.");
  }
  permissions.ai_query = ai && !ai->empty();
  adopt_problem(parent, reader);
  return permissions;
}

model::Resources read_resources(const json::value& value, std::string path, ObjectReader& parent) {
  ObjectReader reader(value, std::move(path));
  const auto dashboards =
      reader.optional_strings("dashboards", ObjectReader::Single::kRefused, kMaxListed);
  const auto charts = reader.optional_strings("charts", ObjectReader::Single::kRefused, kMaxListed);
  model::Resources resources;
  resources.dashboards_narrowed = dashboards.has_value();
  resources.charts_narrowed = charts.has_value();
  if (dashboards) resources.dashboards = to_ids<base::DashboardId>(*dashboards);
  if (charts) resources.charts = to_ids<base::ChartId>(*charts);
  adopt_problem(parent, reader);
  return resources;
}

Result<Claims> parse_claims(const json::value& value) {
  static const json::value kEmpty = json::object();
  ObjectReader reader(value, "");
  std::string issuer = reader.required_string("iss");
  std::string audience = reader.required_string("aud");
  std::string distinct_id = reader.required_string("sub");
  base::OrgId organization(reader.required_string("org"));
  const auto environment = model::parse_environment(reader.required_string("env"));
  base::ApiKeyId api_key(reader.required_string("akid"));
  std::string token_id = reader.required_string("jti");
  const base::Seconds issued_at = read_time(reader, "iat");
  const base::Seconds not_before = read_time(reader, "nbf");
  const base::Seconds expires_at = read_time(reader, "exp");
  const auto role = model::parse_role(reader.required_string("role"));
  const json::value* attributes = reader.required_object("attributes");
  const json::value* permissions = reader.required_object("permissions");
  const json::value* resources = reader.required_object("resources");
  auto origins = reader.optional_strings("origins", ObjectReader::Single::kRefused);
  if (!environment) reader.refuse("env", "Is not an environment.");
  if (!role) reader.refuse("role", "Is not a role.");
  if (!origins) reader.refuse("origins", "Is required.");
  auto parsed_permissions =
      read_permissions(permissions == nullptr ? kEmpty : *permissions, "permissions", reader);
  auto parsed_resources =
      read_resources(resources == nullptr ? kEmpty : *resources, "resources", reader);
  if (auto finished = reader.finish(); !finished) {
    return Error{Code::kTokenMalformed, "A claim of the token is missing or malformed.",
                 finished.error().field + ": " + finished.error().what};
  }
  return Claims{std::move(issuer),
                std::move(audience),
                std::move(distinct_id),
                std::move(organization),
                *environment,
                std::move(api_key),
                std::move(token_id),
                issued_at,
                not_before,
                expires_at,
                *role,
                attributes->get_object(),
                parsed_permissions,
                std::move(parsed_resources),
                *std::move(origins)};
}

std::optional<model::AttributeValue> parse_attribute_value(const json::value& value,
                                                           const model::TokenAttribute& attribute) {
  model::AttributeValue parsed{attribute.type, attribute.list, {}};
  if (!attribute.list) {
    auto scalar = model::parse_value(value, attribute.type);
    if (!scalar) return std::nullopt;
    parsed.values.push_back(std::move(*scalar));
    return parsed;
  }
  const json::array* items = value.if_array();
  if (items == nullptr || items->size() > kMaxAttributeValues) return std::nullopt;
  for (const json::value& item : *items) {
    auto scalar = model::parse_value(item, attribute.type);
    if (!scalar) return std::nullopt;
    parsed.values.push_back(std::move(*scalar));
  }
  return parsed;
}

}  // namespace auth
