#include "auth/token_verifier.h"

#include <algorithm>

#include <fmt/format.h>

#include "auth/origin.h"
#include "auth/principal_factory.h"
#include "auth/token_issuer.h"
#include "crypto/hash.h"

namespace auth {
namespace {

using base::Code;
using base::Error;
using base::Result;

constexpr std::size_t kCacheTokens = 10'000;

/// The same sentence whether the key is a stranger's or was ours: an organization that asks about
/// another one's token is to learn nothing.
Error signed_elsewhere(std::string detail) {
  return {Code::kTokenUnknownKey, "The token was signed elsewhere.", std::move(detail)};
}

/// The attributes of a token by the registered types. One that is unregistered or no longer of its
/// registered type is left out, so a rule that needs it refuses.
model::AttributeValues typed_attributes(const base::json::object& attributes,
                                        const store::OrganizationView& view) {
  model::AttributeValues typed;
  for (const auto& member : attributes) {
    const auto registered = view.attributes.find(std::string_view(member.key()));
    if (registered == view.attributes.end()) continue;
    auto value = parse_attribute_value(member.value(), registered->second);
    if (value) typed.emplace(registered->first, std::move(*value));
  }
  return typed;
}

}  // namespace

Result<TokenVerifier::Authentic> TokenVerifier::check_signature(std::string_view token,
                                                                const SigningKeys::Set& keys,
                                                                Inspection& inspection) const {
  ASSIGN_OR_RETURN(const UnverifiedToken unverified, parse_embed_token(token));
  inspection.form = form_of(unverified);
  const auto key = keys.find(signing_key_id_of(unverified));
  if (key == keys.end()) return signed_elsewhere("unknown kid");
  const SigningKey& signer = key->second;
  ASSIGN_OR_RETURN(Claims claims, open_embed_token(unverified, signer));
  if (claims.issuer != issuer_of(signer.organization, signer.environment) ||
      claims.organization != signer.organization || claims.environment != signer.environment) {
    return Error{Code::kTokenWrongIssuer, "The token names another issuer than its signature."};
  }
  if (claims.audience != audience_of(signer.environment)) {
    return Error{Code::kTokenWrongAudience, "The token is for another audience."};
  }
  return std::make_shared<const AuthenticToken>(
      AuthenticToken{std::move(claims), signer.organization, signer.id, form_of(unverified)});
}

TokenVerifier::Authentic TokenVerifier::find_cached(
    const std::string& hash, const std::shared_ptr<const SigningKeys::Set>& keys) {
  const std::scoped_lock lock(cache_mutex_);
  if (cache_keys_ != keys) return nullptr;
  const auto found = cache_.find(hash);
  return found == cache_.end() ? nullptr : found->second;
}

void TokenVerifier::remember(const std::string& hash,
                             const std::shared_ptr<const SigningKeys::Set>& keys,
                             const Authentic& authentic) {
  const std::scoped_lock lock(cache_mutex_);
  if (cache_keys_ != keys || cache_.size() >= kCacheTokens) cache_.clear();
  cache_keys_ = keys;
  cache_.insert_or_assign(hash, authentic);
}

Result<TokenVerifier::Authentic> TokenVerifier::authenticate(std::string_view token,
                                                             Inspection& inspection) {
  if (token.size() > kMaxTokenBytes) return Error{Code::kTokenTooLarge, "The token is too large."};
  ASSIGN_OR_RETURN(const std::shared_ptr<const SigningKeys::Set> keys, signing_keys_.get());
  const std::string hash = crypto::sha256(token);
  Authentic authentic = find_cached(hash, keys);
  if (authentic == nullptr) {
    ASSIGN_OR_RETURN(authentic, check_signature(token, *keys, inspection));
    remember(hash, keys, authentic);
  }
  const SigningKey& signer = keys->at(authentic->signing_key.text());
  const SigningKeyStatus status = status_at(signer.times, clock_.now());
  inspection.form = authentic->form;
  inspection.signer = {signer.id, signer.organization, status};
  if (!verifies(status)) return signed_elsewhere("the signing key is retired or revoked");
  return authentic;
}

std::optional<Error> TokenVerifier::check_times(const Claims& claims) const {
  const base::Seconds now = clock_.now();
  if (claims.expires_at <= claims.issued_at ||
      claims.expires_at - claims.issued_at > options_.lifetime_max) {
    return Error{Code::kTokenLifetime, "The token lives longer than this server allows."};
  }
  if (claims.not_before > now + kClockSkew || claims.issued_at > now + kClockSkew) {
    return Error{Code::kTokenNotYetValid, fmt::format("The token is valid from {} on.",
                                                      base::render_time(claims.not_before))};
  }
  if (claims.expires_at <= now) {
    return Error{Code::kTokenExpired, fmt::format("The token expired {} ago.",
                                                  base::render_span(now - claims.expires_at))};
  }
  return std::nullopt;
}

std::optional<Error> TokenVerifier::check_state(const AuthenticToken& token,
                                                std::shared_ptr<const model::ApiKey>& key) {
  auto found = api_keys_.find(token.organization, token.claims.api_key);
  if (!found) return std::move(found).error();
  key = *found;
  if (key == nullptr || key->environment != token.claims.environment) {
    return Error{Code::kTokenKeyRevoked, "The API key that minted the token does not exist."};
  }
  if (key->revoked_at) {
    return Error{Code::kTokenKeyRevoked, "The API key that minted the token was revoked."};
  }
  if (key->expires_at && *key->expires_at <= clock_.now()) {
    return Error{Code::kTokenKeyRevoked, "The API key that minted the token has expired."};
  }
  const auto view = views_.get(token.organization);
  if (!view) return view.error();
  if (!(*view)->organization.active) {
    return Error{Code::kOrganizationInactive, "The token's organization is not active."};
  }
  return check_times(token.claims);
}

Inspection TokenVerifier::inspect(std::string_view token) {
  Inspection inspection;
  auto authentic = authenticate(token, inspection);
  if (!authentic) {
    inspection.refusal = std::move(authentic).error();
    return inspection;
  }
  inspection.authentic = *authentic;
  inspection.refusal = check_state(**authentic, inspection.api_key);
  return inspection;
}

Result<model::Principal> TokenVerifier::verify(std::string_view token,
                                               std::optional<std::string_view> origin) {
  Inspection inspection = inspect(token);
  if (inspection.refusal) return std::move(*inspection.refusal);
  const Claims& claims = inspection.authentic->claims;
  ASSIGN_OR_RETURN(const auto view, views_.get(inspection.authentic->organization));
  RETURN_IF_ERROR(check_origin(
      origin, {options_.own_origins, view->origins, claims.environment, claims.origins}));
  return PrincipalFactory::for_embed(
      claims.organization, claims.role,
      {claims.distinct_id, claims.token_id, claims.api_key, claims.environment, claims.expires_at,
       typed_attributes(claims.attributes, *view), claims.permissions, claims.resources});
}

}  // namespace auth
