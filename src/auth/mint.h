#pragma once

// POST /embed/generate-token: from a customer's backend's words to a signed embed token. Each check
// of PRODUCT.md section 3 is here; a refusal names the field and mints nothing. Thread-safe.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "auth/claims.h"
#include "auth/revocations.h"
#include "auth/signing_keys.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "model/account.h"
#include "store/organization_view.h"

namespace auth {

inline constexpr std::size_t kMaxMintBodyBytes = 16 * 1024;

struct MintedToken {
  std::string token;
  std::string distinct_id;
  std::chrono::seconds lifetime;
  base::Seconds expires_at;
  model::Environment environment;
};

class TokenMint {
 public:
  TokenMint(SigningKeys& signing_keys, Revocations& revocations, store::OrganizationViews& views,
            const base::Clock& clock, std::chrono::seconds lifetime_max)
      : signing_keys_(signing_keys),
        revocations_(revocations),
        views_(views),
        clock_(clock),
        lifetime_max_(lifetime_max) {}

  /// Whether `mint` would answer from memory now. Does not wait.
  [[nodiscard]] bool is_at_hand(const model::ApiKey& key);

  /// `body` is the request's JSON text; `key` was authenticated with the scope `mint`.
  [[nodiscard]] base::Result<MintedToken> mint(const model::ApiKey& key, std::string_view body);

 private:
  [[nodiscard]] base::Result<Claims> read_claims(const model::ApiKey& key,
                                                 const store::OrganizationView& view,
                                                 const base::json::value& body) const;
  [[nodiscard]] base::Result<std::chrono::seconds> choose_lifetime(
      const model::ApiKey& key, const std::optional<std::string>& expires_in) const;

  SigningKeys& signing_keys_;
  Revocations& revocations_;
  store::OrganizationViews& views_;
  const base::Clock& clock_;
  std::chrono::seconds lifetime_max_;
};

/// "90s", "30m", "1h", "7d": a whole number above zero and a unit. Nothing otherwise.
[[nodiscard]] std::optional<std::chrono::seconds> parse_lifetime(std::string_view text);
/// The inverse, in the largest unit that divides it.
[[nodiscard]] std::string render_lifetime(std::chrono::seconds lifetime);

}  // namespace auth
