#pragma once

// The Ed25519 keys that sign embed tokens: several per organization and environment, which follow
// one another (signing_key_times.h). Private keys are stored sealed under the master key and open
// only in memory. Who makes and ends keys is signing_key_rotation.h. Thread-safe.

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "auth/signing_key_times.h"
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
  std::string public_key;    ///< 32 bytes
  base::Secret private_key;  ///< Empty once it was erased.
  base::Seconds created_at;
  base::Seconds activates_at;
  SigningKeyTimes times;
};

/// A fresh key with its private half sealed, and not yet stored.
[[nodiscard]] store::SigningKeyRecord new_signing_key(const base::OrgId& organization,
                                                      model::Environment environment,
                                                      const base::Secret& master_key,
                                                      base::Seconds now,
                                                      base::Seconds activates_at);

/// Makes the keys of a new organization inside the transaction that creates it.
[[nodiscard]] base::Result<base::Done> create_signing_keys(store::Connection& connection,
                                                           const base::OrgId& organization,
                                                           const base::Secret& master_key,
                                                           base::Seconds now);

class SigningKeys {
 public:
  SigningKeys(store::Store& store, base::Secret master_key, const base::Clock& clock,
              std::chrono::seconds lifetime_max)
      : store_(store),
        master_key_(std::move(master_key)),
        clock_(clock),
        lifetime_max_(lifetime_max) {}

  using Set = std::map<std::string, SigningKey, std::less<>>;  ///< By `kid`.

  /// All keys as of the store's present generation, also those that verify nothing any more: look
  /// at status_at(key.times, now) before believing one. kConfigInvalid when one does not open: the
  /// master key is another one than the one it was stored under.
  [[nodiscard]] base::Result<std::shared_ptr<const Set>> get();

  /// Whether `get` and `get_signer` would answer from memory now. Does not wait.
  [[nodiscard]] bool is_at_hand();

  /// The key that signs the tokens of `organization` in `environment` now. kInternal where none
  /// does.
  [[nodiscard]] base::Result<std::shared_ptr<const SigningKey>> get_signer(
      const base::OrgId& organization, model::Environment environment);

  /// Those of one organization, newest first.
  [[nodiscard]] base::Result<std::vector<std::shared_ptr<const SigningKey>>> list(
      const base::OrgId& organization);

  [[nodiscard]] std::chrono::seconds lifetime_max() const { return lifetime_max_; }

 private:
  /// Requires the mutex.
  [[nodiscard]] bool is_fresh() const;
  [[nodiscard]] base::Result<base::Done> refresh();

  store::Store& store_;
  base::Secret master_key_;
  const base::Clock& clock_;
  std::chrono::seconds lifetime_max_;
  std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::shared_ptr<const Set> set_;
  using Chain = std::vector<const SigningKey*>;  ///< Into set_; those that may sign at some time.
  std::map<base::OrgId, std::map<model::Environment, Chain>> chains_;
};

/// How long others may keep the public keys. A new key is published for longer than this before it
/// signs (the least value of the option signing-key-publish-ahead-seconds).
inline constexpr std::chrono::seconds kPublishedKeysMaxAge{300};

/// The public halves of the keys that verify at `now`, as a JWK set (RFC 7517, RFC 8037).
[[nodiscard]] base::json::value render_jwks(const SigningKeys::Set& keys, base::Seconds now);

/// That as text, and an entity tag with its quotes that differs whenever the text does.
struct PublishedKeys {
  std::string json;
  std::string etag;
};
[[nodiscard]] PublishedKeys publish_keys(const SigningKeys::Set& keys, base::Seconds now);

}  // namespace auth
