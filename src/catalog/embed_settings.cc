#include "catalog/embed_settings.h"

#include <algorithm>

#include "auth/origin.h"
#include "catalog/authorize.h"
#include "crypto/random.h"
#include "store/settings.h"

namespace catalog {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

constexpr std::size_t kMaxAttributeNameBytes = 64;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_attribute_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxAttributeNameBytes && is_letter(name.front()) &&
         std::ranges::all_of(
             name, [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

Result<std::vector<model::AuthorizedOrigin>> list_authorized_origins(
    store::Store& store, const model::Principal& principal) {
  RETURN_IF_ERROR(authorize(principal, Verb::kViewEmbedSettings));
  return store.read([&](store::Connection& connection) {
    return store::list_authorized_origins(connection, principal.organization());
  });
}

Result<model::AuthorizedOrigin> add_authorized_origin(store::Store& store,
                                                      const model::Principal& principal,
                                                      std::string_view origin,
                                                      model::Environment environment,
                                                      base::Seconds now) {
  RETURN_IF_ERROR(authorize(principal, Verb::kChangeEmbedSettings));
  ASSIGN_OR_RETURN(std::string normal, auth::normalise_origin_pattern(origin));
  const model::AuthorizedOrigin added{crypto::new_id<base::OriginId>(), std::move(normal),
                                      environment, now};
  auto written = store.write([&](store::Connection& connection) {
    return store::insert_authorized_origin(connection, principal.organization(), added);
  });
  if (!written) {
    Error error = std::move(written).error();
    if (error.code == Code::kConflict) error.field = "origin";
    return error;
  }
  return added;
}

Result<Done> remove_authorized_origin(store::Store& store, const model::Principal& principal,
                                      const base::OriginId& id) {
  RETURN_IF_ERROR(authorize(principal, Verb::kChangeEmbedSettings));
  return store.write([&](store::Connection& connection) {
    return store::delete_authorized_origin(connection, principal.organization(), id);
  });
}

Result<std::vector<model::TokenAttribute>> list_token_attributes(
    store::Store& store, const model::Principal& principal) {
  RETURN_IF_ERROR(authorize(principal, Verb::kViewEmbedSettings));
  return store.read([&](store::Connection& connection) {
    return store::list_token_attributes(connection, principal.organization());
  });
}

Result<model::TokenAttribute> add_token_attribute(store::Store& store,
                                                  const model::Principal& principal,
                                                  const NewTokenAttribute& wanted) {
  RETURN_IF_ERROR(authorize(principal, Verb::kChangeEmbedSettings));
  if (!is_attribute_name(wanted.name)) {
    return Error{Code::kInvalidBody,
                 "Must begin with a letter and hold only letters, digits and underscores.",
                 {},
                 "name"};
  }
  const model::TokenAttribute added{crypto::new_id<base::AttributeId>(), wanted.name, wanted.type,
                                    wanted.list, wanted.required};
  auto written = store.write([&](store::Connection& connection) {
    return store::insert_token_attribute(connection, principal.organization(), added);
  });
  if (!written) {
    Error error = std::move(written).error();
    if (error.code == Code::kConflict) error.field = "name";
    return error;
  }
  return added;
}

Result<Done> remove_token_attribute(store::Store& store, const model::Principal& principal,
                                    const base::AttributeId& id) {
  RETURN_IF_ERROR(authorize(principal, Verb::kChangeEmbedSettings));
  return store.write([&](store::Connection& connection) {
    return store::delete_token_attribute(connection, principal.organization(), id);
  });
}

}  // namespace catalog
