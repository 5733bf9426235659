#include "crypto/aes_gcm.h"

#include <memory>

#include <openssl/evp.h>

#include "crypto/random.h"

namespace crypto {
namespace {

constexpr std::size_t kNonceBytes = 12;
constexpr std::size_t kTagBytes = 16;

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string seal_aes_gcm(const base::Secret& plain, const base::Secret& key,
                         std::string_view associated) {
  const Context context(EVP_CIPHER_CTX_new());
  const std::string nonce = random_bytes(kNonceBytes);
  const std::string& text = plain.reveal_secret();
  std::string cipher(text.size(), '\0');
  std::string tag(kTagBytes, '\0');
  int length = 0;
  EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytes_of(key.reveal_secret()),
                     bytes_of(nonce));
  EVP_EncryptUpdate(context.get(), nullptr, &length, bytes_of(associated),
                    static_cast<int>(associated.size()));
  EVP_EncryptUpdate(context.get(), bytes_of(cipher), &length, bytes_of(text),
                    static_cast<int>(text.size()));
  EVP_EncryptFinal_ex(context.get(), nullptr, &length);
  EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, tag.data());
  return nonce + cipher + tag;
}

base::Result<base::Secret> open_aes_gcm(std::string_view sealed, const base::Secret& key,
                                        std::string_view associated) {
  const base::Error refusal{base::Code::kInternal, "A stored secret can not be opened.",
                            "AES-GCM: wrong master key or altered record"};
  if (sealed.size() < kNonceBytes + kTagBytes || key.reveal_secret().size() != 32) return refusal;
  const std::string_view nonce = sealed.substr(0, kNonceBytes);
  const std::string_view cipher =
      sealed.substr(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
  std::string tag(sealed.substr(sealed.size() - kTagBytes));
  std::string plain(cipher.size(), '\0');
  const Context context(EVP_CIPHER_CTX_new());
  int length = 0;
  const bool opened =
      EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytes_of(key.reveal_secret()),
                         bytes_of(nonce)) == 1 &&
      EVP_DecryptUpdate(context.get(), nullptr, &length, bytes_of(associated),
                        static_cast<int>(associated.size())) == 1 &&
      EVP_DecryptUpdate(context.get(), bytes_of(plain), &length, bytes_of(cipher),
                        static_cast<int>(cipher.size())) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(context.get(), nullptr, &length) == 1;
  if (!opened) return refusal;
  return base::Secret(std::move(plain));
}

}  // namespace crypto
