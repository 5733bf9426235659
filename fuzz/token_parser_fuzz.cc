// Tokens: as they come over the network, and with a header or claims that our own key signed, so
// that what stands behind the signature is reached. The first byte chooses.

#include <string_view>

#include "auth/embed_token.h"
#include "auth_world.h"
#include "base/base64url.h"
#include "crypto/ed25519.h"
#include "store/store.h"

namespace {

std::string sign(fuzz::AuthWorld& world, std::string_view header, std::string_view payload) {
  std::string token = base::render_base64url(header) + "." + base::render_base64url(payload);
  const std::string signature = crypto::sign_ed25519(token, world.signer().private_key);
  return token + "." + base::render_base64url(signature);
}

std::string token_of(fuzz::AuthWorld& world, char kind, std::string_view text) {
  const std::string header =
      R"({"alg":"EdDSA","typ":"aracari-embed+jwt","kid":")" + world.signer().id.text() + "\"}";
  if (kind == 'h') return sign(world, text, "{}");
  if (kind == 'c') return sign(world, header, text);
  return std::string(text);
}

void check(fuzz::AuthWorld& world, const std::string& token) {
  const auth::Inspection inspection = world.verifier().inspect(token);
  const bool parsed = auth::parse_embed_token(token).ok();
  fuzz::require(!inspection.reasons.empty() || inspection.authentic != nullptr,
                "a token without a signer has no reason against it");
  fuzz::require(parsed || !inspection.active(), "a malformed token is active");
  if (!inspection.active()) return;
  const auth::Claims& claims = inspection.authentic->claims;
  fuzz::require(claims.organization == world.key().organization, "another organization's token");
  fuzz::require(claims.environment == world.key().environment, "another environment's token");
  fuzz::require(claims.api_key == world.key().id, "a token of another key");
  fuzz::require(claims.expires_at - claims.issued_at <= fuzz::AuthWorld::kLifetimeMax,
                "a token that lives too long");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static fuzz::AuthWorld world;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(world, token_of(world, text.front(), text.substr(1)));
  return 0;
}
