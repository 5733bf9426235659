#pragma once

// Use cases of Settings → Embed: authorized origins and token attributes. Each change writes its
// audit event in its own transaction.

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "catalog/caller.h"
#include "model/account.h"
#include "model/attribute.h"
#include "model/principal.h"
#include "store/store.h"

namespace catalog {

[[nodiscard]] base::Result<std::vector<model::AuthorizedOrigin>> list_authorized_origins(
    store::Store& store, const model::Principal& principal);
/// Normalises the origin. kInvalidBody (field origin); kConflict where it is listed already, and
/// where a production entry would cover a sandbox entry, which then could never work.
[[nodiscard]] base::Result<model::AuthorizedOrigin> add_authorized_origin(
    store::Store& store, const Caller& caller, std::string_view origin,
    model::Environment environment, base::Seconds now);
/// kNotFound.
[[nodiscard]] base::Result<base::Done> remove_authorized_origin(store::Store& store,
                                                                const Caller& caller,
                                                                const base::OriginId& id,
                                                                base::Seconds now);

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
    store::Store& store, const Caller& caller, const NewTokenAttribute& wanted, base::Seconds now);
/// kNotFound.
[[nodiscard]] base::Result<base::Done> remove_token_attribute(store::Store& store,
                                                              const Caller& caller,
                                                              const base::AttributeId& id,
                                                              base::Seconds now);

}  // namespace catalog
