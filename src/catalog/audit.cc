#include "catalog/audit.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "catalog/authorize.h"
#include "store/accounts.h"

namespace catalog {
namespace {

using base::Done;
using base::Result;
using store::AuditPlace;
using store::StoredAuditEvent;

constexpr std::int64_t kExportBatch = 500;
constexpr std::int64_t kExpiredAtOnce = 1000;

AuditPlace place_of(const StoredAuditEvent& event) { return {event.event.at, event.number}; }

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

}  // namespace

std::vector<model::AuditAction> parse_audit_actions(std::string_view text) {
  std::vector<model::AuditAction> actions;
  for (std::size_t i = 0; i < model::kAuditActionNames.size(); ++i) {
    const std::string_view name = model::kAuditActionNames[i];
    if (name == text || (text.ends_with('.') && name.starts_with(text))) {
      actions.push_back(static_cast<model::AuditAction>(i));
    }
  }
  return actions;
}

std::string render_audit_place(const AuditPlace& place) {
  return fmt::format("{}-{}", place.at.time_since_epoch().count(), place.number);
}

std::optional<AuditPlace> parse_audit_place(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto at = parse_number(text.substr(0, dash));
  const auto number = parse_number(text.substr(dash + 1));
  if (!at || !number) return std::nullopt;
  return AuditPlace{base::Seconds(std::chrono::seconds(*at)), *number};
}

Result<AuditPage> list_audit_events(store::Store& store, const model::Principal& principal,
                                    const store::AuditFilter& filter,
                                    const std::optional<AuditPlace>& before, std::int64_t limit) {
  RETURN_IF_ERROR(authorize(principal, Verb::kReadAudit));
  const auto most = static_cast<std::size_t>(std::clamp<std::int64_t>(limit, 1, kMaxAuditPage));
  // One more than asked for tells whether there are older ones.
  ASSIGN_OR_RETURN(auto events, store.read_apart([&](store::Connection& connection) {
    return store::list_audit_events_before(connection, principal.organization(), filter, before,
                                           static_cast<std::int64_t>(most) + 1);
  }));
  AuditPage page{std::move(events), std::nullopt};
  if (page.events.size() > most) {
    page.events.pop_back();
    page.next = place_of(page.events.back());
  }
  return page;
}

Result<Done> export_audit_events(store::Store& store, const model::Principal& principal,
                                 const store::AuditFilter& filter, base::Seconds now,
                                 const AuditSink& sink) {
  RETURN_IF_ERROR(authorize(principal, Verb::kReadAudit));
  store::AuditFilter until_now = filter;
  const base::Seconds end = now + std::chrono::seconds(1);
  until_now.to = std::min(filter.to.value_or(end), end);
  std::optional<AuditPlace> place;
  while (true) {
    ASSIGN_OR_RETURN(const auto events, store.read_apart([&](store::Connection& connection) {
      return store::list_audit_events_after(connection, principal.organization(), until_now, place,
                                            kExportBatch);
    }));
    if (events.empty() || !sink(events)) return Done{};
    place = place_of(events.back());
  }
}

Result<Done> expire_audit_events(store::Store& store, base::Seconds time,
                                 const std::function<bool()>& go_on) {
  ASSIGN_OR_RETURN(const auto organizations, store.read([](store::Connection& connection) {
    return store::list_organizations(connection);
  }));
  for (const model::Organization& organization : organizations) {
    if (!go_on()) return Done{};
    RETURN_IF_ERROR(store.write([&](store::Connection& connection) {
      return store::delete_audit_events_before(connection, organization.id, time, kExpiredAtOnce);
    }));
  }
  return Done{};
}

}  // namespace catalog
