// Settings → Embed: Authorized Origins and Token Attributes.

#include "catalog/embed_settings.h"
#include "http/credentials.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Done;
using base::Result;

json::object render_origin(const model::AuthorizedOrigin& origin) {
  return {{"id", origin.id.text()},
          {"origin", origin.origin},
          {"environment", model::environment_name(origin.environment)},
          {"createdAt", base::render_time(origin.created_at)}};
}

json::object render_attribute(const model::TokenAttribute& attribute) {
  return {{"id", attribute.id.text()},
          {"name", attribute.name},
          {"type", model::type_name(attribute.type)},
          {"list", attribute.list},
          {"required", attribute.required}};
}

Result<json::value> list_origins(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const auto origins, catalog::list_authorized_origins(services.store, principal));
  json::array array;
  for (const auto& origin : origins) array.push_back(render_origin(origin));
  return json::value{{"authorizedOrigins", std::move(array)}};
}

Result<json::value> add_origin(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const std::string origin = reader.required_string("origin");
  const auto environment = model::parse_environment(reader.required_string("environment"));
  if (!environment) reader.refuse("environment", "Must be sandbox or production.");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(const auto added,
                   catalog::add_authorized_origin(services.store, caller, origin, *environment,
                                                  services.clock.now()));
  return json::value{{"authorizedOrigin", render_origin(added)}};
}

Result<Done> remove_origin(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  return catalog::remove_authorized_origin(
      services.store, caller, base::OriginId(request.parameters.at("id")), services.clock.now());
}

Result<json::value> list_attributes(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const auto attributes,
                   catalog::list_token_attributes(services.store, principal));
  json::array array;
  for (const auto& attribute : attributes) array.push_back(render_attribute(attribute));
  return json::value{{"tokenAttributes", std::move(array)}};
}

Result<json::value> add_attribute(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  std::string name = reader.required_string("name");
  const auto type = model::parse_type(reader.required_string("type"));
  const bool list = reader.optional_bool("list").value_or(false);
  const bool required = reader.optional_bool("required").value_or(false);
  if (!type) reader.refuse("type", "Is not a type.");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(
      const auto added,
      catalog::add_token_attribute(services.store, caller, {std::move(name), *type, list, required},
                                   services.clock.now()));
  return json::value{{"tokenAttribute", render_attribute(added)}};
}

Result<Done> remove_attribute(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  return catalog::remove_token_attribute(
      services.store, caller, base::AttributeId(request.parameters.at("id")), services.clock.now());
}

}  // namespace

Response get_authorized_origins(Services& services, const Request& request) {
  return respond(list_origins(services, request), request);
}

Response post_authorized_origins(Services& services, const Request& request) {
  return respond(add_origin(services, request), request, 201);
}

Response delete_authorized_origin(Services& services, const Request& request) {
  return respond(remove_origin(services, request), request);
}

Response get_token_attributes(Services& services, const Request& request) {
  return respond(list_attributes(services, request), request);
}

Response post_token_attributes(Services& services, const Request& request) {
  return respond(add_attribute(services, request), request, 201);
}

Response delete_token_attribute(Services& services, const Request& request) {
  return respond(remove_attribute(services, request), request);
}

}  // namespace http
