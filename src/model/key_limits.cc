#include "model/key_limits.h"

#include <algorithm>

namespace model {
namespace {

namespace json = base::json;
using base::Code;
using base::Done;
using base::Error;
using base::ObjectReader;
using base::Result;

constexpr std::size_t kMaxOrigins = 32;
constexpr std::size_t kMaxAttributes = 32;

Error beyond(std::string field) {
  return {Code::kKeyLimit, "Is more than the API key may give.", {}, std::move(field)};
}

/// Whether the ids of one kind stay within the other's.
template <typename Id>
bool is_within(bool narrow_narrowed, const std::set<Id>& narrow, bool wide_narrowed,
               const std::set<Id>& wide) {
  return !wide_narrowed || (narrow_narrowed && std::ranges::includes(wide, narrow));
}

std::set<Role> to_roles(ObjectReader& reader, const std::vector<std::string>& names) {
  std::set<Role> roles;
  for (const std::string& name : names) {
    const auto role = parse_role(name);
    if (!role || *role == Role::kAdmin) {
      reader.refuse("roles", "Must be explorer or maker.");
    } else {
      roles.insert(*role);
    }
  }
  return roles;
}

std::optional<std::chrono::seconds> to_lifetime_max(ObjectReader& reader,
                                                    const json::value& given) {
  if (given.is_null()) return std::nullopt;
  const std::int64_t* seconds = given.if_int64();
  if (seconds != nullptr && *seconds > 0) return std::chrono::seconds(*seconds);
  reader.refuse("lifetimeMaxSeconds", "Must be a number of seconds above zero.");
  return std::nullopt;
}

}  // namespace

KeyLimits default_key_limits() {
  return {view_permissions(), {}, {}, {Role::kExplorer}, std::nullopt, {}};
}

json::object render_key_limits(const KeyLimits& limits) {
  json::array origins;
  for (const std::string& origin : limits.origins) origins.emplace_back(origin);
  json::array roles;
  for (const Role role : limits.roles) roles.emplace_back(role_name(role));
  return {{"permissions", render_permissions(limits.permissions, {})},
          {"resources", render_resources(limits.resources, {})},
          {"origins", std::move(origins)},
          {"roles", std::move(roles)},
          {"lifetimeMaxSeconds",
           limits.lifetime_max ? json::value(limits.lifetime_max->count()) : json::value()},
          {"attributes", limits.attributes}};
}

KeyLimits read_key_limits(const json::value& value, std::string path, KeyLimits left_out,
                          ObjectReader& parent) {
  ObjectReader reader(value, std::move(path));
  KeyLimits limits = std::move(left_out);
  const json::value* permissions = reader.optional_object("permissions");
  const json::value* resources = reader.optional_object("resources");
  auto origins = reader.optional_strings("origins", ObjectReader::Single::kRefused, kMaxOrigins);
  const auto roles = reader.optional_strings("roles", ObjectReader::Single::kRefused);
  const json::value* lifetime_max = reader.optional_any("lifetimeMaxSeconds");
  const json::value* attributes = reader.optional_object("attributes");
  if (permissions != nullptr) {
    limits.permissions = read_permissions(*permissions, reader.path_of("permissions"), reader);
  }
  if (resources != nullptr) {
    limits.resources = read_resources(*resources, reader.path_of("resources"), reader);
  }
  if (origins) limits.origins = *std::move(origins);
  if (roles) limits.roles = to_roles(reader, *roles);
  if (lifetime_max != nullptr) limits.lifetime_max = to_lifetime_max(reader, *lifetime_max);
  if (attributes != nullptr) {
    limits.attributes = attributes->get_object();
    if (limits.attributes.size() > kMaxAttributes) reader.refuse("attributes", "Are too many.");
  }
  parent.adopt(reader);
  return limits;
}

Result<Done> check_within(const Permissions& narrow, const Permissions& wide) {
  if (narrow.dashboard > wide.dashboard) return beyond("permissions.dashboard");
  if (narrow.chart > wide.chart || (narrow.chart_export && !wide.chart_export)) {
    return beyond("permissions.chart");
  }
  if (narrow.database > wide.database) return beyond("permissions.database");
  if (narrow.ai_query && !wide.ai_query) return beyond("permissions.ai");
  return Done{};
}

Result<Done> check_within(const Resources& narrow, const Resources& wide) {
  if (!is_within(narrow.dashboards_narrowed, narrow.dashboards, wide.dashboards_narrowed,
                 wide.dashboards)) {
    return beyond("resources.dashboards");
  }
  if (!is_within(narrow.charts_narrowed, narrow.charts, wide.charts_narrowed, wide.charts)) {
    return beyond("resources.charts");
  }
  return Done{};
}

Result<Done> check_within(const KeyLimits& narrow, const KeyLimits& wide) {
  RETURN_IF_ERROR(check_within(narrow.permissions, wide.permissions));
  RETURN_IF_ERROR(check_within(narrow.resources, wide.resources));
  const bool origins_within =
      wide.origins.empty() ||
      (!narrow.origins.empty() && std::ranges::all_of(narrow.origins, [&](const auto& origin) {
        return std::ranges::find(wide.origins, origin) != wide.origins.end();
      }));
  if (!origins_within) return beyond("origins");
  if (!std::ranges::includes(wide.roles, narrow.roles)) return beyond("roles");
  if (wide.lifetime_max && (!narrow.lifetime_max || *narrow.lifetime_max > *wide.lifetime_max)) {
    return beyond("lifetimeMaxSeconds");
  }
  for (const auto& member : wide.attributes) {
    const json::value* fixed = narrow.attributes.if_contains(member.key());
    if (fixed == nullptr || *fixed != member.value()) {
      return beyond("attributes." + std::string(member.key()));
    }
  }
  return Done{};
}

}  // namespace model
