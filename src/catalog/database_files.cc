#include "catalog/database_files.h"

#include <algorithm>
#include <filesystem>

namespace catalog {
namespace {

constexpr std::size_t kMaxNameBytes = 128;

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.' || c == ' ';
}

base::Seconds to_system_time(std::filesystem::file_time_type time) {
  const auto system = std::chrono::file_clock::to_sys(time);
  return std::chrono::floor<std::chrono::seconds>(system);
}

}  // namespace

bool is_database_file_name(std::string_view name) {
  return name.size() <= kMaxNameBytes && !name.starts_with('.') && !name.starts_with(' ') &&
         (name.ends_with(".duckdb") || name.ends_with(".db")) &&
         std::ranges::all_of(name, is_plain);
}

std::vector<DatabaseFile> list_files(const std::string& folder) {
  std::vector<DatabaseFile> files;
  std::error_code problem;
  std::filesystem::directory_iterator entry(folder, problem);
  for (; !problem && entry != std::filesystem::directory_iterator(); entry.increment(problem)) {
    std::error_code unreadable;
    const std::string name = entry->path().filename();
    if (!is_database_file_name(name) ||
        !std::filesystem::is_regular_file(entry->symlink_status(unreadable))) {
      continue;
    }
    const auto bytes = entry->file_size(unreadable);
    const auto changed = entry->last_write_time(unreadable);
    if (unreadable) continue;
    files.push_back({name, static_cast<std::int64_t>(bytes), to_system_time(changed)});
  }
  std::ranges::sort(files, {}, &DatabaseFile::name);
  return files;
}

}  // namespace catalog
