#pragma once

// Which revocations end a token. They stay on disk, whatever their number: a token is looked up
// when it is first seen, and again when a revocation was added anywhere. What was found is kept for
// the tokens in use. Thread-safe.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "auth/claims.h"
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

  /// Done unless a token with these claims would be dead at birth: times are whole seconds, so in
  /// the second of a revocation nothing can be issued that it does not end. kUnavailable with
  /// `retry_after` then.
  [[nodiscard]] base::Result<base::Done> check_issue(const Claims& claims);

 private:
  struct OfOrganization {
    std::vector<model::Revocation> of_content;
    std::optional<base::Seconds> last;
  };
  /// Requires the mutex.
  [[nodiscard]] base::Result<const OfOrganization*> find_organization(
      const base::OrgId& organization);
  void forget_when_stale();

  store::Store& store_;
  std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::map<base::OrgId, OfOrganization> organizations_;
  std::unordered_map<std::string, std::shared_ptr<const TokenRevocations>> tokens_;  ///< By `jti`.
};

}  // namespace auth
