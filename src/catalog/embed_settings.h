#pragma once

// Use cases of Settings → Embed: authorized origins and token attributes.

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/account.h"
#include "model/attribute.h"
#include "model/principal.h"
#include "store/store.h"

namespace catalog {

[[nodiscard]] base::Result<std::vector<model::AuthorizedOrigin>> list_authorized_origins(
    store::Store& store, const model::Principal& principal);
/// Normalises the origin. kInvalidBody (field origin), kConflict.
[[nodiscard]] base::Result<model::AuthorizedOrigin> add_authorized_origin(
    store::Store& store, const model::Principal& principal, std::string_view origin,
    model::Environment environment, base::Seconds now);
[[nodiscard]] base::Result<base::Done> remove_authorized_origin(store::Store& store,
                                                                const model::Principal& principal,
                                                                const base::OriginId& id);

struct NewTokenAttribute {
  std::string name;
  model::ValueType type;
  bool list;
  bool required;
};

[[nodiscard]] base::Result<std::vector<model::TokenAttribute>> list_token_attributes(
    store::Store& store, const model::Principal& principal);
/// A name is a letter, then letters, digits and underscores, at most 64. kInvalidBody, kConflict.
[[nodiscard]] base::Result<model::TokenAttribute> add_token_attribute(
    store::Store& store, const model::Principal& principal, const NewTokenAttribute& wanted);
[[nodiscard]] base::Result<base::Done> remove_token_attribute(store::Store& store,
                                                              const model::Principal& principal,
                                                              const base::AttributeId& id);

}  // namespace catalog
