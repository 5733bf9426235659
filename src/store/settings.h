#pragma once

// Token attributes and authorized origins: what Settings → Embed holds.

#include <vector>

#include "base/result.h"
#include "model/account.h"
#include "model/attribute.h"
#include "store/connection.h"

namespace store {

[[nodiscard]] base::Result<base::Done> insert_token_attribute(
    Connection& connection, const base::OrgId& organization,
    const model::TokenAttribute& attribute);
[[nodiscard]] base::Result<std::vector<model::TokenAttribute>> list_token_attributes(
    Connection& connection, const base::OrgId& organization);
/// Gives back what was deleted. kNotFound.
[[nodiscard]] base::Result<model::TokenAttribute> delete_token_attribute(
    Connection& connection, const base::OrgId& organization, const base::AttributeId& id);

[[nodiscard]] base::Result<base::Done> insert_authorized_origin(
    Connection& connection, const base::OrgId& organization, const model::AuthorizedOrigin& origin);
[[nodiscard]] base::Result<std::vector<model::AuthorizedOrigin>> list_authorized_origins(
    Connection& connection, const base::OrgId& organization);
/// Gives back what was deleted. kNotFound.
[[nodiscard]] base::Result<model::AuthorizedOrigin> delete_authorized_origin(
    Connection& connection, const base::OrgId& organization, const base::OriginId& id);

}  // namespace store
