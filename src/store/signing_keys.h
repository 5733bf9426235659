#pragma once

// The records of signing keys, and the fingerprint of the master key that their private halves are
// sealed under. Nothing here opens them.

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "model/environment.h"
#include "store/connection.h"

namespace store {

struct SigningKeyRecord {
  base::SigningKeyId id;
  base::OrgId organization;
  model::Environment environment;
  std::string public_key;  ///< base64url
  /// base64url of AES-256-GCM under the master key; empty once it was erased.
  std::string sealed_private_key;
  base::Seconds created_at;
  base::Seconds activates_at;               ///< Signs from then on, until a later one does.
  std::optional<base::Seconds> revoked_at;  ///< Since when no token under it is believed.
};

[[nodiscard]] base::Result<base::Done> insert_signing_key(Connection& connection,
                                                          const SigningKeyRecord& record);

/// Those of all organizations: `kid` decides which one a token belongs to. Oldest first by
/// activates_at, then created_at.
[[nodiscard]] base::Result<std::vector<SigningKeyRecord>> list_signing_keys(Connection& connection);
/// In the same order.
[[nodiscard]] base::Result<std::vector<SigningKeyRecord>> list_signing_keys(
    Connection& connection, const base::OrgId& organization, model::Environment environment);

/// Every key that is not revoked yet; the others keep their time.
[[nodiscard]] base::Result<base::Done> revoke_signing_keys(Connection& connection,
                                                           const base::OrgId& organization,
                                                           model::Environment environment,
                                                           base::Seconds now);

/// An empty `sealed` erases it. kNotFound.
[[nodiscard]] base::Result<base::Done> set_sealed_private_key(Connection& connection,
                                                              const base::OrgId& organization,
                                                              const base::SigningKeyId& id,
                                                              const std::string& sealed);

/// Nothing while nothing was sealed, and in stores that were made before fingerprints were kept.
[[nodiscard]] base::Result<std::optional<std::string>> find_master_key_fingerprint(
    Connection& connection);
/// Replaces an earlier one.
[[nodiscard]] base::Result<base::Done> set_master_key_fingerprint(Connection& connection,
                                                                  const std::string& fingerprint);

}  // namespace store
