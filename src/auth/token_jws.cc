#include "auth/token_jws.h"

#include "auth/token_parts.h"
#include "base/base64url.h"
#include "crypto/ed25519.h"

namespace auth {
namespace {

using base::Code;
using base::Error;
using base::Result;

constexpr std::string_view kAlgorithm = "EdDSA";

Result<std::string> read_key_id(const std::string& text) {
  ASSIGN_OR_RETURN(const base::json::value header, parse_header(text));
  base::ObjectReader reader(header, "header");
  const std::string algorithm = reader.required_string("alg");
  const std::string type = reader.required_string("typ");
  std::string key_id = reader.required_string("kid", kMaxKeyIdBytes);
  RETURN_IF_ERROR(finish_header(reader));
  if (algorithm != kAlgorithm || type != kTokenType) return wrong_type();
  return key_id;
}

}  // namespace

std::string sign_jws(std::string_view payload, const SigningKey& key) {
  const base::json::value header{{"alg", kAlgorithm}, {"typ", kTokenType}, {"kid", key.id.text()}};
  std::string token = base::render_base64url(base::render_json(header));
  token += '.';
  token += base::render_base64url(payload);
  const std::string signature = crypto::sign_ed25519(token, key.private_key);
  token += '.';
  token += base::render_base64url(signature);
  return token;
}

Result<UnverifiedJws> parse_jws(std::string_view token) {
  const auto parts = split_parts<3>(token);
  if (!parts) return malformed("not three parts");
  const auto header = base::parse_base64url((*parts)[0]);
  auto payload = base::parse_base64url((*parts)[1]);
  auto signature = base::parse_base64url((*parts)[2]);
  if (!header || !payload || !signature) return malformed("not base64url");
  ASSIGN_OR_RETURN(std::string key_id, read_key_id(*header));
  return UnverifiedJws{std::move(key_id), token.substr(0, token.rfind('.')), std::move(*payload),
                       std::move(*signature)};
}

Result<std::string> open_jws(const UnverifiedJws& token, const SigningKey& key) {
  if (crypto::verify_ed25519(token.signing_input, token.signature, key.public_key)) {
    return token.payload;
  }
  return Error{Code::kTokenSignatureInvalid, "The token was altered: its signature is wrong."};
}

}  // namespace auth
