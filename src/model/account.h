#pragma once

// The records of an organization's people and machines. Secrets appear as hashes only.

#include <array>
#include <optional>
#include <set>
#include <string>

#include "base/clock.h"
#include "base/ids.h"
#include "model/enum_names.h"
#include "model/environment.h"
#include "model/key_limits.h"
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

/// One sign-in of a user. Its secret is in the browser's cookie only.
struct Session {
  base::SessionId id;
  base::OrgId organization;
  base::UserId user;
  base::Seconds created_at;
  base::Seconds last_seen_at;  ///< To the minute.
  base::Seconds expires_at;
  std::string user_agent;  ///< Printable, and as much of it as is kept.
  std::string remote_address;
};

/// What an API key may be used for. Only a key without a parent may have kManage, which makes and
/// ends child keys.
enum class Scope : std::uint8_t { kMint, kIntrospect, kRevoke, kManage };
inline constexpr auto kScopeNames =
    std::to_array<std::string_view>({"mint", "introspect", "revoke", "manage"});

/// Whether the tokens of a key are signed (JWS) or encrypted (JWE), so that a browser can not read
/// them.
enum class TokenForm : std::uint8_t { kSigned, kEncrypted };
inline constexpr auto kTokenFormNames = std::to_array<std::string_view>({"signed", "encrypted"});

struct ApiKey {
  base::ApiKeyId id;
  base::OrgId organization;
  std::string name;
  Environment environment;
  std::set<Scope> scopes;
  std::string last_four;
  KeyLimits limits;
  TokenForm token_form;
  std::int64_t requests_per_minute;
  base::Seconds created_at;
  std::optional<base::ApiKeyId> parent = {};
  std::optional<base::ApiKeyId> rolled_to = {};  ///< The key that replaced it.
  std::optional<base::Seconds> last_used_at = {};
  std::optional<base::Seconds> expires_at = {};
  std::optional<base::Seconds> revoked_at = {};
};

/// Whether a key may be used. A child key needs its parent to be active.
enum class KeyState : std::uint8_t { kActive, kExpired, kRevoked, kParentEnded };
inline constexpr auto kKeyStateNames =
    std::to_array<std::string_view>({"active", "expired", "revoked", "parent_ended"});

/// `parent` is the record that `key.parent` names, null where there is none.
[[nodiscard]] KeyState state_of(const ApiKey& key, const ApiKey* parent, base::Seconds now);

struct AuthorizedOrigin {
  base::OriginId id;
  std::string origin;  ///< Normalised, perhaps with a wildcard. See auth/origin.h.
  Environment environment;
  base::Seconds created_at;
};

}  // namespace model
