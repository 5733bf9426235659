// Account settings → API Keys.

#include "auth/api_key_format.h"
#include "catalog/api_keys.h"
#include "http/credentials.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Result;

json::value render_time(const std::optional<base::Seconds>& time) {
  return time ? json::value(base::render_time(*time)) : json::value();
}

json::object render_api_key(const model::ApiKey& key) {
  json::array scopes;
  for (const model::Scope scope : key.scopes) scopes.emplace_back(model::enum_name(model::kScopeNames, scope));
  return {{"id", key.id.text()},
          {"name", key.name},
          {"environment", model::environment_name(key.environment)},
          {"scopes", std::move(scopes)},
          {"prefix", auth::api_key_prefix(key.environment)},
          {"lastFour", key.last_four},
          {"parentId", key.parent ? json::value(key.parent->text()) : json::value()},
          {"rolledTo", key.rolled_to ? json::value(key.rolled_to->text()) : json::value()},
          {"tokenForm", model::enum_name(model::kTokenFormNames, key.token_form)},
          {"requestsPerMinute", key.requests_per_minute},
          {"limits", model::render_key_limits(key.limits)},
          {"createdAt", base::render_time(key.created_at)},
          {"lastUsedAt", render_time(key.last_used_at)},
          {"expiresAt", render_time(key.expires_at)},
          {"revokedAt", render_time(key.revoked_at)}};
}

Result<std::set<model::Scope>> parse_scopes(const std::optional<std::vector<std::string>>& names) {
  if (!names) return std::set{model::Scope::kMint, model::Scope::kIntrospect};
  std::set<model::Scope> scopes;
  for (const std::string& name : *names) {
    const auto scope = model::parse_enum<model::Scope>(model::kScopeNames, name);
    if (!scope) return base::Error{base::Code::kInvalidBody, "Is not a scope.", {}, "scopes"};
    scopes.insert(*scope);
  }
  return scopes;
}

Result<catalog::NewApiKey> read_new_api_key(const json::value& body) {
  base::ObjectReader reader(body, "");
  std::string name = reader.required_string("name");
  const auto environment = model::parse_environment(reader.required_string("environment"));
  const auto scopes = reader.optional_strings("scopes", base::ObjectReader::Single::kRefused);
  const auto form_name = reader.optional_string("tokenForm");
  const auto per_minute = reader.optional_integer("requestsPerMinute");
  const json::value* limits_json = reader.optional_object("limits");
  const auto expires_text = reader.optional_string("expiresAt");
  const auto expires_at = expires_text ? base::parse_time(*expires_text) : std::nullopt;
  if (!environment) reader.refuse("environment", "Must be sandbox or production.");
  const auto form =
      form_name ? model::parse_enum<model::TokenForm>(model::kTokenFormNames, *form_name)
                : model::TokenForm::kSigned;
  if (!form) reader.refuse("tokenForm", "Must be signed or encrypted.");
  model::KeyLimits limits = model::default_key_limits();
  if (limits_json != nullptr) {
    limits = model::read_key_limits(*limits_json, "limits", std::move(limits), reader);
  }
  if (expires_text && !expires_at)
    reader.refuse("expiresAt", "Must look like 2026-01-01T00:00:00Z.");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(auto parsed_scopes, parse_scopes(scopes));
  return catalog::NewApiKey{
      std::move(name),
      *environment,
      std::move(parsed_scopes),
      std::move(limits),
      *form,
      per_minute.value_or(catalog::default_requests_per_minute(*environment)),
      expires_at};
}

Result<json::value> create(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  ASSIGN_OR_RETURN(const catalog::NewApiKey wanted, read_new_api_key(body));
  ASSIGN_OR_RETURN(
      const catalog::CreatedApiKey created,
      catalog::create_api_key(services.store, principal, wanted, services.clock.now()));
  return json::value{{"apiKey", render_api_key(created.key)},
                     {"secret", created.secret.reveal_secret()}};
}

Result<json::value> list(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const auto keys, catalog::list_api_keys(services.store, principal));
  json::array array;
  for (const model::ApiKey& key : keys) array.push_back(render_api_key(key));
  return json::value{{"apiKeys", std::move(array)}};
}

Result<json::value> revoke(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  RETURN_IF_ERROR(base::ObjectReader(body, "").finish());
  const base::ApiKeyId id(request.parameters.at("id"));
  ASSIGN_OR_RETURN(const model::ApiKey key,
                   catalog::revoke_api_key(services.store, principal, id, services.clock.now()));
  return json::value{{"apiKey", render_api_key(key)}};
}

}  // namespace

Response get_api_keys(Services& services, const Request& request) {
  return respond(list(services, request), request);
}

Response post_api_keys(Services& services, const Request& request) {
  return respond(create(services, request), request, 201);
}

Response post_api_key_revoke(Services& services, const Request& request) {
  return respond(revoke(services, request), request);
}

}  // namespace http
