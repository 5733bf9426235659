#include "app/cleaning.h"

#include "catalog/audit.h"
#include "store/revocations.h"

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
  return delete_revocations(now);
}

Result<Done> Cleaning::delete_audit_events(base::Seconds now) {
  if (audit_kept_.count() == 0) return Done{};
  return catalog::expire_audit_events(store_, now - audit_kept_, rest_);
}

Result<Done> Cleaning::delete_revocations(base::Seconds now) {
  for (int round = 0; round < kDeletingRounds && rest_(); ++round) {
    ASSIGN_OR_RETURN(const std::int64_t deleted, store_.write([&](store::Connection& connection) {
      return store::delete_ended_revocations(connection, now, kDeletedAtOnce);
    }));
    if (deleted < kDeletedAtOnce) break;
  }
  return Done{};
}

}  // namespace app
