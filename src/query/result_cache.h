#pragma once

// Answers of sealed queries, shared by everyone whose rules leave them the same query: the key is
// everything that decides the rows. Bounded in bytes, least recently used go first; of equal
// queries that arrive together one runs. Thread-safe.

#include <cstddef>
#include <functional>
#include <future>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/result.h"
#include "guard/sealed_query.h"
#include "source/source.h"

namespace query {

using Answer = std::shared_ptr<const source::ResultSet>;

/// The sealed text, its typed arguments, the organization, the database and its version, the
/// environment: two principals share an entry exactly when all of these are equal.
[[nodiscard]] std::string cache_key(const guard::SealedQuery& query,
                                    std::string_view database_version,
                                    std::string_view environment);

class ResultCache {
 public:
  explicit ResultCache(std::size_t limit_bytes) : limit_bytes_(limit_bytes) {}

  /// The answer under `key`, or that of `run`, which is kept when it succeeded. When another caller
  /// is running the same key, waits for it; if that one was cancelled, runs itself.
  [[nodiscard]] base::Result<Answer> get(
      const std::string& key, const std::function<base::Result<source::ResultSet>()>& run);

  [[nodiscard]] std::size_t size_bytes() const;

 private:
  struct Entry {
    std::string key;
    Answer answer;
    std::size_t bytes;
  };
  using Flight = std::shared_future<base::Result<Answer>>;

  base::Result<Answer> lead(const std::string& key, std::promise<base::Result<Answer>>& promise,
                            const std::function<base::Result<source::ResultSet>()>& run);
  void keep(const std::string& key, const Answer& answer);

  const std::size_t limit_bytes_;
  mutable std::mutex mutex_;
  std::size_t used_bytes_ = 0;
  std::list<Entry> entries_;  ///< Most recently used first.
  std::unordered_map<std::string_view, std::list<Entry>::iterator> index_;  ///< Keys in entries_.
  std::unordered_map<std::string, Flight> flights_;
};

}  // namespace query
