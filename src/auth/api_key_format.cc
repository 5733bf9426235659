#include "auth/api_key_format.h"

#include <array>

#include "base/base64url.h"
#include "crypto/hash.h"
#include "crypto/random.h"

namespace auth {
namespace {

constexpr std::size_t kRandomCharacters = 43;
constexpr std::size_t kChecksumCharacters = 6;

std::string checksum_of(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const std::string digest = crypto::sha256(text);
  std::string checksum;
  for (std::size_t i = 0; i < kChecksumCharacters; ++i) {
    checksum += kAlphabet[static_cast<unsigned char>(digest[i]) % kAlphabet.size()];
  }
  return checksum;
}

}  // namespace

std::string_view api_key_prefix(model::Environment environment) {
  return environment == model::Environment::kSandbox ? "ara_sandbox_" : "ara_live_";
}

base::Secret new_api_key(model::Environment environment) {
  std::string key(api_key_prefix(environment));
  key += crypto::random_alphanumeric(kRandomCharacters);
  key += checksum_of(key);
  return base::Secret(std::move(key));
}

std::optional<model::Environment> check_api_key_form(std::string_view key) {
  for (const auto environment : {model::Environment::kSandbox, model::Environment::kProduction}) {
    const std::string_view prefix = api_key_prefix(environment);
    if (!key.starts_with(prefix)) continue;
    if (key.size() != prefix.size() + kRandomCharacters + kChecksumCharacters) return std::nullopt;
    const std::string_view body = key.substr(0, key.size() - kChecksumCharacters);
    if (checksum_of(body) != key.substr(body.size())) return std::nullopt;
    return environment;
  }
  return std::nullopt;
}

std::string hash_of_secret(std::string_view secret) {
  return base::render_base64url(crypto::sha256(secret));
}

}  // namespace auth
