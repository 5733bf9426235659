#pragma once

// What an embed token says, and its JSON form (RFC 7519 claims and ours).

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/result.h"
#include "model/attribute.h"
#include "model/environment.h"
#include "model/permission.h"
#include "model/role.h"

namespace auth {

struct Claims {
  std::string issuer;
  std::string audience;
  std::string distinct_id;  ///< `sub`
  base::OrgId organization;
  model::Environment environment;
  base::ApiKeyId api_key;  ///< `akid`
  std::string token_id;    ///< `jti`
  base::Seconds issued_at;
  base::Seconds not_before;
  base::Seconds expires_at;
  model::Role role;
  base::json::object attributes;  ///< As minted; typed by the registered attributes when used.
  model::Permissions permissions;
  model::Resources resources;
  std::vector<std::string> origins;
};

[[nodiscard]] base::json::value render_claims(const Claims& claims,
                                              const base::json::storage_ptr& storage = {});

/// Strict: every claim present, of its type, known; times whole numbers from 0 to the year 9999;
/// lists bounded. kTokenMalformed.
[[nodiscard]] base::Result<Claims> parse_claims(const base::json::value& json);

/// One attribute's JSON as its registered type asks: a scalar, or a list of at most 1000 scalars.
/// Nothing for another type.
[[nodiscard]] std::optional<model::AttributeValue> parse_attribute_value(
    const base::json::value& json, const model::TokenAttribute& attribute);

}  // namespace auth
