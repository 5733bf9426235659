#include "crypto/ed25519.h"

#include <sodium.h>

namespace crypto {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Ed25519KeyPair new_ed25519_key_pair() {
  std::string public_key(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string private_key(crypto_sign_SECRETKEYBYTES, '\0');
  crypto_sign_keypair(reinterpret_cast<unsigned char*>(public_key.data()),
                      reinterpret_cast<unsigned char*>(private_key.data()));
  return {std::move(public_key), base::Secret(std::move(private_key))};
}

std::string sign_ed25519(std::string_view message, const base::Secret& private_key) {
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                       bytes_of(message), message.size(), bytes_of(private_key.reveal_secret()));
  return signature;
}

bool verify_ed25519(std::string_view message, std::string_view signature,
                    std::string_view public_key) {
  return signature.size() == crypto_sign_BYTES && public_key.size() == crypto_sign_PUBLICKEYBYTES &&
         crypto_sign_verify_detached(bytes_of(signature), bytes_of(message), message.size(),
                                     bytes_of(public_key)) == 0;
}

}  // namespace crypto
