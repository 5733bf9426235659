#include "source/unfinished_file.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace source {
namespace {

using base::Done;
using base::Result;
using Path = std::filesystem::path;

constexpr std::string_view kFolderPrefix = ".aracari-unfinished-";
constexpr std::size_t kRandomBytes = 6;

bool is_ours(const std::filesystem::directory_entry& entry) {
  std::error_code problem;
  const std::string name = entry.path().filename();
  return name.starts_with(kFolderPrefix) && name.size() == kFolderPrefix.size() + kRandomBytes &&
         std::filesystem::is_directory(entry.symlink_status(problem));
}

}  // namespace

Result<Done> sync(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return storage_error(errno, path);
  const int problem = ::fsync(file) == 0 ? 0 : errno;
  ::close(file);
  if (problem != 0) return storage_error(problem, path);
  return Done{};
}

Result<UnfinishedFile> UnfinishedFile::make_for(const std::string& target) {
  const Path parent = Path(target).parent_path();
  std::error_code problem;
  if (!std::filesystem::is_directory(parent, problem)) return storage_error(ENOTDIR, parent);
  ASSIGN_OR_RETURN(SpillFolder folder, SpillFolder::make_below(parent, kFolderPrefix));
  return UnfinishedFile(std::move(folder), target);
}

Result<Done> UnfinishedFile::take_place() const {
  RETURN_IF_ERROR(sync(path_));
  if (std::rename(path_.c_str(), target_.c_str()) != 0) return storage_error(errno, target_);
  return sync(Path(target_).parent_path());
}

void remove_unfinished_files(const std::string& folder) {
  std::vector<Path> left;
  std::error_code problem;
  std::filesystem::directory_iterator entry(folder, problem);
  for (; !problem && entry != std::filesystem::directory_iterator(); entry.increment(problem)) {
    if (is_ours(*entry)) left.push_back(entry->path());
  }
  for (const Path& path : left) std::filesystem::remove_all(path, problem);
}

}  // namespace source
