#pragma once

// A DuckDB file under construction, which takes its place whole or not at all. For this room only.

#include <string>

#include "base/result.h"

namespace source {

/// Removed, with DuckDB's log of it, unless it took its place. Not thread-safe.
class UnfinishedFile {
 public:
  /// Beside `target`, an absolute path. Removes what a killed import left.
  explicit UnfinishedFile(const std::string& target) : target_(target), path_(target + ".tmp") {
    remove();
  }
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;
  ~UnfinishedFile() { remove(); }

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Durably, in one step; the instance that wrote it is closed. kStorageFull, kStorageFailed.
  [[nodiscard]] base::Result<base::Done> take_place() const;

 private:
  void remove() const;

  std::string target_;
  std::string path_;
};

}  // namespace source
