#pragma once

// Audit events of what happens too often to be written one by one: mints, introspections, failed
// sign-ins. Equal ones are counted together; all are written every few seconds and at shutdown. A
// process that is killed loses those of the last seconds. Thread-safe; `record` waits for nothing
// but another `record`.

#include <array>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "model/audit.h"
#include "store/store.h"

namespace auth {

class AuditQueue {
 public:
  /// Distinct events of one organization while no other has any. Where `n` have, each new one needs
  /// a place among a fair share of `kMostEntries / n`, so that nobody takes the places of others.
  /// Of those that come to a full share only the number is kept, by organization and action.
  static constexpr std::size_t kMostEntries = 10'000;

  explicit AuditQueue(store::Store& store) : store_(store) {}

  /// Events are equal that have the same action, actor, subject (kind and id) and environment in
  /// one organization; the first one's time and names are kept. An actor without an id is known by
  /// the address.
  void record(const base::OrgId& organization, const model::AuditEvent& event);

  /// Writes everything in one transaction. What could not be kept becomes an event of its action,
  /// by the server at `now`. On failure all is kept for the next call, within the same bound.
  [[nodiscard]] base::Result<base::Done> flush(base::Seconds now);

 private:
  static constexpr std::size_t kShards = 8;
  struct Entry {
    base::OrgId organization;
    model::AuditEvent event;
  };
  struct alignas(64) Shard {
    std::mutex mutex;
    std::unordered_map<std::string, Entry> entries;
  };
  using Dropped = std::map<std::pair<base::OrgId, model::AuditAction>, std::int64_t>;

  /// False when the organization has its share.
  [[nodiscard]] bool take_place(const base::OrgId& organization);
  void give_back_place(const base::OrgId& organization);
  [[nodiscard]] std::vector<Entry> take_entries();
  [[nodiscard]] Dropped take_dropped();
  void drop(const base::OrgId& organization, model::AuditAction action, std::int64_t count);
  void put_back(const std::vector<Entry>& entries, const Dropped& dropped);

  store::Store& store_;
  std::array<Shard, kShards> shards_;
  std::mutex places_mutex_;                    ///< Taken inside of a shard's.
  std::map<base::OrgId, std::size_t> places_;  ///< How many are taken; more than none.
  std::mutex dropped_mutex_;
  Dropped dropped_;
};

}  // namespace auth
