#pragma once

// From the `x-api-key` header to the key's record, and from a token's `akid` to whether its key
// still holds. Answers from memory while nothing changed. Thread-safe.

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "auth/generational_cache.h"
#include "base/clock.h"
#include "base/result.h"
#include "model/account.h"
#include "store/store.h"

namespace auth {

/// A key with the parent that its life depends on.
struct KnownKey {
  model::ApiKey key;
  std::optional<model::ApiKey> parent;

  [[nodiscard]] model::KeyState state(base::Seconds now) const {
    return model::state_of(key, parent ? &*parent : nullptr, now);
  }
};

class ApiKeys {
 public:
  ApiKeys(store::Store& store, const base::Clock& clock) : store_(store), clock_(clock) {}

  /// kApiKeyMissing, kApiKeyInvalid (form and checksum, before any look-up; unknown),
  /// kApiKeyRevoked, kApiKeyExpired, kScopeMissing. Remembers the use for `flush_uses`.
  [[nodiscard]] base::Result<std::shared_ptr<const KnownKey>> authenticate(
      std::optional<std::string_view> presented, model::Scope scope);

  /// The key of a secret in memory, whatever its state; null where it is not there. Does not wait.
  [[nodiscard]] std::shared_ptr<const KnownKey> find_at_hand(std::string_view presented);
  [[nodiscard]] bool is_at_hand(const base::ApiKeyId& id);

  /// Null when the organization has no such key.
  [[nodiscard]] base::Result<std::shared_ptr<const KnownKey>> find(const base::OrgId& organization,
                                                                   const base::ApiKeyId& id);

  /// Writes the last-used times gathered since the last call. Called every few seconds and at
  /// shutdown; on failure they are kept for the next call.
  [[nodiscard]] base::Result<base::Done> flush_uses();

 private:
  using Record = std::shared_ptr<const KnownKey>;
  /// Null where it is not there, or may be stale.
  [[nodiscard]] Record find_cached(const std::string& cache_key);
  void remember(const std::string& cache_key, const Record& record, std::uint64_t generation);
  [[nodiscard]] base::Result<Record> look_up(std::string_view presented);
  void note_use(const model::ApiKey& key);

  store::Store& store_;
  const base::Clock& clock_;
  std::mutex cache_mutex_;
  std::uint64_t cache_generation_ = 0;
  /// By hash of the secret, and by id: room for more keys than are in use. Unknown keys are not
  /// kept, so that strangers can not fill it.
  GenerationalCache<KnownKey> cache_{200'000};
  std::mutex uses_mutex_;
  std::map<base::ApiKeyId, std::pair<base::OrgId, base::Seconds>> uses_;
};

}  // namespace auth
