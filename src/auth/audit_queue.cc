#include "auth/audit_queue.h"

#include <algorithm>
#include <functional>

#include "base/log.h"
#include "store/audit.h"

namespace auth {
namespace {

using base::Done;
using base::Result;

/// The parts between which no part's bytes can move: each is followed by its length.
std::string key_of(const base::OrgId& organization, const model::AuditEvent& event) {
  const model::Actor& actor = event.actor;
  const std::array<std::string_view, 4> parts = {organization.text(),
                                                 actor.id.empty() ? actor.remote_address : actor.id,
                                                 event.subject.kind, event.subject.id};
  std::string key;
  key.reserve(128);
  key += static_cast<char>(event.action);
  key += static_cast<char>(actor.kind);
  key += event.environment ? static_cast<char>(*event.environment) : char{2};
  for (const std::string_view part : parts) {
    const std::size_t size = part.size();
    key.append(part).append(reinterpret_cast<const char*>(&size), sizeof(size));
  }
  return key;
}

model::AuditEvent event_of_dropped(model::AuditAction action, std::int64_t count,
                                   base::Seconds now) {
  return {now,          action, {model::ActorKind::kServer, {}, "Aracari", {}},  {},
          std::nullopt, count,  "Too many at once to keep who and what of each."};
}

}  // namespace

void AuditQueue::record(const base::OrgId& organization, const model::AuditEvent& event) {
  std::string key = key_of(organization, event);
  Shard& shard = shards_[std::hash<std::string>{}(key) % kShards];
  {
    const std::scoped_lock lock(shard.mutex);
    if (const auto found = shard.entries.find(key); found != shard.entries.end()) {
      found->second.event.count += event.count;
      return;
    }
    if (take_place(organization)) {
      shard.entries.emplace(std::move(key), Entry{organization, event});
      return;
    }
  }
  drop(organization, event.action, event.count);
}

Result<Done> AuditQueue::flush(base::Seconds now) {
  const std::vector<Entry> entries = take_entries();
  const Dropped dropped = take_dropped();
  if (entries.empty() && dropped.empty()) return Done{};
  auto written = store_.write([&](store::Connection& connection) -> Result<Done> {
    for (const Entry& entry : entries) {
      RETURN_IF_ERROR(store::insert_audit_event(connection, entry.organization, entry.event));
    }
    for (const auto& [what, count] : dropped) {
      RETURN_IF_ERROR(store::insert_audit_event(connection, what.first,
                                                event_of_dropped(what.second, count, now)));
    }
    return Done{};
  });
  if (!written) {
    put_back(entries, dropped);
    return written;
  }
  for (const auto& [what, count] : dropped) {
    base::log(base::LogLevel::kWarning, "audit events merged for want of room",
              {{"organization", what.first.text()},
               {"action", model::enum_name(model::kAuditActionNames, what.second)},
               {"count", std::to_string(count)}});
  }
  return written;
}

bool AuditQueue::take_place(const base::OrgId& organization) {
  const std::scoped_lock lock(places_mutex_);
  std::size_t& taken = places_.try_emplace(organization, 0).first->second;
  const std::size_t share = std::max<std::size_t>(kMostEntries / places_.size(), 1);
  if (taken >= share) return false;
  ++taken;
  return true;
}

void AuditQueue::give_back_place(const base::OrgId& organization) {
  const std::scoped_lock lock(places_mutex_);
  const auto found = places_.find(organization);
  if (found != places_.end() && --found->second == 0) places_.erase(found);
}

std::vector<AuditQueue::Entry> AuditQueue::take_entries() {
  std::vector<Entry> entries;
  for (Shard& shard : shards_) {
    decltype(shard.entries) taken;
    {
      const std::scoped_lock lock(shard.mutex);
      taken.swap(shard.entries);
    }
    for (auto& [key, entry] : taken) {
      give_back_place(entry.organization);
      entries.push_back(std::move(entry));
    }
  }
  std::ranges::sort(entries, {}, [](const Entry& entry) { return entry.event.at; });
  return entries;
}

AuditQueue::Dropped AuditQueue::take_dropped() {
  const std::scoped_lock lock(dropped_mutex_);
  return std::exchange(dropped_, {});
}

void AuditQueue::drop(const base::OrgId& organization, model::AuditAction action,
                      std::int64_t count) {
  const std::scoped_lock lock(dropped_mutex_);
  dropped_[{organization, action}] += count;
}

void AuditQueue::put_back(const std::vector<Entry>& entries, const Dropped& dropped) {
  for (const Entry& entry : entries) record(entry.organization, entry.event);
  for (const auto& [what, count] : dropped) drop(what.first, what.second, count);
}

}  // namespace auth
