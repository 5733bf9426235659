#include "auth/signing_key_times.h"

#include <utility>

namespace auth {

SigningKeyStatus status_at(const SigningKeyTimes& times, base::Seconds now) {
  if (times.revoked_at) return SigningKeyStatus::kRevoked;
  if (times.erased) return SigningKeyStatus::kRetired;
  if (times.signs_from && now < *times.signs_from) return SigningKeyStatus::kNext;
  if (!times.signs_until || now < *times.signs_until) return SigningKeyStatus::kActive;
  return now < *times.retires_at ? SigningKeyStatus::kRetiring : SigningKeyStatus::kRetired;
}

bool verifies(SigningKeyStatus status) {
  switch (status) {
    case SigningKeyStatus::kNext:
    case SigningKeyStatus::kActive:
    case SigningKeyStatus::kRetiring: return true;
    case SigningKeyStatus::kRetired:
    case SigningKeyStatus::kRevoked: return false;
  }
  return false;
}

SigningKeyTimesById times_of(const std::vector<store::SigningKeyRecord>& records,
                             std::chrono::seconds lifetime_max) {
  SigningKeyTimesById all;
  std::map<std::pair<base::OrgId, model::Environment>, SigningKeyTimes*> latest;
  for (const store::SigningKeyRecord& record : records) {
    SigningKeyTimes& times = all[record.id];
    times.revoked_at = record.revoked_at;
    times.erased = record.sealed_private_key.empty();
    if (times.revoked_at) continue;
    SigningKeyTimes*& before = latest[{record.organization, record.environment}];
    if (before != nullptr) {
      if (!before->erased) times.signs_from = record.activates_at;
      before->signs_until = record.activates_at;
      before->retires_at = record.activates_at + lifetime_max + kClockSkew;
    }
    before = &times;
  }
  return all;
}

}  // namespace auth
