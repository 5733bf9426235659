#pragma once

// The open databases, each opened at its first query. Thread-safe.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/database.h"
#include "source/source.h"
#include "source/table_layout.h"

namespace query {

struct SourceOptions {
  std::string data_directory;
  std::int64_t memory_bytes;  ///< For each database's engine.
  int threads;
};

class Sources {
 public:
  explicit Sources(SourceOptions options) : options_(std::move(options)) {}

  /// kSourceUnavailable; a later call tries again.
  [[nodiscard]] base::Result<std::shared_ptr<source::Source>> get(const model::Database& database);
  /// Another opening, beside the one that queries use: as `database` is now. kSourceUnavailable.
  [[nodiscard]] base::Result<std::unique_ptr<source::Source>> open(
      const model::Database& database) const;
  /// The next query opens `id` anew; those that run come to their end.
  void close(const base::DatabaseId& id);
  /// To be held by whoever replaces the file of an imported database, from reading the old one on.
  [[nodiscard]] std::unique_lock<std::mutex> hold_files() { return std::unique_lock(replacing_); }
  /// Sees to it that the tables of an imported database are stored as `wanted`; true where that
  /// took a new file. Later queries read the new one, those that run the old one to their end.
  /// Errors as source::lay_out.
  [[nodiscard]] base::Result<bool> lay_out(const model::Database& database,
                                           const std::vector<source::TableLayout>& wanted,
                                           const source::Cancellation& cancellation);

 private:
  [[nodiscard]] source::DuckDbOptions options_for(const model::Database& database) const;
  void reopen(const model::Database& database);

  SourceOptions options_;
  std::mutex replacing_;
  std::mutex mutex_;
  std::map<base::DatabaseId, std::shared_ptr<source::Source>> open_;
};

/// Where the file of a database lies.
[[nodiscard]] std::string database_path(const std::string& data_directory, const std::string& file);

}  // namespace query
