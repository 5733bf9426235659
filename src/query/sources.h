#pragma once

// The open databases, each opened at its first query. Thread-safe.

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "model/database.h"
#include "source/source.h"

namespace query {

struct SourceOptions {
  std::string data_directory;
  std::int64_t memory_bytes;  ///< For each database's engine.
  int threads;
};

class Sources {
 public:
  explicit Sources(SourceOptions options) : options_(std::move(options)) {}

  /// Of the file that `database` names, whatever it named before. kSourceUnavailable; a later call
  /// tries again.
  [[nodiscard]] base::Result<std::shared_ptr<source::Source>> get(const model::Database& database);
  /// Another opening, beside the one that queries use: as `database` is now. kSourceUnavailable.
  [[nodiscard]] base::Result<std::unique_ptr<source::Source>> open(
      const model::Database& database) const;
  /// The next query opens `id` anew; those that run come to their end.
  void close(const base::DatabaseId& id);

 private:
  struct Open {
    std::string file;
    std::shared_ptr<source::Source> source;
  };
  SourceOptions options_;
  std::mutex mutex_;
  std::map<base::DatabaseId, Open> open_;
};

/// Where the file of a database lies.
[[nodiscard]] std::string database_path(const std::string& data_directory, const std::string& file);

}  // namespace query
