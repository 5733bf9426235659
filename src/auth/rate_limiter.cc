#include "auth/rate_limiter.h"

#include <algorithm>

namespace auth {
namespace {

constexpr std::chrono::minutes kWindow{1};

std::chrono::seconds round_up(std::chrono::nanoseconds span) {
  return std::chrono::ceil<std::chrono::seconds>(span);
}

std::int64_t requests_of(const RateLimit& limit) {
  return std::max<std::int64_t>(limit.per_minute, 1);
}

std::chrono::nanoseconds cost_of(const RateLimit& limit) {
  return std::chrono::nanoseconds(kWindow) / requests_of(limit);
}

}  // namespace

void RateLimiter::forget_the_full(Moment now) {
  if (now < swept_at_ + kWindow) return;
  std::erase_if(full_at_, [&](const auto& entry) { return entry.second <= now; });
  swept_at_ = now;
}

RateDecision RateLimiter::decide(const RateLimit& limit, Moment now) const {
  const std::chrono::nanoseconds cost = cost_of(limit);
  const auto found = full_at_.find(limit.name);
  const Moment full_at = found == full_at_.end() ? now : std::max(found->second, now);
  const std::chrono::nanoseconds used = full_at - now;
  const std::chrono::nanoseconds room = kWindow - used;
  const std::int64_t per_minute = requests_of(limit);
  if (room < cost) return {false, per_minute, 0, round_up(used), round_up(cost - room)};
  return {true, per_minute, (room - cost) / cost, round_up(used + cost), std::chrono::seconds(0)};
}

void RateLimiter::charge(const RateLimit& limit, Moment now) {
  Moment& full_at = full_at_.try_emplace(limit.name, now).first->second;
  full_at = std::max(full_at, now) + cost_of(limit);
}

RateDecision RateLimiter::admit(std::span<const RateLimit> limits, Moment now) {
  const std::scoped_lock lock(mutex_);
  forget_the_full(now);
  const RateDecision first = decide(limits.front(), now);
  if (!first.admitted) return first;
  for (const RateLimit& limit : limits.subspan(1)) {
    const RateDecision decision = decide(limit, now);
    if (!decision.admitted) return decision;
  }
  for (const RateLimit& limit : limits) charge(limit, now);
  return first;
}

RateDecision RateLimiter::admit(const std::string& name, std::int64_t per_minute, Moment now) {
  const RateLimit limit{name, per_minute};
  return admit(std::span(&limit, 1), now);
}

}  // namespace auth
