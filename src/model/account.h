#pragma once

// The records of an organization's people and machines. Secrets appear as hashes only.

#include <optional>
#include <set>
#include <string>

#include "base/clock.h"
#include "base/ids.h"
#include "model/environment.h"
#include "model/role.h"

namespace model {

struct Organization {
  base::OrgId id;
  std::string name;
  bool active;
};

struct User {
  base::UserId id;
  base::OrgId organization;
  std::string email;
  Role role;
};

/// What an API key may be used for.
enum class Scope : std::uint8_t { kMint, kIntrospect };

[[nodiscard]] constexpr std::string_view scope_name(Scope scope) {
  return scope == Scope::kMint ? "mint" : "introspect";
}
[[nodiscard]] constexpr std::optional<Scope> parse_scope(std::string_view name) {
  if (name == "mint") return Scope::kMint;
  if (name == "introspect") return Scope::kIntrospect;
  return std::nullopt;
}

struct ApiKey {
  base::ApiKeyId id;
  base::OrgId organization;
  std::string name;
  Environment environment;
  std::set<Scope> scopes;
  std::string last_four;
  base::Seconds created_at;
  std::optional<base::Seconds> last_used_at = {};
  std::optional<base::Seconds> expires_at = {};
  std::optional<base::Seconds> revoked_at = {};
};

struct AuthorizedOrigin {
  base::OriginId id;
  std::string origin;  ///< Normalised: scheme://host[:port]. See auth/origin.h.
  Environment environment;
  base::Seconds created_at;
};

}  // namespace model
