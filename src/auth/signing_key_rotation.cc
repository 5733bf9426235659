#include "auth/signing_key_rotation.h"

#include <algorithm>

#include "auth/master_key.h"
#include "auth/signing_key_times.h"
#include "auth/signing_keys.h"
#include "store/audit.h"

namespace auth {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using store::SigningKeyRecord;

model::AuditEvent event_of(const SigningKeyRecord& made, RotationMode mode,
                           const model::Actor& actor) {
  const bool emergency = mode == RotationMode::kEmergency;
  return {.at = made.created_at,
          .action = emergency ? model::AuditAction::kSigningKeyEmergencyRotated
                              : model::AuditAction::kSigningKeyRotated,
          .actor = actor,
          .subject = {"signing_key", made.id.text(), ""},
          .environment = made.environment,
          .detail = emergency ? "Signs now; every older key of the environment is revoked."
                              : "Signs from " + base::render_time(made.activates_at) + " on."};
}

bool has_next(const std::vector<SigningKeyRecord>& records, std::chrono::seconds lifetime_max,
              base::Seconds now) {
  return std::ranges::any_of(times_of(records, lifetime_max), [now](const auto& each) {
    return status_at(each.second, now) == SigningKeyStatus::kNext;
  });
}

/// Since when no token under the key is believed; nothing for one that still verifies.
std::optional<base::Seconds> end_of(const SigningKeyTimes& times, base::Seconds now) {
  if (verifies(status_at(times, now))) return std::nullopt;
  return times.revoked_at ? times.revoked_at : times.retires_at;
}

}  // namespace

Result<Done> SigningKeyRotation::rotate(const base::OrgId& organization,
                                        model::Environment environment, RotationMode mode,
                                        const model::Actor& actor) {
  const base::Seconds now = clock_.now();
  const bool emergency = mode == RotationMode::kEmergency;
  return store_.write([&](store::Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(check_sealing_key(connection, master_key_));
    ASSIGN_OR_RETURN(const auto records,
                     store::list_signing_keys(connection, organization, environment));
    if (!emergency && has_next(records, policy_.lifetime_max, now)) {
      return Error{Code::kConflict, "The key of the last rotation does not sign yet."};
    }
    if (emergency) {
      RETURN_IF_ERROR(store::revoke_signing_keys(connection, organization, environment, now));
    }
    const SigningKeyRecord made = new_signing_key(organization, environment, master_key_, now,
                                                  emergency ? now : now + policy_.publish_ahead);
    RETURN_IF_ERROR(store::insert_signing_key(connection, made));
    return store::insert_audit_event(connection, organization, event_of(made, mode, actor));
  });
}

Result<Done> SigningKeyRotation::rotate_where_due(const std::vector<SigningKeyRecord>& records) {
  static const model::Actor kServer{model::ActorKind::kServer, "", "Rotation schedule", ""};
  if (policy_.every.count() == 0) return Done{};
  const base::Seconds now = clock_.now();
  const SigningKeyTimesById times = times_of(records, policy_.lifetime_max);
  for (const SigningKeyRecord& record : records) {
    const SigningKeyTimes& its = times.at(record.id);
    const bool signs = status_at(its, now) == SigningKeyStatus::kActive;
    const bool last = !its.signs_until;
    if (!signs || !last || now - record.activates_at < policy_.every) continue;
    const auto rotated =
        rotate(record.organization, record.environment, RotationMode::kOverlap, kServer);
    if (!rotated && rotated.error().code != Code::kConflict) return rotated.error();
  }
  return Done{};
}

Result<Done> SigningKeyRotation::erase_where_due(const std::vector<SigningKeyRecord>& records) {
  const base::Seconds now = clock_.now();
  const SigningKeyTimesById times = times_of(records, policy_.lifetime_max);
  std::vector<const SigningKeyRecord*> due;
  for (const SigningKeyRecord& record : records) {
    const auto end = end_of(times.at(record.id), now);
    if (!record.sealed_private_key.empty() && end && now - *end > kKeptAfterEnd) {
      due.push_back(&record);
    }
  }
  if (due.empty()) return Done{};
  return store_.write([&](store::Connection& connection) -> Result<Done> {
    for (const SigningKeyRecord* record : due) {
      RETURN_IF_ERROR(
          store::set_sealed_private_key(connection, record->organization, record->id, ""));
    }
    return Done{};
  });
}

Result<Done> SigningKeyRotation::run_schedule() {
  ASSIGN_OR_RETURN(const auto records, store_.read([](store::Connection& connection) {
    return store::list_signing_keys(connection);
  }));
  RETURN_IF_ERROR(rotate_where_due(records));
  return erase_where_due(records);
}

}  // namespace auth
