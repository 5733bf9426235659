#include "catalog/api_keys.h"

#include <algorithm>

#include <fmt/format.h>

#include "auth/api_key_format.h"
#include "auth/claims.h"
#include "auth/origin.h"
#include "catalog/authorize.h"
#include "crypto/random.h"
#include "store/audit.h"
#include "store/content.h"
#include "store/keys.h"
#include "store/settings.h"

namespace catalog {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using store::Connection;

constexpr std::size_t kMaxNameBytes = 100;
constexpr std::int64_t kMaxRequestsPerMinute = 1'000'000'000;

Error invalid(std::string field, std::string what) {
  return {Code::kInvalidBody, std::move(what), {}, std::move(field)};
}

Error beyond_parent(std::string field) {
  return {Code::kKeyLimit, "Is more than the parent key may give.", {}, std::move(field)};
}

Error no_such_key() { return {Code::kNotFound, "There is no such API key."}; }

Result<Done> check_form(const NewApiKey& wanted, base::Seconds now) {
  if (wanted.name.empty() || wanted.name.size() > kMaxNameBytes) {
    return invalid("name", fmt::format("Must have 1 to {} bytes.", kMaxNameBytes));
  }
  if (wanted.scopes.empty()) return invalid("scopes", "Needs at least one scope.");
  if (wanted.limits.roles.empty()) return invalid("limits.roles", "Needs at least one role.");
  if (wanted.requests_per_minute < 1 || wanted.requests_per_minute > kMaxRequestsPerMinute) {
    return invalid("requestsPerMinute",
                   fmt::format("Must be from 1 to {}.", kMaxRequestsPerMinute));
  }
  if (wanted.expires_at && *wanted.expires_at <= now) {
    return invalid("expiresAt", "Is in the past.");
  }
  return Done{};
}

/// Dashboards, charts and attributes that the limits name have to be there, and of their type.
Result<Done> check_names(Connection& connection, const base::OrgId& organization,
                         const model::KeyLimits& limits) {
  ASSIGN_OR_RETURN(const auto dashboards, store::list_dashboards(connection, organization));
  for (const auto& id : limits.resources.dashboards) {
    if (std::ranges::find(dashboards, id, &model::Dashboard::id) == dashboards.end()) {
      return invalid("limits.resources.dashboards", "Names a dashboard that is not there.");
    }
  }
  ASSIGN_OR_RETURN(const auto charts, store::list_charts(connection, organization));
  for (const auto& id : limits.resources.charts) {
    if (std::ranges::find(charts, id, &model::Chart::id) == charts.end()) {
      return invalid("limits.resources.charts", "Names a chart that is not there.");
    }
  }
  ASSIGN_OR_RETURN(const auto attributes, store::list_token_attributes(connection, organization));
  for (const auto& fixed : limits.attributes) {
    const std::string_view name = fixed.key();
    const auto registered = std::ranges::find(attributes, name, &model::TokenAttribute::name);
    if (registered == attributes.end() ||
        !auth::parse_attribute_value(fixed.value(), *registered)) {
      return invalid(fmt::format("limits.attributes.{}", name),
                     "Is not a registered attribute with a value of its type.");
    }
  }
  return Done{};
}

Result<Done> check_child(const NewApiKey& child, const model::ApiKey& parent) {
  if (child.scopes.contains(model::Scope::kManage) ||
      !std::ranges::includes(parent.scopes, child.scopes)) {
    return beyond_parent("scopes");
  }
  // What a parent's tokens hide from the browser, a child's do not show.
  if (parent.token_form == model::TokenForm::kEncrypted &&
      child.token_form != model::TokenForm::kEncrypted) {
    return beyond_parent("tokenForm");
  }
  if (child.requests_per_minute > parent.requests_per_minute) {
    return beyond_parent("requestsPerMinute");
  }
  if (parent.expires_at && child.expires_at && *child.expires_at > *parent.expires_at) {
    return beyond_parent("expiresAt");
  }
  auto within = model::check_within(child.limits, parent.limits);
  if (!within) return beyond_parent("limits." + within.error().field);
  return Done{};
}

Result<Done> audit(Connection& connection, const KeyOwner& owner, model::AuditAction action,
                   const model::ApiKey& key, base::Seconds now, std::string detail = {}) {
  return store::insert_audit_event(connection, owner.organization,
                                   {now,
                                    action,
                                    owner.actor,
                                    {"api_key", key.id.text(), key.name},
                                    key.environment,
                                    1,
                                    std::move(detail)});
}

/// The key of `id` where it is the owner's, else kNotFound.
Result<model::ApiKey> get_owned(Connection& connection, const KeyOwner& owner,
                                const base::ApiKeyId& id) {
  ASSIGN_OR_RETURN(auto key, store::find_api_key(connection, owner.organization, id));
  const bool owned = key && (!owner.parent || key->parent == owner.parent->id);
  if (!owned) return no_such_key();
  if (!owner.environments.contains(key->environment)) {
    return Error{Code::kForbidden, "Your role does not allow this."};
  }
  return *std::move(key);
}

Result<NewApiKey> normalised(NewApiKey wanted) {
  for (std::string& origin : wanted.limits.origins) {
    auto normal = auth::normalise_origin(origin);
    if (!normal) return invalid("limits.origins", normal.error().what);
    origin = *std::move(normal);
  }
  return wanted;
}

CreatedApiKey make_key(const KeyOwner& owner, const NewApiKey& wanted, base::Seconds now) {
  base::Secret secret = auth::new_api_key(wanted.environment);
  const std::string& text = secret.reveal_secret();
  model::ApiKey key{crypto::new_id<base::ApiKeyId>(),
                    owner.organization,
                    wanted.name,
                    wanted.environment,
                    wanted.scopes,
                    text.substr(text.size() - 4),
                    wanted.limits,
                    wanted.token_form,
                    wanted.requests_per_minute,
                    now};
  key.expires_at = wanted.expires_at;
  if (owner.parent) key.parent = owner.parent->id;
  return {std::move(key), std::move(secret)};
}

Result<Done> insert(Connection& connection, const CreatedApiKey& created) {
  return store::insert_api_key(connection, created.key,
                               auth::hash_of_secret(created.secret.reveal_secret()));
}

/// The new key of a roll: all but id, secret and times as the old one.
CreatedApiKey make_successor(const KeyOwner& owner, const model::ApiKey& old, base::Seconds now) {
  CreatedApiKey created = make_key(owner,
                                   {old.name, old.environment, old.scopes, old.limits,
                                    old.token_form, old.requests_per_minute, old.expires_at},
                                   now);
  created.key.parent = old.parent;
  return created;
}

}  // namespace

Result<KeyOwner> owner_of(const Caller& caller) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kManageApiKeys));
  std::set environments{model::Environment::kSandbox};
  if (authorize(caller.principal, Verb::kManageProductionKeys)) {
    environments.insert(model::Environment::kProduction);
  }
  return KeyOwner{caller.principal.organization(), caller.actor, std::move(environments),
                  std::nullopt};
}

KeyOwner owner_of(const model::ApiKey& parent, std::string_view remote_address) {
  return {parent.organization,
          {model::ActorKind::kApiKey, parent.id.text(), parent.name, std::string(remote_address)},
          {parent.environment},
          parent};
}

KeyOwner owner_at_command_line(const base::OrgId& organization) {
  return {organization,
          {model::ActorKind::kCommandLine, "", "Command line", ""},
          {model::Environment::kSandbox, model::Environment::kProduction},
          std::nullopt};
}

Result<CreatedApiKey> create_api_key(store::Store& store, const KeyOwner& owner,
                                     const NewApiKey& wanted, base::Seconds now) {
  if (!owner.environments.contains(wanted.environment)) {
    return Error{Code::kForbidden, "Your role does not allow this."};
  }
  RETURN_IF_ERROR(check_form(wanted, now));
  ASSIGN_OR_RETURN(const NewApiKey normal, normalised(wanted));
  if (owner.parent) RETURN_IF_ERROR(check_child(normal, *owner.parent));
  CreatedApiKey created = make_key(owner, normal, now);
  RETURN_IF_ERROR(store.write([&](Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(check_names(connection, owner.organization, normal.limits));
    RETURN_IF_ERROR(insert(connection, created));
    return audit(connection, owner, model::AuditAction::kApiKeyCreated, created.key, now);
  }));
  return created;
}

Result<std::vector<model::ApiKey>> list_api_keys(store::Store& store, const KeyOwner& owner) {
  ASSIGN_OR_RETURN(auto keys, store.read([&](Connection& connection) {
    return store::list_api_keys(connection, owner.organization);
  }));
  if (owner.parent) {
    std::erase_if(keys, [&](const model::ApiKey& key) { return key.parent != owner.parent->id; });
  }
  return keys;
}

Result<RolledApiKey> roll_api_key(store::Store& store, const KeyOwner& owner,
                                  const base::ApiKeyId& id, std::chrono::seconds overlap,
                                  base::Seconds now) {
  if (overlap < std::chrono::seconds(0) || overlap > kKeyOverlapMax) {
    return invalid("overlapSeconds", fmt::format("Must be from 0 to {}.",
                                                 std::chrono::seconds(kKeyOverlapMax).count()));
  }
  return store.write([&](Connection& connection) -> Result<RolledApiKey> {
    ASSIGN_OR_RETURN(const model::ApiKey old, get_owned(connection, owner, id));
    if (old.revoked_at || (old.expires_at && *old.expires_at <= now)) {
      return Error{Code::kConflict, "The API key has ended; create another one."};
    }
    if (old.rolled_to) return Error{Code::kConflict, "The API key was rolled already."};
    CreatedApiKey created = make_successor(owner, old, now);
    RETURN_IF_ERROR(insert(connection, created));
    ASSIGN_OR_RETURN(
        const std::int64_t moved,
        store::replace_api_key(connection, owner.organization, id, created.key.id, now + overlap));
    RETURN_IF_ERROR(
        audit(connection, owner, model::AuditAction::kApiKeyRolled, old, now,
              fmt::format("to {}; child keys moved: {}", created.key.id.text(), moved)));
    ASSIGN_OR_RETURN(model::ApiKey rolled, get_owned(connection, owner, id));
    return RolledApiKey{std::move(created), std::move(rolled), moved};
  });
}

Result<model::ApiKey> revoke_api_key(store::Store& store, const KeyOwner& owner,
                                     const base::ApiKeyId& id, base::Seconds now) {
  return store.write([&](Connection& connection) -> Result<model::ApiKey> {
    ASSIGN_OR_RETURN(const model::ApiKey key, get_owned(connection, owner, id));
    RETURN_IF_ERROR(store::revoke_api_key(connection, owner.organization, id, now));
    RETURN_IF_ERROR(audit(connection, owner, model::AuditAction::kApiKeyRevoked, key, now));
    return get_owned(connection, owner, id);
  });
}

}  // namespace catalog
