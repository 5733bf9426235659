#include "crypto/hkdf.h"

#include <array>
#include <cstdlib>
#include <memory>
#include <string>

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

namespace crypto {
namespace {

struct FreeContext {
  void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};
struct FreeKdf {
  void operator()(EVP_KDF* kdf) const { EVP_KDF_free(kdf); }
};

OSSL_PARAM octets(const char* name, std::string_view bytes) {
  // One type serves for reading and writing parameters; HKDF reads these.
  char* data = const_cast<char*>(bytes.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  return OSSL_PARAM_construct_octet_string(name, data, bytes.size());
}

}  // namespace

base::Secret hkdf_sha256(const base::Secret& input, std::string_view salt, std::string_view info,
                         std::size_t bytes) {
  static const std::unique_ptr<EVP_KDF, FreeKdf> kHkdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  std::string digest = "SHA256";
  const std::array<OSSL_PARAM, 5> params = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), digest.size()),
      octets(OSSL_KDF_PARAM_KEY, input.reveal_secret()), octets(OSSL_KDF_PARAM_INFO, info),
      salt.empty() ? OSSL_PARAM_construct_end() : octets(OSSL_KDF_PARAM_SALT, salt),
      OSSL_PARAM_construct_end()};
  const std::unique_ptr<EVP_KDF_CTX, FreeContext> context(EVP_KDF_CTX_new(kHkdf.get()));
  std::string derived(bytes, '\0');
  // A key of zeros must never leave here: without a working HKDF there is nothing to go on with.
  if (EVP_KDF_derive(context.get(), reinterpret_cast<unsigned char*>(derived.data()),
                     derived.size(), params.data()) != 1) {
    std::abort();
  }
  return base::Secret(std::move(derived));
}

}  // namespace crypto
