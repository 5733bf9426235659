#include "source/unfinished_file.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <system_error>
#include <unistd.h>

#include "source/spill_folder.h"

namespace source {
namespace {

using base::Done;
using base::Result;

Result<Done> sync(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return storage_error(errno, path);
  const int problem = ::fsync(file) == 0 ? 0 : errno;
  ::close(file);
  if (problem != 0) return storage_error(problem, path);
  return Done{};
}

}  // namespace

void UnfinishedFile::remove() const {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
  std::filesystem::remove(path_ + ".wal", ignored);
}

Result<Done> UnfinishedFile::take_place() const {
  RETURN_IF_ERROR(sync(path_));
  if (std::rename(path_.c_str(), target_.c_str()) != 0) return storage_error(errno, target_);
  return sync(std::filesystem::path(target_).parent_path());
}

}  // namespace source
