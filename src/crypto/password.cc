#include "crypto/password.h"

#include <array>
#include <semaphore>

#include <sodium.h>

namespace crypto {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemoryBytes = 64U << 20;
constexpr std::ptrdiff_t kAtOnce = 2;

std::counting_semaphore<kAtOnce> places(kAtOnce);

/// Holds one of the places while it lives.
class Place {
 public:
  Place() { places.acquire(); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { places.release(); }
};

}  // namespace

base::Result<std::string> hash_password(const base::Secret& password) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const Place place;
  const std::string& text = password.reveal_secret();
  if (crypto_pwhash_str_alg(hash.data(), text.data(), text.size(), kPasses, kMemoryBytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return base::Error{base::Code::kUnavailable, "The server is short of memory; try again."};
  }
  return std::string(hash.data());
}

bool verify_password(const base::Secret& password, const std::string& hash) {
  const Place place;
  const std::string& text = password.reveal_secret();
  return crypto_pwhash_str_verify(hash.c_str(), text.data(), text.size()) == 0;
}

}  // namespace crypto
