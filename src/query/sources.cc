#include "query/sources.h"

#include <utility>

namespace query {

using base::Result;

std::string database_path(const std::string& data_directory, const std::string& file) {
  return data_directory + "/databases/" + file;
}

Result<std::shared_ptr<source::Source>> Sources::get(const model::Database& database) {
  std::shared_ptr<source::Source> replaced;  // Ends after the lock.
  const std::scoped_lock lock(mutex_);
  Open& present = open_[database.id];
  if (present.source && present.file == database.file) return present.source;
  ASSIGN_OR_RETURN(std::shared_ptr<source::Source> source, open(database));
  replaced = std::exchange(present.source, std::move(source));
  present.file = database.file;
  return present.source;
}

Result<std::unique_ptr<source::Source>> Sources::open(const model::Database& database) const {
  return source::open_duckdb({database_path(options_.data_directory, database.file),
                              options_.data_directory + "/spill", options_.memory_bytes,
                              options_.threads});
}

void Sources::close(const base::DatabaseId& id) {
  std::shared_ptr<source::Source> closed;  // Ends after the lock.
  const std::scoped_lock lock(mutex_);
  const auto found = open_.find(id);
  if (found == open_.end()) return;
  closed = std::move(found->second.source);
  open_.erase(found);
}

}  // namespace query
