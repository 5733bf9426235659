#pragma once

// Use cases on uploads: a file comes in pieces, is looked into, and becomes a table (imports.h).
// Each change writes its audit event in its own transaction.

#include <chrono>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/imports.h"

namespace catalog {

/// Most of a file in one piece.
inline constexpr std::size_t kChunkBytes = std::size_t{8} << 20;
/// How long an upload is kept after something last came.
inline constexpr std::chrono::hours kUploadKept{24};
inline constexpr std::size_t kUploadsOfOrganizationMax = 50;

enum class UploadState : std::uint8_t { kReceiving, kReceived, kImporting, kImported, kFailed };
/// "receiving", …
[[nodiscard]] std::string_view upload_state_name(UploadState state);

struct UploadStatus {
  model::Upload upload;
  std::int64_t received_bytes;
  UploadState state;
  double progress = 0;  ///< From 0 to 1, while it is imported.
};

struct NewUpload {
  std::string file_name;
  std::int64_t bytes;
};

/// What became of a piece.
struct Received {
  bool taken;  ///< False: it does not begin where the upload ends, or the upload is in use.
  std::int64_t offset;  ///< Where the next one has to begin.
};

/// Every call is kForbidden for who may not, and kNotFound alike for an upload of another
/// organization and one that does not exist. Thread-safe; what it is made of outlives it.
class Uploads {
 public:
  struct Limits {
    std::int64_t upload_bytes_max;
    std::int64_t organization_bytes_max;  ///< Of announced bytes and imported files together.
  };
  Uploads(store::Store& store, store::OrganizationViews& views, query::Sources& sources,
          query::ResultCache& cache, FileWorker& worker, const base::Clock& clock,
          const std::string& data_directory, const Limits& limits);

  /// kInvalidBody; kBodyTooLarge for a file that is larger than one may be; kStorageFull where the
  /// organization or the disk has no room for it.
  [[nodiscard]] base::Result<UploadStatus> add(const Caller& caller, const NewUpload& wanted);
  /// Newest first.
  [[nodiscard]] base::Result<std::vector<UploadStatus>> list(const model::Principal& principal);
  [[nodiscard]] base::Result<UploadStatus> find(const model::Principal& principal,
                                                const base::UploadId& id);
  /// kBodyTooLarge for more than was announced; kStorageFull, kStorageFailed.
  [[nodiscard]] base::Result<Received> append(const model::Principal& principal,
                                              const base::UploadId& id, std::int64_t offset,
                                              std::string_view bytes);
  /// Ends its import, if one runs. A table that it became stays. kConflict while it is in use.
  [[nodiscard]] base::Result<base::Done> remove(const Caller& caller, const base::UploadId& id);

  /// `question` is without the file. kConflict for one that is not here whole or in use;
  /// kInvalidFile; kUnavailable while many others look into theirs.
  [[nodiscard]] base::Result<model::FileDescription> inspect(const model::Principal& principal,
                                                             const base::UploadId& id,
                                                             model::FileQuestion question);
  /// Begins the import, whose end `find` tells. `order` is without the file. As Imports::start;
  /// kConflict also for a file that is not here whole or in use; kStorageFull.
  [[nodiscard]] base::Result<UploadStatus> start_import(const Caller& caller,
                                                        const base::UploadId& id,
                                                        ImportOrder order);

  /// Removes what a killed server left. For the start, before anybody is served.
  [[nodiscard]] base::Result<base::Done> remove_left_behind();
  /// To be called about once a minute.
  [[nodiscard]] base::Result<base::Done> remove_unnamed_files() {
    return imports_.remove_unnamed_files();
  }
  /// Removes uploads to which nothing came for kUploadKept before `now`.
  [[nodiscard]] base::Result<base::Done> expire(base::Seconds now);

 private:
  /// Keeps everybody else from an upload.
  class Hold;

  [[nodiscard]] base::Result<model::Upload> get(const model::Principal& principal,
                                                const base::UploadId& id);
  [[nodiscard]] base::Result<model::Upload> get_whole(const model::Principal& principal,
                                                      const base::UploadId& id);
  /// `progress` of its import is from before `upload` was read: so one that just ended is not taken
  /// for one that never began, and who reads that it ended may start the next.
  [[nodiscard]] UploadStatus status_of(model::Upload upload, std::optional<double> progress);
  [[nodiscard]] base::Result<base::Done> check_room(store::Connection& connection,
                                                    const store::OrganizationView& view,
                                                    std::int64_t bytes);

  store::Store& store_;
  store::OrganizationViews& views_;
  FileWorker& worker_;
  const base::Clock& clock_;
  const Limits limits_;
  const UploadFiles files_;
  Imports imports_;
  std::mutex mutex_;
  std::set<base::UploadId> held_;
  std::size_t inspections_ = 0;
};

}  // namespace catalog
