#pragma once

// What a token is, for machines (RFC 7662) and for the people of its organization.

#include <string_view>

#include "auth/token_verifier.h"
#include "base/json.h"

namespace auth {

/// RFC 7662 section 2.2. Every token that is not active, and every token of another organization,
/// gives exactly {"active": false}.
[[nodiscard]] base::json::value introspect_for_machines(TokenVerifier& verifier,
                                                        const base::OrgId& organization,
                                                        std::string_view token);

/// The explaining form: a verdict, its code, the claims, the key that minted it, time left. A token
/// of another organization explains no more than one that was signed elsewhere.
[[nodiscard]] base::json::value explain_token(TokenVerifier& verifier,
                                              const base::OrgId& organization,
                                              std::string_view token, base::Seconds now);

}  // namespace auth
