#pragma once

// That a rotation of the master key has a data directory for itself, while servers share it. The
// kernel lets go of it when the process ends, however it ends. Commands that only read, or write
// what a server notices, do without.

#include <string>

#include "base/result.h"

namespace app {

enum class LockMode { kShared, kExclusive };

class DataDirectoryLock {
 public:
  /// `<data_directory>/lock`. kConflict with `taken` as its sentence when another process has it
  /// otherwise; kStorageFailed.
  [[nodiscard]] static base::Result<DataDirectoryLock> take(const std::string& data_directory,
                                                            LockMode mode,
                                                            const std::string& taken);
  DataDirectoryLock(DataDirectoryLock&& other) noexcept;
  DataDirectoryLock& operator=(DataDirectoryLock&&) = delete;
  ~DataDirectoryLock();

 private:
  explicit DataDirectoryLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace app
