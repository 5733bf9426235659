#include "auth/embed_token.h"

#include "base/base64url.h"
#include "crypto/ed25519.h"

namespace auth {
namespace {

namespace json = base::json;
using base::Code;
using base::Done;
using base::Error;
using base::Result;

constexpr std::string_view kAlgorithm = "EdDSA";
constexpr std::size_t kMaxKeyIdBytes = 64;

Error malformed(std::string detail) {
  return {Code::kTokenMalformed, "This is not a well-formed embed token.", std::move(detail)};
}

Result<std::string> read_header(const std::string& text) {
  auto parsed = base::parse_json(text);
  if (!parsed) return malformed("header: " + parsed.error().what);
  base::ObjectReader reader(*parsed, "header");
  const std::string algorithm = reader.required_string("alg");
  const std::string type = reader.required_string("typ");
  std::string key_id = reader.required_string("kid", kMaxKeyIdBytes);
  if (auto finished = reader.finish(); !finished) {
    return malformed(finished.error().field + ": " + finished.error().what);
  }
  if (algorithm != kAlgorithm || type != kTokenType) {
    return Error{Code::kTokenWrongType, "This is not an embed token of Aracari."};
  }
  return key_id;
}

}  // namespace

std::string sign_embed_token(const Claims& claims, const SigningKey& key) {
  base::JsonScratch scratch;
  const json::value header({{"alg", kAlgorithm}, {"typ", kTokenType}, {"kid", key.id.text()}},
                           scratch.storage());
  std::string token = base::render_base64url(base::render_json(header));
  token += '.';
  token += base::render_base64url(base::render_json(render_claims(claims, scratch.storage())));
  const std::string signature = crypto::sign_ed25519(token, key.private_key);
  token += '.';
  token += base::render_base64url(signature);
  return token;
}

Result<UnverifiedToken> parse_embed_token(std::string_view token) {
  if (token.size() > kMaxTokenBytes) return Error{Code::kTokenTooLarge, "The token is too large."};
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return malformed("not three parts");
  }
  const auto header = base::parse_base64url(token.substr(0, first));
  auto payload = base::parse_base64url(token.substr(first + 1, second - first - 1));
  auto signature = base::parse_base64url(token.substr(second + 1));
  if (!header || !payload || !signature) return malformed("not base64url");
  ASSIGN_OR_RETURN(std::string key_id, read_header(*header));
  return UnverifiedToken{std::move(key_id), token.substr(0, second), std::move(*signature),
                         std::move(*payload)};
}

}  // namespace auth
