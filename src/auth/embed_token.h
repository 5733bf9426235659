#pragma once

// The compact text of embed tokens in both forms: signed (token_jws.h) and encrypted (token_jwe.h).
// The number of parts tells which one a text claims to be; the algorithms of each are fixed, and a
// header can not choose. Reading one proves nothing; token_verifier.h does. Thread-safe.

#include <string>
#include <string_view>
#include <variant>

#include "auth/claims.h"
#include "auth/signing_keys.h"
#include "auth/token_jwe.h"
#include "auth/token_jws.h"
#include "base/result.h"
#include "model/account.h"

namespace auth {

inline constexpr std::size_t kMaxTokenBytes = 8192;

/// The token of `claims` under `key`, which belongs to their organization and environment.
[[nodiscard]] std::string issue_embed_token(const Claims& claims, const SigningKey& key,
                                            model::TokenForm form);

/// A token before anything is believed. Views point into its text.
using UnverifiedToken = std::variant<UnverifiedJws, UnverifiedJwe>;

/// kTokenMalformed, kTokenWrongType, kTokenTooLarge.
[[nodiscard]] base::Result<UnverifiedToken> parse_embed_token(std::string_view token);

[[nodiscard]] model::TokenForm form_of(const UnverifiedToken& token);
[[nodiscard]] const std::string& signing_key_id_of(const UnverifiedToken& token);

/// The claims when `key` signed or encrypted them, whoever and whenever they are for. Those of an
/// encrypted token are of the API key that its header names. kTokenSignatureInvalid,
/// kTokenUnknownKey, kTokenMalformed, kTokenWrongIssuer.
[[nodiscard]] base::Result<Claims> open_embed_token(const UnverifiedToken& token,
                                                    const SigningKey& key);

}  // namespace auth
