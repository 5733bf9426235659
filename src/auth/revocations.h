#pragma once

// Which revocations end a token. They stay on disk, whatever their number: a token is looked up
// when it is first seen, and again when a revocation was added anywhere. What was found is kept for
// the tokens in use. Thread-safe; nobody waits for another's look at the disk.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "auth/claims.h"
#include "auth/generational_cache.h"
#include "base/result.h"
#include "model/revocation.h"
#include "store/store.h"

namespace auth {

/// What ends one token, or parts of what it reaches.
struct TokenRevocations {
  std::vector<model::Revocation> of_token;    ///< Any of them ends it.
  std::vector<model::Revocation> of_content;  ///< Dashboards and charts that it does not reach.
};

class Revocations {
 public:
  explicit Revocations(store::Store& store) : store_(store) {}

  /// Those that were made after the token was issued. An error means that nobody knows, so that the
  /// token must not be believed.
  [[nodiscard]] base::Result<std::shared_ptr<const TokenRevocations>> find(const Claims& claims);

  /// Whether `find` would answer from memory now. Does not wait.
  [[nodiscard]] bool is_at_hand(const Claims& claims);
  /// The same of `check_issue`, but in the second of a revocation.
  [[nodiscard]] bool is_at_hand(const base::OrgId& organization);

  /// Done unless a token with these claims would be dead at birth: times are whole seconds, so in
  /// the second of a revocation nothing can be issued that it does not end. kUnavailable with
  /// `retry_after` then.
  [[nodiscard]] base::Result<base::Done> check_issue(const Claims& claims);

 private:
  static constexpr std::size_t kTokensKept = 10'000;
  struct OfOrganization {
    std::vector<model::Revocation> of_content;
    std::optional<base::Seconds> last;
  };
  using Organization = std::shared_ptr<const OfOrganization>;
  using Found = std::shared_ptr<const TokenRevocations>;

  /// Forgets what the store has left behind. The store's generation before that: what is read from
  /// now on is as new.
  [[nodiscard]] std::uint64_t catch_up();
  [[nodiscard]] base::Result<Organization> get_organization(const base::OrgId& organization,
                                                            std::uint64_t generation);
  [[nodiscard]] Found find_kept(const std::string& token_id);
  /// Requires the mutex.
  [[nodiscard]] bool is_fresh() const;

  store::Store& store_;
  std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::map<base::OrgId, Organization> organizations_;
  GenerationalCache<TokenRevocations> tokens_{kTokensKept};  ///< By `jti`.
};

}  // namespace auth
