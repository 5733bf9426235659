#include "source/spill_folder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace source {
namespace {

constexpr std::array kFullDisk = {ENOSPC, EDQUOT, EFBIG};

std::string message_of(int error_number) { return std::generic_category().message(error_number); }

}  // namespace

using base::Code;
using base::Error;
using base::Result;

Error storage_error(int error_number, const std::string& detail) {
  const std::string text = detail + ": " + message_of(error_number);
  if (std::ranges::find(kFullDisk, error_number) != kFullDisk.end()) {
    return {Code::kStorageFull, "The disk is full.", text};
  }
  return {Code::kStorageFailed, "A file could not be written.", text};
}

bool tells_of_full_disk(const std::string& driver_text) {
  // DuckDB stops short of a full disk at a limit of its own, made from the room that was left.
  if (driver_text.find("max_temp_directory_size") != std::string::npos) return true;
  return std::ranges::any_of(kFullDisk, [&](int error_number) {
    return driver_text.find(message_of(error_number)) != std::string::npos;
  });
}

Result<SpillFolder> SpillFolder::make_below(const std::string& parent, std::string_view prefix) {
  std::error_code problem;
  std::filesystem::create_directories(parent, problem);
  if (problem) return storage_error(problem.value(), parent);
  std::string path = std::filesystem::path(parent) / (std::string(prefix) + "XXXXXX");
  if (::mkdtemp(path.data()) == nullptr) return storage_error(errno, path);
  return SpillFolder(std::move(path));
}

void remove_spilt_files(const std::string& parent) {
  std::error_code problem;
  std::filesystem::directory_iterator entry(parent, problem);
  for (; !problem && entry != std::filesystem::directory_iterator(); entry.increment(problem)) {
    std::error_code ignored;
    std::filesystem::remove_all(entry->path(), ignored);
  }
}

SpillFolder::~SpillFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace source
