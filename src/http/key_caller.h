#pragma once

// Routes that a backend calls with `x-api-key`: authenticate, count against the key's rate, answer.

#include <functional>

#include "auth/api_keys.h"
#include "http/handlers.h"

namespace http {

using KeyBody = std::function<base::Result<base::json::value>(const auth::KnownKey&)>;

/// `body`'s JSON with `status`, or a problem, with the RateLimit headers of
/// draft-ietf-httpapi-ratelimit-headers-10. A child's requests count against its parent, too,
/// unless they are refused.
[[nodiscard]] Response respond_to_key(Services& services, const Request& request,
                                      model::Scope scope, const KeyBody& body, int status = 200);

/// The same for the endpoints of OAuth 2.0 (RFC 7009, RFC 7662). Their clients may also send the
/// key as the password of HTTP Basic (`client_secret_basic`, RFC 6749 section 2.3.1), whose user
/// name, if any, does not count. kInvalidBody for both at once, as that section asks; a 401 names
/// both. No browser is offered Basic, and of one that sends it for another site's page it is
/// refused (kCrossSite): a browser adds by itself what somebody once typed.
[[nodiscard]] Response respond_to_client(Services& services, const Request& request,
                                         model::Scope scope, const KeyBody& body);

/// For AtHand of such routes: whether the key is in memory, and `rest` says the same of all else.
/// What is refused without a look-up (no key, none of the right form) is at hand.
using KeyRest = std::function<bool(const auth::KnownKey&)>;
[[nodiscard]] bool is_key_at_hand(Services& services, const Request& request, const KeyRest& rest);
[[nodiscard]] bool is_client_at_hand(Services& services, const Request& request,
                                     const KeyRest& rest);

/// The key as the audit log names it.
[[nodiscard]] model::Actor actor_of(const model::ApiKey& key, const Request& request);

}  // namespace http
