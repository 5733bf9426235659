#pragma once

// Use cases on the audit log: read a page of it, export it, let old events go.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/principal.h"
#include "store/audit.h"
#include "store/store.h"

namespace catalog {

inline constexpr std::int64_t kMaxAuditPage = 200;

/// The actions that `text` names: one by its whole name, or all whose name begins with `text` where
/// it ends in a dot. None when there is no such action.
[[nodiscard]] std::vector<model::AuditAction> parse_audit_actions(std::string_view text);

/// "1767225600-42": the place of an event, for the page after it. Pure.
[[nodiscard]] std::string render_audit_place(const store::AuditPlace& place);
[[nodiscard]] std::optional<store::AuditPlace> parse_audit_place(std::string_view text);

struct AuditPage {
  std::vector<store::StoredAuditEvent> events;  ///< Newest first.
  std::optional<store::AuditPlace> next;        ///< Where older ones begin.
};

/// At most `limit` events, which is at most kMaxAuditPage. kForbidden.
[[nodiscard]] base::Result<AuditPage> list_audit_events(
    store::Store& store, const model::Principal& principal, const store::AuditFilter& filter,
    const std::optional<store::AuditPlace>& before, std::int64_t limit);

/// Takes some events, oldest first; false to stop.
using AuditSink = std::function<bool(const std::vector<store::StoredAuditEvent>& events)>;

/// Hands over the events that there were at `now`, some hundred at a time, so that neither their
/// number nor a slow taker costs memory or holds up the store. kForbidden.
[[nodiscard]] base::Result<base::Done> export_audit_events(store::Store& store,
                                                           const model::Principal& principal,
                                                           const store::AuditFilter& filter,
                                                           base::Seconds now,
                                                           const AuditSink& sink);

/// Deletes at most a thousand of the oldest events before `time` of each organization, in a
/// transaction of its own, so that others wait briefly; to be called again. Between two of them
/// `go_on` is asked.
[[nodiscard]] base::Result<base::Done> expire_audit_events(store::Store& store, base::Seconds time,
                                                           const std::function<bool()>& go_on);

}  // namespace catalog
