#pragma once

// The bytes of uploads: a file each, named by its id alone, readable by us only. How much of an
// upload is here is what its file says, so that no crash leaves two opinions. Used by uploads.h,
// which lets one writer at a time to a file.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

namespace catalog {

class UploadFiles {
 public:
  /// `folder` is an absolute path.
  explicit UploadFiles(std::string folder) : folder_(std::move(folder)) {}

  /// Makes the folder, for us alone, and removes everything in it that is none of `known`. For the
  /// start. kStorageFull, kStorageFailed.
  [[nodiscard]] base::Result<base::Done> prepare(const std::set<std::string>& known) const;

  [[nodiscard]] std::string path(const base::UploadId& id) const;
  /// 0 where nothing came yet.
  [[nodiscard]] std::int64_t size(const base::UploadId& id) const;
  /// When something last came, or nothing.
  [[nodiscard]] std::optional<base::Seconds> changed_at(const base::UploadId& id) const;

  /// Durably behind what is there, which has `offset` bytes. All of it or, after an error, none.
  /// kStorageFull, kStorageFailed.
  [[nodiscard]] base::Result<base::Done> append(const base::UploadId& id, std::int64_t offset,
                                                std::string_view bytes) const;
  void remove(const base::UploadId& id) const;

  /// kStorageFull where the disk would not keep some room for the server beside `bytes` more.
  [[nodiscard]] base::Result<base::Done> check_room(std::int64_t bytes) const;

 private:
  std::string folder_;
};

/// Names of the regular files in `folder`.
[[nodiscard]] std::vector<std::string> names_in(const std::string& folder);

}  // namespace catalog
