#pragma once

// A database file under construction, in a fresh folder beside the one whose place it is to take.
// It takes it in one step, so that whoever opens that name finds the old file or the new one,
// whenever the process or the machine stops; those who have the old one open keep it.

#include <string>
#include <utility>

#include "base/result.h"
#include "source/spill_folder.h"

namespace source {

/// Puts what was written to `path` on the disk: a file, or a folder, without which a new file is
/// lost in a power cut. kStorageFull, kStorageFailed.
[[nodiscard]] base::Result<base::Done> sync(const std::string& path);

class UnfinishedFile {
 public:
  /// For `target`, an absolute path. kStorageFull, kStorageFailed.
  [[nodiscard]] static base::Result<UnfinishedFile> make_for(const std::string& target);

  /// Not there yet.
  [[nodiscard]] const std::string& path() const { return path_; }
  /// A folder to spill into while it is written; not there yet, goes with it.
  [[nodiscard]] std::string spill_path() const { return folder_.path() + "/spill"; }
  /// Durably. To be called once the file is closed, and once only. kStorageFull, kStorageFailed.
  [[nodiscard]] base::Result<base::Done> take_place() const;

 private:
  UnfinishedFile(SpillFolder folder, std::string target)
      : folder_(std::move(folder)),
        path_(folder_.path() + "/unfinished.duckdb"),
        target_(std::move(target)) {}

  SpillFolder folder_;
  std::string path_;
  std::string target_;
};

/// Removes what killed processes left in `folder`, and nothing else. For the start of a server,
/// before anything is written there.
void remove_unfinished_files(const std::string& folder);

}  // namespace source
