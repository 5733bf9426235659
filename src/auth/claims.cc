#include "auth/claims.h"

#include <algorithm>

namespace auth {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::ObjectReader;
using base::Result;

constexpr std::size_t kMaxAttributeValues = 1000;

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
                       {"permissions", model::render_permissions(claims.permissions, storage)},
                       {"resources", model::render_resources(claims.resources, storage)},
                       {"origins", std::move(origins)}},
                      storage);
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
  auto parsed_permissions = model::read_permissions(permissions == nullptr ? kEmpty : *permissions,
                                                    "permissions", reader);
  auto parsed_resources =
      model::read_resources(resources == nullptr ? kEmpty : *resources, "resources", reader);
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
