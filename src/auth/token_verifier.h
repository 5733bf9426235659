#pragma once

// The one place where an embed token is believed. Everything PRODUCT.md section 3 lists is checked
// here, in order, and each check has its own code. Thread-safe.

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "auth/api_keys.h"
#include "auth/claims.h"
#include "auth/signing_keys.h"
#include "base/clock.h"
#include "base/result.h"
#include "model/principal.h"
#include "store/organization_view.h"

namespace auth {

/// A token whose signature, issuer and audience are ours; it may still be expired or revoked.
struct AuthenticToken {
  Claims claims;
  base::OrgId organization;  ///< Of the signing key, which the claim equals.
};

/// What is known of a token: who signed what, and why it may not be used.
struct Inspection {
  std::shared_ptr<const AuthenticToken> authentic;  ///< Null when the signature is not ours.
  std::shared_ptr<const model::ApiKey> api_key;     ///< Null when unknown.
  std::optional<base::Error> refusal;               ///< Nothing: the token is active.
};

struct VerifierOptions {
  std::chrono::seconds lifetime_max;
  std::vector<std::string> own_origins;  ///< Of this server, where previews run.
};

class TokenVerifier {
 public:
  TokenVerifier(SigningKeys& signing_keys, ApiKeys& api_keys, store::OrganizationViews& views,
                const base::Clock& clock, VerifierOptions options)
      : signing_keys_(signing_keys),
        api_keys_(api_keys),
        views_(views),
        clock_(clock),
        options_(std::move(options)) {}

  /// The principal of an active token used from `origin` (the request's Origin header).
  [[nodiscard]] base::Result<model::Principal> verify(std::string_view token,
                                                      std::optional<std::string_view> origin);

  /// All but the origin, without making a principal. For introspection.
  [[nodiscard]] Inspection inspect(std::string_view token);

 private:
  using Authentic = std::shared_ptr<const AuthenticToken>;
  [[nodiscard]] base::Result<Authentic> authenticate(std::string_view token);
  [[nodiscard]] base::Result<Authentic> check_signature(std::string_view token,
                                                        const SigningKeys::Set& keys) const;
  [[nodiscard]] std::optional<base::Error> check_state(const AuthenticToken& token,
                                                       std::shared_ptr<const model::ApiKey>& key);
  [[nodiscard]] std::optional<base::Error> check_times(const Claims& claims) const;

  SigningKeys& signing_keys_;
  ApiKeys& api_keys_;
  store::OrganizationViews& views_;
  const base::Clock& clock_;
  VerifierOptions options_;

  /// Signatures that were found right, by SHA-256 of the token and under one set of keys. Whether a
  /// token is still valid is never cached.
  std::mutex cache_mutex_;
  std::shared_ptr<const SigningKeys::Set> cache_keys_;
  std::unordered_map<std::string, Authentic> cache_;
};

}  // namespace auth
