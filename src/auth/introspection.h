#pragma once

// What a token is, for machines (RFC 7662) and for the people of its organization.

#include <optional>
#include <string_view>

#include "auth/token_verifier.h"
#include "base/json.h"
#include "store/organization_view.h"

namespace auth {

/// Whose tokens may be told of.
struct IntrospectionReach {
  const base::OrgId& organization;
  std::optional<model::Environment> environment;  ///< A key's own; nothing: both.
  std::optional<base::ApiKeyId> minted_by;        ///< A child key's own; nothing: any.
};
[[nodiscard]] IntrospectionReach reach_of(const model::ApiKey& key);

/// RFC 7662 section 2.2. Every token that is not active, and every token out of reach, gives
/// exactly {"active": false}.
[[nodiscard]] base::json::value introspect_for_machines(TokenVerifier& verifier,
                                                        const IntrospectionReach& reach,
                                                        std::string_view token);

/// The explaining form: a verdict, every reason, the claims, the key that minted it, what revokes
/// it, what it reaches, time left. A token out of reach explains no more than one that was signed
/// elsewhere.
[[nodiscard]] base::json::value explain_token(TokenVerifier& verifier,
                                              const IntrospectionReach& reach,
                                              const store::OrganizationView& view,
                                              std::string_view token, base::Seconds now);

/// A token of `reach` and whether it is active, for revoking it. Null for any other.
[[nodiscard]] std::shared_ptr<const AuthenticToken> find_token_in_reach(
    TokenVerifier& verifier, const IntrospectionReach& reach, std::string_view token);

/// The holder of an active token of `reach`, for those of its organization who look at content with
/// it: the origin does not count. The verifier's codes; kTokenUnknownKey for a token out of reach.
[[nodiscard]] base::Result<model::Principal> find_holder(TokenVerifier& verifier,
                                                         const IntrospectionReach& reach,
                                                         std::string_view token);

[[nodiscard]] base::json::object render_revocation(const model::Revocation& revocation);

}  // namespace auth
