#include "crypto/password.h"

#include <array>
#include <atomic>
#include <semaphore>
#include <utility>

#include <sodium.h>

namespace crypto {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemoryBytes = 64U << 20;
constexpr std::ptrdiff_t kAtOnce = 2;
constexpr int kMostInside = 4;

std::counting_semaphore<kAtOnce> places(kAtOnce);
std::atomic<int> inside = 0;

/// One of those that hash or wait for it, while it lives. kUnavailable when there are too many.
class Place {
 public:
  static base::Result<Place> take() {
    if (inside.fetch_add(1) >= kMostInside) {
      inside.fetch_sub(1);
      return base::Error{base::Code::kUnavailable, "Too many people sign in at once; try again."};
    }
    places.acquire();
    return Place();
  }
  Place(Place&& other) noexcept : held_(std::exchange(other.held_, false)) {}
  Place& operator=(Place&&) = delete;
  ~Place() {
    if (!held_) return;
    places.release();
    inside.fetch_sub(1);
  }

 private:
  Place() = default;
  bool held_ = true;
};

}  // namespace

base::Result<std::string> hash_password(const base::Secret& password) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  ASSIGN_OR_RETURN(const Place place, Place::take());
  const std::string& text = password.reveal_secret();
  if (crypto_pwhash_str_alg(hash.data(), text.data(), text.size(), kPasses, kMemoryBytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return base::Error{base::Code::kUnavailable, "The server is short of memory; try again."};
  }
  return std::string(hash.data());
}

base::Result<bool> verify_password(const base::Secret& password, const std::string& hash) {
  ASSIGN_OR_RETURN(const Place place, Place::take());
  const std::string& text = password.reveal_secret();
  return crypto_pwhash_str_verify(hash.c_str(), text.data(), text.size()) == 0;
}

}  // namespace crypto
