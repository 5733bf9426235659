#include "auth/attempt_throttle.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>

#include "auth/password_rules.h"
#include "crypto/hash.h"

namespace auth {
namespace {

using base::Done;
using base::Error;
using base::Result;

constexpr std::string_view kMappedPrefix{"\0\0\0\0\0\0\0\0\0\0\xff\xff", 12};
constexpr std::size_t kPrefixBytes = 8;

/// Of a fixed size whatever is guessed at, and not to be collided by choice.
std::string key_of(std::string_view name, std::string_view prefix) {
  return crypto::sha256(normalise_email(name) + '\0' + std::string(prefix));
}

}  // namespace

AttemptThrottle::AttemptThrottle(const base::MonotonicClock& clock)
    : clock_(clock),
      names_(kNameLimits, kThrottledKeys),
      addresses_(kAddressLimits, kThrottledKeys) {}

AttemptThrottle::Keys AttemptThrottle::keys_of(const Attempt& attempt) {
  std::string prefix = address_prefix(attempt.remote_address);
  std::string name = key_of(attempt.name, prefix);
  return {std::move(name), std::move(prefix)};
}

Result<Done> AttemptThrottle::admit(const Keys& keys) {
  const std::scoped_lock lock(mutex_);
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.elapsed());
  const auto wait = std::max(names_.wait_of(keys.name, now), addresses_.wait_of(keys.address, now));
  if (wait > wait.zero()) {
    return Error{base::Code::kTooManyRequests, "Too many attempts failed.", {}, {}, wait};
  }
  names_.add(keys.name, now);
  addresses_.add(keys.address, now);
  return Done{};
}

void AttemptThrottle::note_success(const Keys& keys) {
  const std::scoped_lock lock(mutex_);
  names_.forget(keys.name);
  addresses_.take_back(keys.address);
}

void AttemptThrottle::take_back(const Keys& keys) {
  const std::scoped_lock lock(mutex_);
  names_.take_back(keys.name);
  addresses_.take_back(keys.address);
}

std::string address_prefix(std::string_view remote_address) {
  std::string text(remote_address.substr(0, remote_address.find('%')));
  std::array<char, sizeof(in6_addr)> bytes{};
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  const std::string_view whole(bytes.data(), bytes.size());
  if (whole.starts_with(kMappedPrefix)) {
    std::array<char, INET_ADDRSTRLEN> written{};
    ::inet_ntop(AF_INET, bytes.data() + kMappedPrefix.size(), written.data(), written.size());
    return written.data();
  }
  return std::string(whole.substr(0, kPrefixBytes));
}

}  // namespace auth
