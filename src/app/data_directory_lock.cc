#include "app/data_directory_lock.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

namespace app {

using base::Code;
using base::Error;
using base::Result;

Result<DataDirectoryLock> DataDirectoryLock::take(const std::string& data_directory, LockMode mode,
                                                  const std::string& taken) {
  const int operation = (mode == LockMode::kShared ? LOCK_SH : LOCK_EX) | LOCK_NB;
  const std::string file = data_directory + "/lock";
  DataDirectoryLock lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (lock.descriptor_ >= 0 && ::flock(lock.descriptor_, operation) == 0) return lock;
  if (lock.descriptor_ >= 0 && errno == EWOULDBLOCK) return Error{Code::kConflict, taken};
  return Error{errno == ENOSPC ? Code::kStorageFull : Code::kStorageFailed,
               fmt::format("The data directory {} can not be locked: {}.", data_directory,
                           std::strerror(errno))};
}

DataDirectoryLock::DataDirectoryLock(DataDirectoryLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

DataDirectoryLock::~DataDirectoryLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace app
