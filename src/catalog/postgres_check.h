#pragma once

// What people say of a PostgreSQL server, before it becomes part of a database. For this room and
// those who read requests. Pure.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "model/attribute.h"
#include "model/database.h"

namespace catalog {

struct WantedPostgres {
  model::PostgresSettings settings;      ///< Without a password.
  std::optional<base::Secret> password;  ///< Nothing: the stored one stays.
};

using TokenAttributes = std::map<std::string, model::TokenAttribute, std::less<>>;  ///< By name.

/// kInvalidBody with the field below `field`: a host that is a path or a list, a name that is none,
/// an attribute that is not registered as one text, a certificate that is missing or none.
[[nodiscard]] base::Result<base::Done> check_postgres(const WantedPostgres& wanted,
                                                      const TokenAttributes& attributes,
                                                      std::string_view field);

/// Whether a password of `stored` may be used for `wanted`: for the same server, the same user and
/// the same protection only. Else whoever may edit could have it sent to a server of their own.
[[nodiscard]] bool is_same_login(const model::PostgresSettings& stored,
                                 const model::PostgresSettings& wanted);

}  // namespace catalog
