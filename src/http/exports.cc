#include "http/exports.h"

namespace http {
namespace {

constexpr std::chrono::seconds kRetryAfter{5};

}  // namespace

using base::Code;
using base::Error;
using base::Result;

Result<std::shared_ptr<void>> Exports::begin(const base::OrgId& organization) {
  const std::scoped_lock lock(mutex_);
  const auto own = running_by_organization_.find(organization);
  const std::size_t count = own == running_by_organization_.end() ? 0 : own->second;
  if (running_ >= limits_.at_once_max || count >= limits_.organization_at_once_max) {
    Error refusal{Code::kTooManyRequests, "Too many files are being made at the moment."};
    refusal.retry_after = kRetryAfter;
    return refusal;
  }
  ++running_;
  running_by_organization_[organization] = count + 1;
  return std::shared_ptr<void>(nullptr, [this, organization](void*) { end(organization); });
}

void Exports::end(const base::OrgId& organization) {
  const std::scoped_lock lock(mutex_);
  --running_;
  const auto own = running_by_organization_.find(organization);
  if (--own->second == 0) running_by_organization_.erase(own);
}

}  // namespace http
