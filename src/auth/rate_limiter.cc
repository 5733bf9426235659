#include "auth/rate_limiter.h"

#include <algorithm>

namespace auth {
namespace {

constexpr std::chrono::minutes kWindow{1};

std::chrono::seconds round_up(std::chrono::nanoseconds span) {
  return std::chrono::ceil<std::chrono::seconds>(span);
}

}  // namespace

void RateLimiter::forget_the_full(Moment now) {
  if (now < swept_at_ + kWindow) return;
  std::erase_if(full_at_, [&](const auto& entry) { return entry.second <= now; });
  swept_at_ = now;
}

RateDecision RateLimiter::admit(const std::string& name, std::int64_t per_minute, Moment now) {
  const std::int64_t limit = std::max<std::int64_t>(per_minute, 1);
  const std::chrono::nanoseconds cost = std::chrono::nanoseconds(kWindow) / limit;
  const std::scoped_lock lock(mutex_);
  forget_the_full(now);
  Moment& full_at = full_at_.try_emplace(name, now).first->second;
  full_at = std::max(full_at, now);
  const std::chrono::nanoseconds used = full_at - now;
  const std::chrono::nanoseconds room = kWindow - used;
  if (room < cost) return {false, limit, 0, round_up(used), round_up(cost - room)};
  full_at += cost;
  return {true, limit, (room - cost) / cost, round_up(used + cost), std::chrono::seconds(0)};
}

}  // namespace auth
