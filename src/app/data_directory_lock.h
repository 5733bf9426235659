#pragma once

// That one server, or one rotation of the master key, has a data directory for itself. The kernel
// lets go of it when the process ends, however it ends. Commands that only read, or write what a
// server notices, do without.

#include <string>

#include "base/result.h"

namespace app {

class DataDirectoryLock {
 public:
  /// `<data_directory>/lock`. kConflict with `taken` as its sentence when another process has it;
  /// kStorageFailed.
  [[nodiscard]] static base::Result<DataDirectoryLock> take(const std::string& data_directory,
                                                            const std::string& taken);
  DataDirectoryLock(DataDirectoryLock&& other) noexcept;
  DataDirectoryLock& operator=(DataDirectoryLock&&) = delete;
  ~DataDirectoryLock();

 private:
  explicit DataDirectoryLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace app
