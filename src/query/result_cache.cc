#include "query/result_cache.h"

#include <iterator>

#include <fmt/format.h>

namespace query {
namespace {

using base::Code;
using base::Result;

std::size_t bytes_of(const source::ResultSet& result) {
  std::size_t bytes = sizeof(result);
  for (const source::ResultColumn& column : result.columns) {
    bytes += sizeof(column) + column.name.size() + column.cells.size() * sizeof(model::Cell);
    if (column.type != model::ValueType::kString) continue;
    for (const model::Cell& cell : column.cells) {
      if (cell) bytes += std::get<std::string>(*cell).capacity();
    }
  }
  return bytes;
}

/// Length before text, so that no two lists of parts give the same key.
void append_part(std::string& key, std::string_view part) {
  key += fmt::format("{}:", part.size());
  key += part;
}

}  // namespace

CacheKey cache_key(const guard::SealedQuery& query, std::string_view database_version,
                   std::string_view environment) {
  std::string key;
  append_part(key, query.organization().text());
  append_part(key, query.database().text());
  append_part(key, database_version);
  append_part(key, query.connection().sandbox ? "sandbox" : "");
  append_part(key, query.connection().name);
  append_part(key, environment);
  append_part(key, query.statement().text);
  for (const model::Value& argument : query.statement().arguments) {
    append_part(key, model::type_name(model::type_of(argument)));
    append_part(key, base::render_json(model::render_value(argument)));
  }
  return {query.database(), std::move(key)};
}

std::string_view cache_use_name(CacheUse use) {
  switch (use) {
    case CacheUse::kHit: return "hit";
    case CacheUse::kShared: return "shared";
    case CacheUse::kMiss: break;
  }
  return "miss";
}

/// Ends a flight at the end of the scope, however its query ended.
class ResultCache::Landing {
 public:
  Landing(ResultCache& cache, const CacheKey& key, const std::shared_ptr<const Flight>& flight)
      : cache_(cache), key_(key), flight_(flight) {}
  Landing(const Landing&) = delete;
  Landing& operator=(const Landing&) = delete;
  ~Landing() {
    const std::scoped_lock lock(cache_.mutex_);
    if (cache_.in_flight(key_, flight_)) cache_.flights_.erase(key_.text);
  }

 private:
  ResultCache& cache_;
  const CacheKey& key_;
  const std::shared_ptr<const Flight>& flight_;
};

/// Requires the mutex. False after a purge.
bool ResultCache::in_flight(const CacheKey& key,
                            const std::shared_ptr<const Flight>& flight) const {
  const auto found = flights_.find(key.text);
  return found != flights_.end() && found->second == flight;
}

/// Requires the mutex.
ResultCache::Entries::iterator ResultCache::erase(Entries::iterator entry) {
  used_bytes_ -= entry->bytes;
  index_.erase(entry->key.text);
  return entries_.erase(entry);
}

std::chrono::seconds ResultCache::age_of(base::Seconds began) const { return clock_.now() - began; }

/// Requires the mutex. What was kept before the clock was set back is of no known age.
const ResultCache::Entry* ResultCache::find_fresh(const CacheKey& key,
                                                  std::chrono::seconds max_age) {
  const auto found = index_.find(key.text);
  if (found == index_.end()) return nullptr;
  const std::chrono::seconds age = age_of(found->second->began);
  const bool fresh = max_age == kAnyAge || (age >= std::chrono::seconds::zero() && age < max_age);
  if (!fresh) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return &entries_.front();
}

void ResultCache::keep(const CacheKey& key, const std::shared_ptr<const Flight>& flight,
                       const Answer& answer) {
  const std::size_t bytes = bytes_of(*answer) + 2 * key.text.size() + sizeof(Entry);
  const std::scoped_lock lock(mutex_);
  if (!in_flight(key, flight)) return;
  if (const auto older = index_.find(key.text); older != index_.end()) erase(older->second);
  if (bytes > limit_bytes_ / 4) return;
  entries_.push_front({key, answer, bytes, flight->began});
  index_.emplace(entries_.front().key.text, entries_.begin());
  used_bytes_ += bytes;
  while (used_bytes_ > limit_bytes_) {
    erase(std::prev(entries_.end()));
    ++counts_.dropped;
  }
}

Result<CachedAnswer> ResultCache::lead(const CacheKey& key,
                                       const std::shared_ptr<const Flight>& flight,
                                       std::promise<Result<Answer>>& promise,
                                       const std::function<Result<source::ResultSet>()>& run) {
  const auto fly = [&]() -> Result<Answer> {
    const Landing landing(*this, key, flight);
    ASSIGN_OR_RETURN(source::ResultSet result, run());
    auto answer = std::make_shared<const source::ResultSet>(std::move(result));
    keep(key, flight, answer);
    return Answer(std::move(answer));
  };
  const Result<Answer> outcome = fly();
  promise.set_value(outcome);
  RETURN_IF_ERROR(outcome);
  return CachedAnswer{*outcome, CacheUse::kMiss, age_of(flight->began)};
}

Result<CachedAnswer> ResultCache::get(const CacheKey& key, std::chrono::seconds max_age,
                                      const std::function<Result<source::ResultSet>()>& run) {
  while (true) {
    std::promise<Result<Answer>> promise;
    std::shared_ptr<const Flight> flight;
    bool leads = false;
    {
      const std::scoped_lock lock(mutex_);
      if (const Entry* entry = find_fresh(key, max_age)) {
        ++counts_.hits;
        return CachedAnswer{entry->answer, CacheUse::kHit, age_of(entry->began)};
      }
      std::shared_ptr<const Flight>& running = flights_[key.text];
      leads = running == nullptr;
      if (leads) {
        running = std::make_shared<const Flight>(
            Flight{key.database, clock_.now(), promise.get_future().share()});
      }
      ++(leads ? counts_.misses : counts_.shared);
      flight = running;
    }
    if (leads) return lead(key, flight, promise, run);
    const Result<Answer>& shared = flight->answer.get();
    if (shared) return CachedAnswer{*shared, CacheUse::kShared, age_of(flight->began)};
    if (shared.error().code != Code::kCancelled) return shared.error();
  }
}

std::int64_t ResultCache::purge(const base::DatabaseId& database) {
  const std::scoped_lock lock(mutex_);
  std::int64_t forgotten = 0;
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    const bool concerned = entry->key.database == database;
    entry = concerned ? erase(entry) : std::next(entry);
    if (concerned) ++forgotten;
  }
  std::erase_if(flights_, [&](const auto& flight) { return flight.second->database == database; });
  return forgotten;
}

std::size_t ResultCache::size_bytes() const {
  const std::scoped_lock lock(mutex_);
  return used_bytes_;
}

CacheCounts ResultCache::counts() const {
  const std::scoped_lock lock(mutex_);
  return counts_;
}

}  // namespace query
