#pragma once

// Answers of sealed queries, shared by everyone whose rules leave them the same query: the key is
// everything that decides the rows. Bounded in bytes, least recently used go first; of equal
// queries that arrive together one runs. Thread-safe.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "guard/sealed_query.h"
#include "source/source.h"

namespace query {

using Answer = std::shared_ptr<const source::ResultSet>;

struct CacheKey {
  base::DatabaseId database;  ///< Part of `text`, too.
  std::string text;
};

/// The sealed text, its typed arguments, the organization, the database, which connection of it and
/// its version, the environment: two principals share an entry exactly when all of these are equal.
[[nodiscard]] CacheKey cache_key(const guard::SealedQuery& query, std::string_view database_version,
                                 std::string_view environment);

/// Whether an answer was kept from before, came from a query of its own, or from that of another
/// caller who asked for the same at the same time.
enum class CacheUse : std::uint8_t { kHit, kMiss, kShared };
/// "hit", "miss", "shared".
[[nodiscard]] std::string_view cache_use_name(CacheUse use);

struct CachedAnswer {
  Answer answer;
  CacheUse how;
  std::chrono::seconds age;  ///< Since the query that gave it began.
};

/// Since the cache was made.
struct CacheCounts {
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  std::uint64_t shared = 0;
  std::uint64_t dropped = 0;  ///< Answers that made way for others.
};

class ResultCache {
 public:
  /// For answers that hold as long as the database's version.
  static constexpr std::chrono::seconds kAnyAge = std::chrono::seconds::max();

  /// `clock` outlives the cache.
  ResultCache(std::size_t limit_bytes, const base::Clock& clock)
      : limit_bytes_(limit_bytes), clock_(clock) {}

  /// The answer under `key` that is younger than `max_age`, or that of `run`, which is kept when it
  /// succeeded. When another caller is running the same key, waits for it; if that one was
  /// cancelled, runs itself.
  [[nodiscard]] base::Result<CachedAnswer> get(
      const CacheKey& key, std::chrono::seconds max_age,
      const std::function<base::Result<source::ResultSet>()>& run);

  /// Forgets the answers of `database`. Those of queries that run at present go to who asked for
  /// them, and to nobody who asks from now on. Says how many were forgotten.
  std::int64_t purge(const base::DatabaseId& database);

  [[nodiscard]] std::size_t size_bytes() const;
  [[nodiscard]] CacheCounts counts() const;

 private:
  struct Entry {
    CacheKey key;
    Answer answer;
    std::size_t bytes;
    base::Seconds began;
  };
  using Entries = std::list<Entry>;
  struct Flight {
    base::DatabaseId database;
    base::Seconds began;
    std::shared_future<base::Result<Answer>> answer;
  };
  class Landing;

  const Entry* find_fresh(const CacheKey& key, std::chrono::seconds max_age);
  [[nodiscard]] std::chrono::seconds age_of(base::Seconds began) const;
  base::Result<CachedAnswer> lead(const CacheKey& key, const std::shared_ptr<const Flight>& flight,
                                  std::promise<base::Result<Answer>>& promise,
                                  const std::function<base::Result<source::ResultSet>()>& run);
  void keep(const CacheKey& key, const std::shared_ptr<const Flight>& flight, const Answer& answer);
  [[nodiscard]] bool in_flight(const CacheKey& key,
                               const std::shared_ptr<const Flight>& flight) const;
  Entries::iterator erase(Entries::iterator entry);

  const std::size_t limit_bytes_;
  const base::Clock& clock_;
  mutable std::mutex mutex_;
  std::size_t used_bytes_ = 0;
  CacheCounts counts_;
  Entries entries_;                                                ///< Most recently used first.
  std::unordered_map<std::string_view, Entries::iterator> index_;  ///< Keys in entries_.
  std::unordered_map<std::string, std::shared_ptr<const Flight>> flights_;
};

}  // namespace query
