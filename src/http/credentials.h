#pragma once

// From a request's credential to who is asking. Used by handlers before anything else.

#include <optional>
#include <string>
#include <string_view>

#include "auth/sessions.h"
#include "base/json.h"
#include "base/result.h"
#include "base/secret.h"
#include "catalog/caller.h"
#include "http/message.h"
#include "http/services.h"
#include "model/principal.h"

namespace http {

/// The session's secret from the cookie.
[[nodiscard]] std::optional<std::string_view> session_secret(const Services& services,
                                                             const Request& request);

/// `Set-Cookie` values: HttpOnly, SameSite=Strict. When the public URL is https also Secure and
/// named `__Host-…`, so that no neighbouring host and no plain http page can set it (RFC 6265bis
/// section 4.1.3.2); then a cookie of the plain name is not read.
[[nodiscard]] std::string session_cookie(const Services& services, const base::Secret& secret);
[[nodiscard]] std::string expired_session_cookie(const Services& services);

/// The signed-in user. kNotSignedIn.
[[nodiscard]] base::Result<model::Principal> require_user(Services& services,
                                                          const Request& request);

/// The signed-in user with the session that proves it. kNotSignedIn.
[[nodiscard]] base::Result<auth::SignedIn> require_session(Services& services,
                                                           const Request& request);

/// The signed-in user as the audit log will name them. kNotSignedIn.
[[nodiscard]] base::Result<catalog::Caller> require_caller(Services& services,
                                                           const Request& request);

/// The token of `Authorization: Bearer`, not looked at.
[[nodiscard]] std::optional<std::string_view> bearer_token(const Request& request);

/// The page on which an embed is shown: the request's Origin, or the page around our own frame
/// page, which asks in its own name and says who frames it (`aracari-framed-by`). Pages of other
/// origins can not send that header, because no preflight allows it.
[[nodiscard]] std::optional<std::string_view> embedding_origin(const Request& request);

/// The password of `Authorization: Basic` (RFC 7617), empty where it is malformed, and nothing
/// where the header is of another scheme or missing.
[[nodiscard]] std::optional<std::string> basic_password(const Request& request);

/// The verified embed token in `Authorization: Bearer`, or without that header the signed-in user
/// on our own pages. kTokenMissing, kNotSignedIn, kCrossSite, the verifier's codes, and
/// kTooManyRequests for sandbox tokens.
[[nodiscard]] base::Result<model::Principal> require_viewer(Services& services,
                                                            const Request& request);

/// A body's "token" may be larger than any token, to be told so.
inline constexpr std::size_t kMaxTokenMemberBytes = 64 * 1024;

/// Whose eyes `asker` looks through: those of the holder of `token`, which only makers may give and
/// which has to be an active one of their organization, from wherever; else their own. kForbidden;
/// the verifier's codes.
[[nodiscard]] base::Result<model::Principal> holder_for(Services& services,
                                                        const model::Principal& asker,
                                                        const std::optional<std::string>& token);

/// kUnsupportedMediaType unless the body is declared as `media_type`.
[[nodiscard]] base::Result<base::Done> require_media_type(const Request& request,
                                                          std::string_view media_type);

/// The request's body as JSON. kUnsupportedMediaType, kInvalidJson.
[[nodiscard]] base::Result<base::json::value> require_json(const Request& request);

/// True when the request has no Origin, or the one of the page's own host by the scheme of the
/// public URL. Where that is http, https is taken, too: whoever has a certificate for the host is
/// the host.
[[nodiscard]] bool is_from_own_page(const Services& services, const Request& request);

/// False when the browser says that another site's page sends this, or none (`Sec-Fetch-Site`; W3C
/// Fetch Metadata). Browsers that say nothing, and programs, are left to is_from_own_page.
[[nodiscard]] bool is_fetched_by_own_page(const Request& request);

}  // namespace http
