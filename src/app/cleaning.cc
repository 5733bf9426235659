#include "app/cleaning.h"

#include "catalog/audit.h"
#include "catalog/usage.h"
#include "store/revocations.h"
#include "store/usage.h"

namespace app {
namespace {

using base::Done;
using base::Result;

constexpr std::int64_t kDeletedAtOnce = 1000;
constexpr int kDeletingRounds = 100;

}  // namespace

Result<Done> Cleaning::run() {
  if (span_.look() < kSteadyBeforeCleaning) return Done{};
  const base::Seconds now = clock_.now();
  RETURN_IF_ERROR(delete_audit_events(now));
  RETURN_IF_ERROR(expire_uploads_(now));
  RETURN_IF_ERROR(delete_usage(now));
  return delete_revocations(now);
}

Result<Done> Cleaning::delete_audit_events(base::Seconds now) {
  if (audit_kept_.count() == 0) return Done{};
  return catalog::expire_audit_events(store_, now - audit_kept_, rest_);
}

Result<Done> Cleaning::delete_usage(base::Seconds now) {
  const auto before = std::chrono::floor<std::chrono::days>(now) - catalog::kUsageKept;
  return delete_in_rounds([&](store::Connection& connection) {
    return store::delete_usage(connection, before, kDeletedAtOnce);
  });
}

Result<Done> Cleaning::delete_revocations(base::Seconds now) {
  return delete_in_rounds([&](store::Connection& connection) {
    return store::delete_ended_revocations(connection, now, kDeletedAtOnce);
  });
}

Result<Done> Cleaning::delete_in_rounds(
    const std::function<Result<std::int64_t>(store::Connection&)>& delete_some) {
  for (int round = 0; round < kDeletingRounds && rest_(); ++round) {
    ASSIGN_OR_RETURN(const std::int64_t deleted, store_.write([&](store::Connection& connection) {
      return delete_some(connection);
    }));
    if (deleted < kDeletedAtOnce) break;
  }
  return Done{};
}

}  // namespace app
