#include "auth/token_verifier.h"

#include <algorithm>
#include <array>

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

/// What an authentic token's state is decided from.
struct TokenState {
  const Claims& claims;
  model::TokenForm form;
  const KnownKey* key;
  const model::Organization& organization;
  const std::vector<model::Revocation>& revocations;
  std::chrono::seconds lifetime_max;
  base::Seconds now;
};
using Reason = std::optional<Error>;

Reason check_key(const TokenState& state) {
  const auto ended = [](std::string_view why) {
    return Error{Code::kTokenKeyRevoked, fmt::format("The API key that minted the token {}.", why)};
  };
  if (state.key == nullptr || state.key->key.environment != state.claims.environment) {
    return ended("does not exist");
  }
  switch (state.key->state(state.now)) {
    case model::KeyState::kActive: return std::nullopt;
    case model::KeyState::kExpired: return ended("has expired");
    case model::KeyState::kRevoked: return ended("was revoked");
    case model::KeyState::kParentEnded: break;
  }
  return ended("has a parent that has ended");
}

/// Whoever chose encrypted tokens for a key wants none that a browser can read, whatever signed it.
Reason check_form(const TokenState& state) {
  const bool readable = state.form == model::TokenForm::kSigned;
  const bool wanted =
      state.key == nullptr || state.key->key.token_form == model::TokenForm::kSigned;
  if (!readable || wanted) return std::nullopt;
  return Error{Code::kTokenWrongType, "The API key gives encrypted tokens only."};
}

Reason check_organization(const TokenState& state) {
  if (state.organization.active) return std::nullopt;
  return Error{Code::kOrganizationInactive, "The token's organization is not active."};
}

Reason check_revocations(const TokenState& state) {
  if (state.revocations.empty()) return std::nullopt;
  return Error{Code::kTokenRevoked, "The token was revoked."};
}

Reason check_lifetime(const TokenState& state) {
  const std::chrono::seconds lifetime = state.claims.expires_at - state.claims.issued_at;
  if (lifetime > std::chrono::seconds(0) && lifetime <= state.lifetime_max) return std::nullopt;
  return Error{Code::kTokenLifetime, "The token lives longer than this server allows."};
}

Reason check_begin(const TokenState& state) {
  const base::Seconds latest = state.now + kClockSkew;
  if (state.claims.not_before <= latest && state.claims.issued_at <= latest) return std::nullopt;
  return Error{Code::kTokenNotYetValid, fmt::format("The token is valid from {} on.",
                                                    base::render_time(state.claims.not_before))};
}

Reason check_end(const TokenState& state) {
  if (state.claims.expires_at > state.now) return std::nullopt;
  return Error{Code::kTokenExpired,
               fmt::format("The token expired {} ago.",
                           base::render_span(state.now - state.claims.expires_at))};
}

/// In the order in which an answer helps most.
constexpr std::array kStateChecks = {&check_key,         &check_form,     &check_organization,
                                     &check_revocations, &check_lifetime, &check_begin,
                                     &check_end};

/// The content of one kind that the token no longer reaches.
template <typename Id>
std::set<Id> revoked_ids(const TokenRevocations& revocations, model::RevocationKind kind) {
  std::set<Id> ids;
  for (const model::Revocation& revocation : revocations.of_content) {
    if (revocation.kind == kind) ids.insert(Id(revocation.subject));
  }
  return ids;
}

}  // namespace

Error unknown_key_error() { return signed_elsewhere({}); }

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
  return cache_.find(hash);
}

void TokenVerifier::remember(const std::string& hash,
                             const std::shared_ptr<const SigningKeys::Set>& keys,
                             const Authentic& authentic) {
  const std::scoped_lock lock(cache_mutex_);
  if (cache_keys_ != keys) cache_.clear();
  cache_keys_ = keys;
  cache_.insert(hash, authentic);
}

bool TokenVerifier::is_at_hand(std::string_view token) {
  if (token.size() > kMaxTokenBytes) return true;
  if (!signing_keys_.is_at_hand()) return false;
  const auto keys = signing_keys_.get();
  if (!keys) return false;
  const Authentic authentic = find_cached(crypto::sha256(token), *keys);
  return authentic != nullptr && api_keys_.is_at_hand(authentic->claims.api_key) &&
         revocations_.is_at_hand(authentic->claims) && views_.is_at_hand(authentic->organization);
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

Result<base::Done> TokenVerifier::check_state(Inspection& inspection) {
  const AuthenticToken& token = *inspection.authentic;
  ASSIGN_OR_RETURN(inspection.api_key, api_keys_.find(token.organization, token.claims.api_key));
  ASSIGN_OR_RETURN(inspection.revocations, revocations_.find(token.claims));
  ASSIGN_OR_RETURN(const auto view, views_.get(token.organization));
  const TokenState state{token.claims,
                         token.form,
                         inspection.api_key.get(),
                         view->organization,
                         inspection.revocations->of_token,
                         options_.lifetime_max,
                         clock_.now()};
  for (const auto check : kStateChecks) {
    if (auto reason = check(state)) inspection.reasons.push_back(*std::move(reason));
  }
  return base::Done{};
}

Inspection TokenVerifier::inspect(std::string_view token) {
  Inspection inspection;
  auto authentic = authenticate(token, inspection);
  if (!authentic) {
    inspection.reasons.push_back(std::move(authentic).error());
    return inspection;
  }
  inspection.authentic = *std::move(authentic);
  if (auto checked = check_state(inspection); !checked) {
    inspection.reasons.insert(inspection.reasons.begin(), std::move(checked).error());
  }
  return inspection;
}

Result<model::Principal> TokenVerifier::verify(std::string_view token,
                                               std::optional<std::string_view> origin) {
  const Inspection inspection = inspect(token);
  if (!inspection.reasons.empty()) return inspection.reasons.front();
  const Claims& claims = inspection.authentic->claims;
  ASSIGN_OR_RETURN(const auto view, views_.get(inspection.authentic->organization));
  RETURN_IF_ERROR(check_origin(
      origin, {options_.own_origins, view->origins, claims.environment, claims.origins}));
  return holder_of(inspection);
}

Result<model::Principal> TokenVerifier::holder_of(const Inspection& inspection) {
  if (!inspection.active()) return inspection.reasons.front();
  const Claims& claims = inspection.authentic->claims;
  ASSIGN_OR_RETURN(const auto view, views_.get(inspection.authentic->organization));
  return PrincipalFactory::for_embed(
      claims.organization, claims.role,
      {claims.distinct_id, claims.token_id, claims.api_key, claims.environment, claims.expires_at,
       typed_attributes(claims.attributes, *view), claims.permissions, claims.resources,
       revoked_ids<base::DashboardId>(*inspection.revocations, model::RevocationKind::kDashboard),
       revoked_ids<base::ChartId>(*inspection.revocations, model::RevocationKind::kChart)});
}

}  // namespace auth
