#pragma once

// A fresh folder, readable by us only, into which one DuckDB instance may spill; removed with what
// is in it. DuckDB lets statements read and write their instance's spill folder, so two instances
// never share one.

#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace source {

class SpillFolder {
 public:
  /// Makes `parent` too where it is missing. kStorageFull, kStorageFailed.
  [[nodiscard]] static base::Result<SpillFolder> make_below(const std::string& parent,
                                                            std::string_view prefix = "duckdb-");

  SpillFolder(SpillFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  SpillFolder& operator=(SpillFolder&&) = delete;
  ~SpillFolder();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit SpillFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

/// Removes what lies in `parent`: rows that a killed server was sorting. For its next start, before
/// anything spills.
void remove_spilt_files(const std::string& parent);

/// What an errno of a write means: kStorageFull, or kStorageFailed. `detail` is for the log.
[[nodiscard]] base::Error storage_error(int error_number, const std::string& detail);

/// Whether a driver's text tells of a full disk, quota or file size limit.
[[nodiscard]] bool tells_of_full_disk(const std::string& driver_text);

}  // namespace source
