#include "query/sources.h"

#include <algorithm>

namespace query {

using base::Result;

/// Sorting spills beyond this; it goes beside what queries use.
constexpr std::int64_t kLayoutMemoryBytes = std::int64_t{256} << 20;

std::string database_path(const std::string& data_directory, const std::string& file) {
  return data_directory + "/databases/" + file;
}

Result<std::shared_ptr<source::Source>> Sources::get(const model::Database& database) {
  const std::scoped_lock lock(mutex_);
  if (const auto found = open_.find(database.id); found != open_.end()) return found->second;
  ASSIGN_OR_RETURN(std::shared_ptr<source::Source> source, open(database));
  return open_.emplace(database.id, std::move(source)).first->second;
}

source::DuckDbOptions Sources::options_for(const model::Database& database) const {
  return {database_path(options_.data_directory, database.file), options_.data_directory + "/spill",
          options_.memory_bytes, options_.threads};
}

Result<std::unique_ptr<source::Source>> Sources::open(const model::Database& database) const {
  return source::open_duckdb(options_for(database));
}

/// Where `database` is open, its next query finds the file as it is now open already.
void Sources::reopen(const model::Database& database) {
  {
    const std::scoped_lock lock(mutex_);
    if (!open_.contains(database.id)) return;
  }
  auto opened = open(database);
  if (!opened) return close(database.id);
  std::shared_ptr<source::Source> source = std::move(opened).value();
  const std::scoped_lock lock(mutex_);
  const auto found = open_.find(database.id);
  if (found != open_.end()) found->second.swap(source);  // The old one ends after the lock.
}

Result<bool> Sources::lay_out(const model::Database& database,
                              const std::vector<source::TableLayout>& wanted,
                              const source::Cancellation& cancellation) {
  if (!database.imported) {
    return base::Error{base::Code::kInternal, "Only imported files are rewritten."};
  }
  const auto held = hold_files();
  source::DuckDbOptions options = options_for(database);
  options.memory_bytes = std::min(options.memory_bytes, kLayoutMemoryBytes);
  ASSIGN_OR_RETURN(const auto present, source::read_layouts(options));
  const bool as_wanted = std::ranges::all_of(wanted, [&](const source::TableLayout& layout) {
    return std::ranges::find(present, layout) != present.end();
  });
  if (as_wanted) return false;
  RETURN_IF_ERROR(source::lay_out(options, wanted, cancellation));
  reopen(database);
  return true;
}

void Sources::close(const base::DatabaseId& id) {
  std::shared_ptr<source::Source> closed;  // Ends after the lock.
  const std::scoped_lock lock(mutex_);
  const auto found = open_.find(id);
  if (found == open_.end()) return;
  closed = std::move(found->second);
  open_.erase(found);
}

}  // namespace query
