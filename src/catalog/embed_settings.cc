#include "catalog/embed_settings.h"

#include <algorithm>

#include <fmt/format.h>

#include "auth/origin.h"
#include "catalog/authorize.h"
#include "crypto/random.h"
#include "store/audit.h"
#include "store/settings.h"

namespace catalog {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using model::AuditAction;

constexpr std::size_t kMaxAttributeNameBytes = 64;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_attribute_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxAttributeNameBytes && is_letter(name.front()) &&
         std::ranges::all_of(
             name, [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

Result<Done> note(store::Connection& connection, const Caller& caller, model::AuditAction action,
                  const model::AuthorizedOrigin& origin, base::Seconds now) {
  return store::insert_audit_event(connection, caller.principal.organization(),
                                   {now,
                                    action,
                                    caller.actor,
                                    {"authorized_origin", origin.id.text(), origin.origin},
                                    origin.environment});
}

Result<Done> note(store::Connection& connection, const Caller& caller, model::AuditAction action,
                  const model::TokenAttribute& attribute, base::Seconds now) {
  return store::insert_audit_event(
      connection, caller.principal.organization(),
      {now, action, caller.actor, {"token_attribute", attribute.id.text(), attribute.name}});
}

Result<Done> check_conflict(store::Connection& connection, const base::OrgId& organization,
                            const model::AuthorizedOrigin& added) {
  ASSIGN_OR_RETURN(const auto listed, store::list_authorized_origins(connection, organization));
  const model::AuthorizedOrigin* other = auth::find_conflict(listed, added);
  if (other == nullptr) return Done{};
  return Error{Code::kConflict,
               fmt::format("Sandbox tokens never work on a production origin, and the {} entry {} "
                           "stands for the same. Remove it first.",
                           model::environment_name(other->environment), other->origin)};
}

/// The error of `written`, a conflict naming `field`.
template <typename T>
Error refusal_of(Result<T> written, std::string_view field) {
  Error error = std::move(written).error();
  if (error.code == Code::kConflict) error.field = field;
  return error;
}

}  // namespace

Result<std::vector<model::AuthorizedOrigin>> list_authorized_origins(
    store::Store& store, const model::Principal& principal) {
  RETURN_IF_ERROR(authorize(principal, Verb::kViewEmbedSettings));
  return store.read([&](store::Connection& connection) {
    return store::list_authorized_origins(connection, principal.organization());
  });
}

Result<model::AuthorizedOrigin> add_authorized_origin(store::Store& store, const Caller& caller,
                                                      std::string_view origin,
                                                      model::Environment environment,
                                                      base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kChangeEmbedSettings));
  ASSIGN_OR_RETURN(std::string normal, auth::normalise_origin_pattern(origin));
  const model::AuthorizedOrigin added{crypto::new_id<base::OriginId>(), std::move(normal),
                                      environment, now};
  auto written = store.write([&](store::Connection& connection) -> Result<Done> {
    const base::OrgId& organization = caller.principal.organization();
    RETURN_IF_ERROR(check_conflict(connection, organization, added));
    RETURN_IF_ERROR(store::insert_authorized_origin(connection, organization, added));
    return note(connection, caller, AuditAction::kAuthorizedOriginAdded, added, now);
  });
  if (!written) return refusal_of(std::move(written), "origin");
  return added;
}

Result<Done> remove_authorized_origin(store::Store& store, const Caller& caller,
                                      const base::OriginId& id, base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kChangeEmbedSettings));
  return store.write([&](store::Connection& connection) -> Result<Done> {
    ASSIGN_OR_RETURN(
        const model::AuthorizedOrigin removed,
        store::delete_authorized_origin(connection, caller.principal.organization(), id));
    return note(connection, caller, AuditAction::kAuthorizedOriginRemoved, removed, now);
  });
}

Result<std::vector<model::TokenAttribute>> list_token_attributes(
    store::Store& store, const model::Principal& principal) {
  RETURN_IF_ERROR(authorize(principal, Verb::kViewEmbedSettings));
  return store.read([&](store::Connection& connection) {
    return store::list_token_attributes(connection, principal.organization());
  });
}

Result<model::TokenAttribute> add_token_attribute(store::Store& store, const Caller& caller,
                                                  const NewTokenAttribute& wanted,
                                                  base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kChangeEmbedSettings));
  if (!is_attribute_name(wanted.name)) {
    return Error{Code::kInvalidBody,
                 "Must begin with a letter and hold only letters, digits and underscores.",
                 {},
                 "name"};
  }
  const model::TokenAttribute added{crypto::new_id<base::AttributeId>(), wanted.name, wanted.type,
                                    wanted.list, wanted.required};
  auto written = store.write([&](store::Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(
        store::insert_token_attribute(connection, caller.principal.organization(), added));
    return note(connection, caller, AuditAction::kTokenAttributeAdded, added, now);
  });
  if (!written) return refusal_of(std::move(written), "name");
  return added;
}

Result<Done> remove_token_attribute(store::Store& store, const Caller& caller,
                                    const base::AttributeId& id, base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kChangeEmbedSettings));
  return store.write([&](store::Connection& connection) -> Result<Done> {
    ASSIGN_OR_RETURN(
        const model::TokenAttribute removed,
        store::delete_token_attribute(connection, caller.principal.organization(), id));
    return note(connection, caller, AuditAction::kTokenAttributeRemoved, removed, now);
  });
}

}  // namespace catalog
