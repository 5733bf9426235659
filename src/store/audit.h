#pragma once

// The audit log. An event is written in the transaction of the change that it tells of. Events are
// ordered by time and, within a second, by number.

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/audit.h"
#include "store/connection.h"

namespace store {

[[nodiscard]] base::Result<base::Done> insert_audit_event(Connection& connection,
                                                          const base::OrgId& organization,
                                                          const model::AuditEvent& event);

/// A place between events.
struct AuditPlace {
  base::Seconds at;
  std::int64_t number;
};

struct StoredAuditEvent {
  std::int64_t number;
  model::AuditEvent event;
};

/// What is not set does not narrow.
struct AuditFilter {
  std::vector<model::AuditAction> actions = {};  ///< Any of these; none stands for all.
  std::string actor = {};                        ///< In the name, ignoring case, or the whole id.
  std::string subject = {};                      ///< The same of what it was done to.
  std::optional<model::Environment> environment = {};
  std::optional<base::Seconds> from = {};
  std::optional<base::Seconds> to = {};  ///< Not included.
};

/// The newest `limit` events before `place`, newest first.
[[nodiscard]] base::Result<std::vector<StoredAuditEvent>> list_audit_events_before(
    Connection& connection, const base::OrgId& organization, const AuditFilter& filter,
    const std::optional<AuditPlace>& place, std::int64_t limit);
/// The oldest `limit` events after `place`, oldest first.
[[nodiscard]] base::Result<std::vector<StoredAuditEvent>> list_audit_events_after(
    Connection& connection, const base::OrgId& organization, const AuditFilter& filter,
    const std::optional<AuditPlace>& place, std::int64_t limit);

/// Deletes at most `limit` of the events before `time`; says how many.
[[nodiscard]] base::Result<std::int64_t> delete_audit_events_before(Connection& connection,
                                                                    const base::OrgId& organization,
                                                                    base::Seconds time,
                                                                    std::int64_t limit);

}  // namespace store
