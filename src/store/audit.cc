#include "store/audit.h"

#include <algorithm>
#include <limits>

namespace store {
namespace {

using base::Done;
using base::Error;
using base::Result;

// The order of parameters is that of bind_filter. Two statements for each direction, because an
// index gives events in order either of one action or of all.
#define ARACARI_AUDIT_COLUMNS                                                \
  "SELECT id, at, action, actor_kind, actor_id, actor_name, remote_address," \
  " subject_kind, subject_id, subject_name, environment, count, detail"
#define ARACARI_AUDIT_CONDITIONS                                     \
  " WHERE organization_id = ?1 AND (?2 = '' OR environment = ?2)"    \
  " AND (?3 = '' OR actor_id = ?3 OR actor_name LIKE ?4 ESCAPE '!')" \
  " AND (?5 = '' OR subject_id = ?5 OR subject_name LIKE ?6 ESCAPE '!')"
#define ARACARI_AUDIT_NEWEST \
  " AND at >= ?7 AND (at, id) < (?8, ?9) ORDER BY at DESC, id DESC LIMIT ?10"
#define ARACARI_AUDIT_OLDEST " AND at < ?7 AND (at, id) > (?8, ?9) ORDER BY at, id LIMIT ?10"

enum class Order : std::uint8_t { kNewestFirst, kOldestFirst };

constexpr Sql kNewest = ARACARI_AUDIT_COLUMNS
    " FROM audit_events INDEXED BY audit_events_by_time" ARACARI_AUDIT_CONDITIONS
        ARACARI_AUDIT_NEWEST;
constexpr Sql kNewestOfAction = ARACARI_AUDIT_COLUMNS
    " FROM audit_events INDEXED BY audit_events_by_action" ARACARI_AUDIT_CONDITIONS
    " AND action = ?11" ARACARI_AUDIT_NEWEST;
constexpr Sql kOldest = ARACARI_AUDIT_COLUMNS
    " FROM audit_events INDEXED BY audit_events_by_time" ARACARI_AUDIT_CONDITIONS
        ARACARI_AUDIT_OLDEST;
constexpr Sql kOldestOfAction = ARACARI_AUDIT_COLUMNS
    " FROM audit_events INDEXED BY audit_events_by_action" ARACARI_AUDIT_CONDITIONS
    " AND action = ?11" ARACARI_AUDIT_OLDEST;

constexpr base::Seconds kFirst{std::chrono::seconds(0)};
constexpr base::Seconds kLast{std::chrono::seconds(std::numeric_limits<std::int64_t>::max())};

/// "100%" as the pattern "%100!%%", which finds it anywhere.
std::string pattern_of(std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  return pattern + '%';
}

/// One reading: `end` bounds the far side, `begin` is the place where it starts.
struct Span {
  base::Seconds end;
  AuditPlace begin;
  std::int64_t limit;
};

void bind_filter(Query& query, const base::OrgId& organization, const AuditFilter& filter,
                 const Span& span) {
  query.bind(organization)
      .bind(filter.environment ? model::environment_name(*filter.environment) : "")
      .bind(filter.actor)
      .bind(pattern_of(filter.actor))
      .bind(filter.subject)
      .bind(pattern_of(filter.subject))
      .bind(span.end)
      .bind(span.begin.at)
      .bind(span.begin.number)
      .bind(span.limit);
}

/// Reads ARACARI_AUDIT_COLUMNS.
Result<StoredAuditEvent> read_event(const Query& query) {
  const auto action =
      model::parse_enum<model::AuditAction>(model::kAuditActionNames, query.text(2));
  const auto kind = model::parse_enum<model::ActorKind>(model::kActorKindNames, query.text(3));
  if (!action || !kind) {
    return Error{base::Code::kStorageFailed, "A stored audit event can not be read."};
  }
  return StoredAuditEvent{query.integer(0),
                          {query.time(1),
                           *action,
                           {*kind, query.text(4), query.text(5), query.text(6)},
                           {query.text(7), query.text(8), query.text(9)},
                           model::parse_environment(query.text(10)),
                           query.integer(11),
                           query.text(12)}};
}

Result<Done> append_events(std::vector<StoredAuditEvent>& events, Query query) {
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return Done{};
    ASSIGN_OR_RETURN(StoredAuditEvent event, read_event(query));
    events.push_back(std::move(event));
  }
}

/// In order of time and number.
bool is_before(const StoredAuditEvent& left, const StoredAuditEvent& right) {
  return std::pair(left.event.at, left.number) < std::pair(right.event.at, right.number);
}

Result<std::vector<StoredAuditEvent>> list(Connection& connection, const base::OrgId& organization,
                                           const AuditFilter& filter, Order order,
                                           const Span& span) {
  const bool newest_first = order == Order::kNewestFirst;
  std::vector<StoredAuditEvent> events;
  if (filter.actions.empty()) {
    Query query = connection.query(newest_first ? kNewest : kOldest);
    bind_filter(query, organization, filter, span);
    RETURN_IF_ERROR(append_events(events, std::move(query)));
    return events;
  }
  for (const model::AuditAction action : filter.actions) {
    Query query = connection.query(newest_first ? kNewestOfAction : kOldestOfAction);
    bind_filter(query, organization, filter, span);
    query.bind(model::enum_name(model::kAuditActionNames, action));
    RETURN_IF_ERROR(append_events(events, std::move(query)));
  }
  std::ranges::sort(events, [&](const auto& left, const auto& right) {
    return newest_first ? is_before(right, left) : is_before(left, right);
  });
  if (events.size() > static_cast<std::size_t>(span.limit)) {
    events.erase(events.begin() + span.limit, events.end());
  }
  return events;
}

}  // namespace

Result<Done> insert_audit_event(Connection& connection, const base::OrgId& organization,
                                const model::AuditEvent& event) {
  return connection
      .query(
          "INSERT INTO audit_events (organization_id, at, action, actor_kind, actor_id, actor_name,"
          " remote_address, subject_kind, subject_id, subject_name, environment, count, detail)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(organization)
      .bind(event.at)
      .bind(model::enum_name(model::kAuditActionNames, event.action))
      .bind(model::enum_name(model::kActorKindNames, event.actor.kind))
      .bind(std::string_view(event.actor.id))
      .bind(std::string_view(event.actor.name))
      .bind(std::string_view(event.actor.remote_address))
      .bind(std::string_view(event.subject.kind))
      .bind(std::string_view(event.subject.id))
      .bind(std::string_view(event.subject.name))
      .bind(event.environment ? model::environment_name(*event.environment) : "")
      .bind(event.count)
      .bind(std::string_view(event.detail))
      .run();
}

Result<std::vector<StoredAuditEvent>> list_audit_events_before(
    Connection& connection, const base::OrgId& organization, const AuditFilter& filter,
    const std::optional<AuditPlace>& place, std::int64_t limit) {
  AuditPlace begin{filter.to.value_or(kLast), 0};
  if (place && place->at < begin.at) begin = *place;
  return list(connection, organization, filter, Order::kNewestFirst,
              {filter.from.value_or(kFirst), begin, limit});
}

Result<std::vector<StoredAuditEvent>> list_audit_events_after(
    Connection& connection, const base::OrgId& organization, const AuditFilter& filter,
    const std::optional<AuditPlace>& place, std::int64_t limit) {
  AuditPlace begin{filter.from.value_or(kFirst), 0};
  if (place && place->at >= begin.at) begin = *place;
  return list(connection, organization, filter, Order::kOldestFirst,
              {filter.to.value_or(kLast), begin, limit});
}

Result<std::int64_t> delete_audit_events_before(Connection& connection,
                                                const base::OrgId& organization, base::Seconds time,
                                                std::int64_t limit) {
  RETURN_IF_ERROR(connection
                      .query("DELETE FROM audit_events WHERE id IN (SELECT id FROM audit_events"
                             " WHERE organization_id = ? AND at < ? ORDER BY at LIMIT ?)")
                      .bind(organization)
                      .bind(time)
                      .bind(limit)
                      .run());
  return connection.changes();
}

}  // namespace store
