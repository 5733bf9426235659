#pragma once

// The one place where an embed token is believed. Everything PRODUCT.md section 3 lists is checked
// here, in order, and each check has its own code. Thread-safe.

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "auth/api_keys.h"
#include "auth/claims.h"
#include "auth/embed_token.h"
#include "auth/generational_cache.h"
#include "auth/revocations.h"
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
  base::SigningKeyId signing_key;
  model::TokenForm form;
};

/// The signing key under which a token really is, be it believed any more or not.
struct TokenSigner {
  base::SigningKeyId id;
  base::OrgId organization;
  SigningKeyStatus status;
};

/// What is known of a token: who signed what, and why it may not be used.
struct Inspection {
  /// Null when the signature is not ours, or of a key that verifies nothing any more.
  std::shared_ptr<const AuthenticToken> authentic;
  std::shared_ptr<const KnownKey> api_key;              ///< Null when unknown.
  std::shared_ptr<const TokenRevocations> revocations;  ///< Null when unknown.
  std::vector<base::Error> reasons;  ///< All that hold, the first is the answer. None: active.
  std::optional<model::TokenForm> form = {};  ///< Nothing for what is no token.
  /// Nothing when the signature is not ours. Its organization alone may be told of it.
  std::optional<TokenSigner> signer = {};

  [[nodiscard]] bool active() const { return authentic != nullptr && reasons.empty(); }
};

struct VerifierOptions {
  std::chrono::seconds lifetime_max;
  std::vector<std::string> own_origins;  ///< Of this server, where previews run.
};

inline constexpr std::size_t kVerifiedTokensKept = 10'000;

/// What a token gets that none of our keys signed.
[[nodiscard]] base::Error unknown_key_error();

class TokenVerifier {
 public:
  TokenVerifier(SigningKeys& signing_keys, ApiKeys& api_keys, Revocations& revocations,
                store::OrganizationViews& views, const base::Clock& clock, VerifierOptions options)
      : signing_keys_(signing_keys),
        api_keys_(api_keys),
        revocations_(revocations),
        views_(views),
        clock_(clock),
        options_(std::move(options)) {}

  /// The principal of an active token used from `origin` (the request's Origin header).
  [[nodiscard]] base::Result<model::Principal> verify(std::string_view token,
                                                      std::optional<std::string_view> origin);

  /// Whether `inspect` would answer from memory now. Does not wait.
  [[nodiscard]] bool is_at_hand(std::string_view token);

  /// All but the origin, without making a principal. For introspection.
  [[nodiscard]] Inspection inspect(std::string_view token);

  /// The principal of a token as it was inspected, wherever it is used; the first reason against it
  /// where there is one.
  [[nodiscard]] base::Result<model::Principal> holder_of(const Inspection& inspection);

 private:
  using Authentic = std::shared_ptr<const AuthenticToken>;
  /// Whose token it is, from the cache or from its text. What is learned on the way is kept in
  /// `inspection`.
  [[nodiscard]] base::Result<Authentic> authenticate(std::string_view token,
                                                     Inspection& inspection);
  [[nodiscard]] base::Result<Authentic> check_signature(std::string_view token,
                                                        const SigningKeys::Set& keys,
                                                        Inspection& inspection) const;
  [[nodiscard]] Authentic find_cached(const std::string& hash,
                                      const std::shared_ptr<const SigningKeys::Set>& keys);
  void remember(const std::string& hash, const std::shared_ptr<const SigningKeys::Set>& keys,
                const Authentic& authentic);
  /// Fills in what the token's state is and every reason against it. An error where the state can
  /// not be known.
  [[nodiscard]] base::Result<base::Done> check_state(Inspection& inspection);

  SigningKeys& signing_keys_;
  ApiKeys& api_keys_;
  Revocations& revocations_;
  store::OrganizationViews& views_;
  const base::Clock& clock_;
  VerifierOptions options_;

  /// Signatures that were found right, by SHA-256 of the token and under one set of keys. Whether a
  /// token is still valid, and whether its key still verifies, is never cached.
  std::mutex cache_mutex_;
  std::shared_ptr<const SigningKeys::Set> cache_keys_;
  GenerationalCache<AuthenticToken> cache_{kVerifiedTokensKept};
};

}  // namespace auth
