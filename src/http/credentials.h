#pragma once

// From a request's credential to who is asking. Used by handlers before anything else.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "catalog/caller.h"
#include "http/message.h"
#include "http/services.h"
#include "model/principal.h"

namespace http {

/// The session's secret from the cookie.
[[nodiscard]] std::optional<std::string_view> session_secret(const Request& request);

/// `Set-Cookie` values: HttpOnly, SameSite=Strict, Secure when the public URL is https.
[[nodiscard]] std::string session_cookie(const Services& services, const base::Secret& secret);
[[nodiscard]] std::string expired_session_cookie(const Services& services);

/// The signed-in user. kNotSignedIn.
[[nodiscard]] base::Result<model::Principal> require_user(Services& services,
                                                          const Request& request);

/// The same with what the audit log keeps of who asks. kNotSignedIn.
[[nodiscard]] base::Result<catalog::Caller> require_caller(Services& services,
                                                           const Request& request);

/// The verified embed token in `Authorization: Bearer`, or without that header the signed-in user
/// on our own pages. kTokenMissing, kNotSignedIn, kCrossSite and the verifier's codes.
[[nodiscard]] base::Result<model::Principal> require_viewer(Services& services,
                                                            const Request& request);

/// kUnsupportedMediaType unless the body is declared as `media_type`.
[[nodiscard]] base::Result<base::Done> require_media_type(const Request& request,
                                                          std::string_view media_type);

/// The request's body as JSON. kUnsupportedMediaType, kInvalidJson.
[[nodiscard]] base::Result<base::json::value> require_json(const Request& request);

/// True when the request has no Origin or the one of the page's own host.
[[nodiscard]] bool is_from_own_page(const Request& request);

}  // namespace http
