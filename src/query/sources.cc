#include "query/sources.h"

#include <filesystem>

#include <fmt/format.h>

namespace query {

using base::Result;

std::string database_path(const std::string& data_directory, const std::string& file) {
  return data_directory + "/databases/" + file;
}

Result<Sources::Open> Sources::get(const model::Database& database) {
  const std::scoped_lock lock(mutex_);
  if (const auto found = open_.find(database.id); found != open_.end()) return found->second;
  const std::string path = database_path(options_.data_directory, database.file);
  ASSIGN_OR_RETURN(std::shared_ptr<source::Source> source,
                   source::open_duckdb({path, options_.data_directory + "/spill",
                                        options_.memory_bytes, options_.threads}));
  std::error_code problem;
  const auto changed = std::filesystem::last_write_time(path, problem).time_since_epoch().count();
  Open open{std::move(source),
            fmt::format("{}-{}", changed, std::filesystem::file_size(path, problem))};
  return open_.emplace(database.id, std::move(open)).first->second;
}

}  // namespace query
