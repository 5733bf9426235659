// Encrypted tokens: as they come over the network, and with a header or claims that were encrypted
// under our own content key, so that what stands behind the tag is reached. The first byte chooses.

#include <string_view>

#include "auth/embed_token.h"
#include "auth_world.h"
#include "base/base64url.h"
#include "crypto/aes_gcm.h"
#include "crypto/hkdf.h"
#include "store/store.h"

namespace {

/// Right under the content key, whatever its header says.
std::string encrypt(fuzz::AuthWorld& world, std::string_view header, std::string_view payload) {
  const base::Secret seed(world.signer().private_key.reveal_secret().substr(0, 32));
  const base::Secret key =
      crypto::hkdf_sha256(seed, "", "aracari embed token A256GCM v1 " + world.key().id.text(), 32);
  const std::string encoded = base::render_base64url(header);
  const std::string sealed = crypto::seal_aes_gcm(base::Secret(std::string(payload)), key, encoded);
  return encoded + ".." + base::render_base64url(sealed.substr(0, 12)) + "." +
         base::render_base64url(sealed.substr(12, sealed.size() - 28)) + "." +
         base::render_base64url(sealed.substr(sealed.size() - 16));
}

std::string token_of(fuzz::AuthWorld& world, char kind, std::string_view text) {
  if (kind == 'h') return encrypt(world, text, "{}");
  if (kind == 'c') return auth::encrypt_jwe(text, world.signer(), world.key().id);
  return std::string(text);
}

void check_parts(const std::string& token) {
  const auto parts = auth::parse_jwe(token);
  if (!parts) {
    fuzz::require(base::code_name(parts.error().code).starts_with("token_"), "another code");
    return;
  }
  fuzz::require(parts->initialization_vector.size() == 12, "a vector of another size");
  fuzz::require(parts->tag.size() == 16, "a tag of another size");
  fuzz::require(!parts->signing_key_id.empty() && !parts->api_key.text().empty(), "no key");
  fuzz::require(token.starts_with(parts->encoded_header), "another header");
}

void check(fuzz::AuthWorld& world, const std::string& token) {
  check_parts(token);
  const auth::Inspection inspection = world.verifier().inspect(token);
  fuzz::require(!inspection.reasons.empty() || inspection.authentic != nullptr,
                "a token without a signer has no reason against it");
  if (inspection.authentic == nullptr) return;
  const auth::Claims& claims = inspection.authentic->claims;
  const bool encrypted = inspection.form == model::TokenForm::kEncrypted;
  fuzz::require(encrypted == auth::parse_jwe(token).ok(), "another form");
  fuzz::require(claims.organization == world.key().organization, "another organization's token");
  fuzz::require(!encrypted || claims.api_key == world.key().id, "a token of another key");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static fuzz::AuthWorld world;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(world, token_of(world, text.front(), text.substr(1)));
  return 0;
}
