// Account settings → API Keys, and the child keys of a backend's key.

#include "auth/api_key_format.h"
#include "catalog/api_keys.h"
#include "http/credentials.h"
#include "http/handlers.h"
#include "http/key_caller.h"

namespace http {
namespace {

namespace json = base::json;
using base::Result;

json::value render_time(const std::optional<base::Seconds>& time) {
  return time ? json::value(base::render_time(*time)) : json::value();
}

std::string_view status_name(const model::ApiKey& key, const model::ApiKey* parent,
                             base::Seconds now) {
  return model::enum_name(model::kKeyStateNames, model::state_of(key, parent, now));
}

json::object render_api_key(const model::ApiKey& key, const model::ApiKey* parent,
                            base::Seconds now) {
  json::array scopes;
  for (const model::Scope scope : key.scopes)
    scopes.emplace_back(model::enum_name(model::kScopeNames, scope));
  return {{"id", key.id.text()},
          {"name", key.name},
          {"environment", model::environment_name(key.environment)},
          {"status", status_name(key, parent, now)},
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

model::Environment read_environment(base::ObjectReader& reader, const model::ApiKey* parent) {
  const auto name = reader.optional_string("environment");
  if (!name && parent != nullptr) return parent->environment;
  const auto environment = model::parse_environment(name.value_or(""));
  if (!environment) reader.refuse("environment", "Must be sandbox or production.");
  return environment.value_or(model::Environment::kSandbox);
}

/// `parent` gives a child what its body leaves out.
Result<catalog::NewApiKey> read_new_api_key(const json::value& body, const model::ApiKey* parent) {
  base::ObjectReader reader(body, "");
  std::string name = reader.required_string("name");
  const model::Environment environment = read_environment(reader, parent);
  const auto scopes = reader.optional_strings("scopes", base::ObjectReader::Single::kRefused);
  const auto form_name = reader.optional_string("tokenForm");
  const auto per_minute = reader.optional_integer("requestsPerMinute");
  const json::value* limits_json = reader.optional_object("limits");
  const auto expires_text = reader.optional_string("expiresAt");
  const auto form = form_name
                        ? model::parse_enum<model::TokenForm>(model::kTokenFormNames, *form_name)
                        : (parent != nullptr ? parent->token_form : model::TokenForm::kSigned);
  if (!form) reader.refuse("tokenForm", "Must be signed or encrypted.");
  model::KeyLimits limits = parent != nullptr ? parent->limits : model::default_key_limits();
  if (limits_json != nullptr) {
    limits = model::read_key_limits(*limits_json, "limits", std::move(limits), reader);
  }
  const auto expires_at = expires_text ? base::parse_time(*expires_text) : std::nullopt;
  if (expires_text && !expires_at)
    reader.refuse("expiresAt", "Must look like 2026-01-01T00:00:00Z.");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(auto parsed_scopes, parse_scopes(scopes));
  const std::int64_t default_rate = parent != nullptr
                                        ? parent->requests_per_minute
                                        : catalog::default_requests_per_minute(environment);
  return catalog::NewApiKey{std::move(name),   environment, std::move(parsed_scopes),
                            std::move(limits), *form,       per_minute.value_or(default_rate),
                            expires_at};
}

struct KeyRequest {
  Services& services;
  const Request& request;
  catalog::KeyOwner owner;

  [[nodiscard]] const model::ApiKey* parent() const {
    return owner.parent ? &*owner.parent : nullptr;
  }
  [[nodiscard]] base::Seconds now() const { return services.clock.now(); }
  [[nodiscard]] base::ApiKeyId id() const { return base::ApiKeyId(request.parameters.at("id")); }
};

Result<json::value> create(const KeyRequest& asked) {
  ASSIGN_OR_RETURN(const json::value body, require_json(asked.request));
  ASSIGN_OR_RETURN(const catalog::NewApiKey wanted, read_new_api_key(body, asked.parent()));
  ASSIGN_OR_RETURN(const catalog::CreatedApiKey created,
                   catalog::create_api_key(asked.services.store, asked.owner, wanted, asked.now()));
  return json::value{{"apiKey", render_api_key(created.key, asked.parent(), asked.now())},
                     {"secret", created.secret.reveal_secret()}};
}

Result<json::value> list(const KeyRequest& asked) {
  ASSIGN_OR_RETURN(const auto keys, catalog::list_api_keys(asked.services.store, asked.owner));
  std::map<base::ApiKeyId, const model::ApiKey*> by_id;
  for (const model::ApiKey& key : keys) by_id.emplace(key.id, &key);
  if (asked.parent() != nullptr) by_id.emplace(asked.parent()->id, asked.parent());
  json::array array;
  for (const model::ApiKey& key : keys) {
    const auto parent = key.parent ? by_id.find(*key.parent) : by_id.end();
    array.push_back(
        render_api_key(key, parent == by_id.end() ? nullptr : parent->second, asked.now()));
  }
  return json::value{{"apiKeys", std::move(array)}};
}

/// One key with the status that follows from it and its parent.
Result<json::object> render_known(const KeyRequest& asked, const model::ApiKey& key) {
  ASSIGN_OR_RETURN(const auto known, asked.services.api_keys.find(key.organization, key.id));
  const bool has_parent = known != nullptr && known->parent;
  return render_api_key(key, has_parent ? &*known->parent : nullptr, asked.now());
}

Result<json::value> roll(const KeyRequest& asked) {
  ASSIGN_OR_RETURN(const json::value body, require_json(asked.request));
  base::ObjectReader reader(body, "");
  const auto overlap = reader.optional_integer("overlapSeconds");
  if (!overlap) reader.refuse("overlapSeconds", "Is required.");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(const catalog::RolledApiKey outcome,
                   catalog::roll_api_key(asked.services.store, asked.owner, asked.id(),
                                         std::chrono::seconds(*overlap), asked.now()));
  ASSIGN_OR_RETURN(auto created, render_known(asked, outcome.created.key));
  ASSIGN_OR_RETURN(auto rolled, render_known(asked, outcome.rolled));
  return json::value{{"apiKey", std::move(created)},
                     {"secret", outcome.created.secret.reveal_secret()},
                     {"rolled", std::move(rolled)},
                     {"childrenMoved", outcome.children_moved}};
}

Result<json::value> revoke(const KeyRequest& asked) {
  ASSIGN_OR_RETURN(const json::value body, require_json(asked.request));
  RETURN_IF_ERROR(base::ObjectReader(body, "").finish());
  ASSIGN_OR_RETURN(
      const model::ApiKey key,
      catalog::revoke_api_key(asked.services.store, asked.owner, asked.id(), asked.now()));
  ASSIGN_OR_RETURN(auto rendered, render_known(asked, key));
  return json::value{{"apiKey", std::move(rendered)}};
}

using Use = Result<json::value> (*)(const KeyRequest&);

Result<json::value> by_person(Services& services, const Request& request, Use use) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(catalog::KeyOwner owner, catalog::owner_of(caller));
  return use({services, request, std::move(owner)});
}

Response by_key(Services& services, const Request& request, Use use, int status = 200) {
  return respond_to_key(
      services, request, model::Scope::kManage,
      [&](const auth::KnownKey& known) {
        return use({services, request, catalog::owner_of(known.key, request.remote_address)});
      },
      status);
}

}  // namespace

Response get_api_keys(Services& services, const Request& request) {
  return respond(by_person(services, request, list), request);
}

Response post_api_keys(Services& services, const Request& request) {
  return respond(by_person(services, request, create), request, 201);
}

Response post_api_key_roll(Services& services, const Request& request) {
  return respond(by_person(services, request, roll), request, 201);
}

Response post_api_key_revoke(Services& services, const Request& request) {
  return respond(by_person(services, request, revoke), request);
}

Response get_child_keys(Services& services, const Request& request) {
  return by_key(services, request, list);
}

Response post_child_keys(Services& services, const Request& request) {
  return by_key(services, request, create, 201);
}

Response post_child_key_roll(Services& services, const Request& request) {
  return by_key(services, request, roll, 201);
}

Response post_child_key_revoke(Services& services, const Request& request) {
  return by_key(services, request, revoke);
}

}  // namespace http
