#include "auth/token_jwe.h"

#include "auth/token_parts.h"
#include "base/base64url.h"
#include "crypto/aes_gcm.h"
#include "crypto/hkdf.h"

namespace auth {
namespace {

using base::Code;
using base::Error;
using base::Result;

constexpr std::string_view kAlgorithm = "dir";
constexpr std::string_view kEncryption = "A256GCM";
constexpr std::string_view kContentKeyLabel = "aracari embed token A256GCM v1 ";
constexpr std::size_t kSeedBytes = 32;
constexpr std::size_t kContentKeyBytes = 32;
constexpr std::size_t kVectorBytes = 12;
constexpr std::size_t kTagBytes = 16;

/// The first half of libsodium's private key is the seed (RFC 8032 section 5.1.5).
base::Secret content_key(const SigningKey& key, const base::ApiKeyId& api_key) {
  const base::Secret seed(key.private_key.reveal_secret().substr(0, kSeedBytes));
  return crypto::hkdf_sha256(seed, "", std::string(kContentKeyLabel) + api_key.text(),
                             kContentKeyBytes);
}

struct KeyIds {
  std::string signing_key;
  std::string api_key;
};

Result<KeyIds> read_key_ids(const std::string& text) {
  ASSIGN_OR_RETURN(const base::json::value header, parse_header(text));
  base::ObjectReader reader(header, "header");
  const std::string algorithm = reader.required_string("alg");
  const std::string encryption = reader.required_string("enc");
  const std::string type = reader.required_string("typ");
  const std::string key_id = reader.required_string("kid", kMaxKeyIdBytes);
  RETURN_IF_ERROR(finish_header(reader));
  if (algorithm != kAlgorithm || encryption != kEncryption || type != kTokenType) {
    return wrong_type();
  }
  const auto ids = split_parts<2>(key_id);
  if (!ids || (*ids)[0].empty() || (*ids)[1].empty()) return malformed("kid");
  return KeyIds{std::string((*ids)[0]), std::string((*ids)[1])};
}

}  // namespace

std::string encrypt_jwe(std::string_view payload, const SigningKey& key,
                        const base::ApiKeyId& api_key) {
  const base::json::value header{{"alg", kAlgorithm},
                                 {"enc", kEncryption},
                                 {"typ", kTokenType},
                                 {"kid", key.id.text() + "." + api_key.text()}};
  std::string token = base::render_base64url(base::render_json(header));
  const std::string sealed =
      crypto::seal_aes_gcm(base::Secret(std::string(payload)), content_key(key, api_key), token);
  const std::string_view view = sealed;
  const std::size_t cipher_bytes = view.size() - kVectorBytes - kTagBytes;
  token += "..";
  token += base::render_base64url(view.substr(0, kVectorBytes));
  token += '.';
  token += base::render_base64url(view.substr(kVectorBytes, cipher_bytes));
  token += '.';
  token += base::render_base64url(view.substr(kVectorBytes + cipher_bytes));
  return token;
}

Result<UnverifiedJwe> parse_jwe(std::string_view token) {
  const auto parts = split_parts<5>(token);
  if (!parts) return malformed("not five parts");
  if (!(*parts)[1].empty()) return malformed("an encrypted key");
  const auto header = base::parse_base64url((*parts)[0]);
  auto vector = base::parse_base64url((*parts)[2]);
  auto ciphertext = base::parse_base64url((*parts)[3]);
  auto tag = base::parse_base64url((*parts)[4]);
  if (!header || !vector || !ciphertext || !tag) return malformed("not base64url");
  ASSIGN_OR_RETURN(KeyIds ids, read_key_ids(*header));
  if (vector->size() != kVectorBytes || tag->size() != kTagBytes) return malformed("sizes");
  return UnverifiedJwe{std::move(ids.signing_key),
                       base::ApiKeyId(std::move(ids.api_key)),
                       (*parts)[0],
                       std::move(*vector),
                       std::move(*ciphertext),
                       std::move(*tag)};
}

Result<std::string> decrypt_content(const UnverifiedJwe& token, const base::Secret& key) {
  const auto payload = crypto::open_aes_gcm(
      token.initialization_vector + token.ciphertext + token.tag, key, token.encoded_header);
  if (payload) return payload->reveal_secret();
  return Error{Code::kTokenSignatureInvalid, "The token was altered: it can not be decrypted."};
}

Result<std::string> open_jwe(const UnverifiedJwe& token, const SigningKey& key) {
  if (key.private_key.reveal_secret().size() < kSeedBytes) {
    return Error{Code::kTokenUnknownKey, "The token was signed elsewhere.", "erased key"};
  }
  return decrypt_content(token, content_key(key, token.api_key));
}

}  // namespace auth
