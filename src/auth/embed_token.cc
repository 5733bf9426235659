#include "auth/embed_token.h"

#include <algorithm>

namespace auth {
namespace {

using base::Code;
using base::Error;
using base::Result;

constexpr std::ptrdiff_t kJweDots = 4;

Result<Claims> read_claims(std::string_view payload) {
  const auto parsed = base::parse_json(payload);
  if (parsed) return parse_claims(*parsed);
  return Error{Code::kTokenMalformed, "A claim of the token is missing or malformed.",
               parsed.error().what};
}

}  // namespace

std::string issue_embed_token(const Claims& claims, const SigningKey& key, model::TokenForm form) {
  base::JsonScratch scratch;
  const std::string payload = base::render_json(render_claims(claims, scratch.storage()));
  if (form == model::TokenForm::kEncrypted) return encrypt_jwe(payload, key, claims.api_key);
  return sign_jws(payload, key);
}

Result<UnverifiedToken> parse_embed_token(std::string_view token) {
  if (token.size() > kMaxTokenBytes) return Error{Code::kTokenTooLarge, "The token is too large."};
  if (std::ranges::count(token, '.') == kJweDots) {
    ASSIGN_OR_RETURN(UnverifiedJwe encrypted, parse_jwe(token));
    return UnverifiedToken(std::move(encrypted));
  }
  ASSIGN_OR_RETURN(UnverifiedJws with_signature, parse_jws(token));
  return UnverifiedToken(std::move(with_signature));
}

model::TokenForm form_of(const UnverifiedToken& token) {
  return std::holds_alternative<UnverifiedJwe>(token) ? model::TokenForm::kEncrypted
                                                      : model::TokenForm::kSigned;
}

const std::string& signing_key_id_of(const UnverifiedToken& token) {
  return std::visit([](const auto& each) -> const std::string& { return each.signing_key_id; },
                    token);
}

Result<Claims> open_embed_token(const UnverifiedToken& token, const SigningKey& key) {
  if (const auto* with_signature = std::get_if<UnverifiedJws>(&token)) {
    ASSIGN_OR_RETURN(const std::string payload, open_jws(*with_signature, key));
    return read_claims(payload);
  }
  const auto& encrypted = std::get<UnverifiedJwe>(token);
  ASSIGN_OR_RETURN(const std::string payload, open_jwe(encrypted, key));
  ASSIGN_OR_RETURN(Claims claims, read_claims(payload));
  if (claims.api_key == encrypted.api_key) return claims;
  return Error{Code::kTokenWrongIssuer, "The token names another API key than its header."};
}

}  // namespace auth
