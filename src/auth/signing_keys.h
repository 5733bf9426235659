#pragma once

// The Ed25519 keys that sign embed tokens: one per organization and environment. Private keys are
// stored sealed under the master key and open only in memory. Thread-safe.

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "base/secret.h"
#include "model/environment.h"
#include "store/store.h"

namespace auth {

struct SigningKey {
  base::SigningKeyId id;  ///< The `kid` of tokens.
  base::OrgId organization;
  model::Environment environment;
  std::string public_key;  ///< 32 bytes
  base::Secret private_key;
};

/// Makes the keys of a new organization inside the transaction that creates it.
[[nodiscard]] base::Result<base::Done> create_signing_keys(store::Connection& connection,
                                                           const base::OrgId& organization,
                                                           const base::Secret& master_key,
                                                           base::Seconds now);

class SigningKeys {
 public:
  SigningKeys(store::Store& store, base::Secret master_key)
      : store_(store), master_key_(std::move(master_key)) {}

  using Set = std::map<std::string, SigningKey, std::less<>>;  ///< By `kid`.

  /// All keys as of the store's present generation. kInternal when one does not open: the master
  /// key is another one than the one it was stored under.
  [[nodiscard]] base::Result<std::shared_ptr<const Set>> get();

  /// The key that signs the tokens of `organization` in `environment`. kInternal where none does.
  [[nodiscard]] base::Result<std::shared_ptr<const SigningKey>> get_signer(
      const base::OrgId& organization, model::Environment environment);

 private:
  /// Requires the mutex.
  [[nodiscard]] base::Result<base::Done> refresh();

  store::Store& store_;
  base::Secret master_key_;
  std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::shared_ptr<const Set> set_;
  std::map<base::OrgId, std::map<model::Environment, const SigningKey*>> signers_;  ///< Into set_.
};

/// The public halves as a JWK set (RFC 7517, RFC 8037).
[[nodiscard]] base::json::value render_jwks(const SigningKeys::Set& keys);

}  // namespace auth
