#include "query/result_cache.h"

#include <optional>

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

std::string cache_key(const guard::SealedQuery& query, std::string_view database_version,
                      std::string_view environment) {
  std::string key;
  append_part(key, query.organization().text());
  append_part(key, query.database().text());
  append_part(key, database_version);
  append_part(key, environment);
  append_part(key, query.statement().text);
  for (const model::Value& argument : query.statement().arguments) {
    append_part(key, model::type_name(model::type_of(argument)));
    append_part(key, base::render_json(model::render_value(argument)));
  }
  return key;
}

void ResultCache::keep(const std::string& key, const Answer& answer) {
  const std::size_t bytes = bytes_of(*answer) + 2 * key.size() + sizeof(Entry);
  const std::scoped_lock lock(mutex_);
  flights_.erase(key);
  if (bytes > limit_bytes_ / 4 || index_.contains(key)) return;
  entries_.push_front({key, answer, bytes});
  index_.emplace(entries_.front().key, entries_.begin());
  used_bytes_ += bytes;
  while (used_bytes_ > limit_bytes_) {
    used_bytes_ -= entries_.back().bytes;
    index_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

Result<Answer> ResultCache::lead(const std::string& key, std::promise<Result<Answer>>& promise,
                                 const std::function<Result<source::ResultSet>()>& run) {
  Result<source::ResultSet> result = run();
  if (!result) {
    {
      const std::scoped_lock lock(mutex_);
      flights_.erase(key);
    }
    promise.set_value(result.error());
    return std::move(result).error();
  }
  auto answer = std::make_shared<const source::ResultSet>(std::move(result).value());
  keep(key, answer);
  promise.set_value(Answer(answer));
  return Answer(answer);
}

Result<Answer> ResultCache::get(const std::string& key,
                                const std::function<Result<source::ResultSet>()>& run) {
  while (true) {
    std::promise<Result<Answer>> promise;
    std::optional<Flight> joined;
    {
      const std::scoped_lock lock(mutex_);
      if (const auto found = index_.find(key); found != index_.end()) {
        entries_.splice(entries_.begin(), entries_, found->second);
        return found->second->answer;
      }
      if (const auto flight = flights_.find(key); flight != flights_.end()) {
        joined = flight->second;
      } else {
        flights_.emplace(key, promise.get_future().share());
      }
    }
    if (!joined) return lead(key, promise, run);
    const Result<Answer>& shared = joined->get();
    if (shared || shared.error().code != Code::kCancelled) return shared;
  }
}

std::size_t ResultCache::size_bytes() const {
  const std::scoped_lock lock(mutex_);
  return used_bytes_;
}

}  // namespace query
