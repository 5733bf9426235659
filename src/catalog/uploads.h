#pragma once

// Use cases on uploads: a file comes in pieces, is looked into, and becomes a table of a database
// whose file we write ourselves. Each change writes its audit event in its own transaction.
//
// An imported database is one DuckDB file below `databases/imported`, because a query reads its
// tables in one instance, under their plain names. An import writes a new file, with the tables of
// the one before copied along, and one transaction then names the new file in the metadata: who is
// killed on the way leaves the old state or the new one. Files that no database names are swept.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "catalog/caller.h"
#include "catalog/file_worker.h"
#include "catalog/upload_files.h"
#include "model/upload.h"
#include "query/result_cache.h"
#include "query/sources.h"
#include "store/organization_view.h"
#include "store/store.h"

namespace catalog {

/// Of announced bytes.
struct UploadLimits {
  std::int64_t upload_bytes_max;
  std::int64_t organization_bytes_max;
  std::int64_t total_bytes_max;
};

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
  bool taken;           ///< False: it does not begin where the upload ends, or another is being
                        ///< written.
  std::int64_t offset;  ///< Where the next one has to begin.
};

/// What an upload is to become.
struct ImportOrder {
  source::FileQuestion question;        ///< `file` is filled in here.
  std::optional<base::DatabaseId> database;
  std::string new_database;             ///< Its name, where `database` is none.
  std::string table;
  std::string label;
  std::vector<source::ChosenColumn> columns;
};

/// Every call is kForbidden for who may not, and kNotFound alike for an upload of another
/// organization and one that does not exist. Thread-safe; what it is made of outlives it.
class Uploads {
 public:
  struct Parts {
    store::Store& store;
    store::OrganizationViews& views;
    query::Sources& sources;
    query::ResultCache& cache;
    FileWorker& worker;
    const base::Clock& clock;
  };
  Uploads(const Parts& parts, const std::string& data_directory, const UploadLimits& limits);
  Uploads(const Uploads&) = delete;
  Uploads& operator=(const Uploads&) = delete;
  /// Ends the imports that run.
  ~Uploads();

  /// kInvalidBody; kBodyTooLarge for a file that is larger than one may be; kStorageFull where the
  /// limits of the organization or the server, or the disk, leave no room.
  [[nodiscard]] base::Result<UploadStatus> add(const Caller& caller, const NewUpload& wanted);
  /// Newest first.
  [[nodiscard]] base::Result<std::vector<UploadStatus>> list(const model::Principal& principal);
  [[nodiscard]] base::Result<UploadStatus> find(const model::Principal& principal,
                                                const base::UploadId& id);
  /// kBodyTooLarge for more than was announced; kStorageFull, kStorageFailed.
  [[nodiscard]] base::Result<Received> append(const model::Principal& principal,
                                              const base::UploadId& id, std::int64_t offset,
                                              std::string_view bytes);
  /// Ends its import, if one runs. A table that it became stays.
  [[nodiscard]] base::Result<base::Done> remove(const Caller& caller, const base::UploadId& id);

  /// kConflict for a file that is not here whole; kInvalidFile; kUnavailable while many others look
  /// into theirs.
  [[nodiscard]] base::Result<source::FileDescription> inspect(const model::Principal& principal,
                                                              const base::UploadId& id,
                                                              source::FileQuestion question);
  /// Begins the import, whose end `find` tells. kInvalidBody; kNotFound (database); kConflict for a
  /// file that is not here whole, a name that is taken, and while another import of the
  /// organization runs; kStorageFull.
  [[nodiscard]] base::Result<UploadStatus> start_import(const Caller& caller,
                                                        const base::UploadId& id,
                                                        ImportOrder order);

  /// Removes what a killed server left. For the start, before anybody is served.
  [[nodiscard]] base::Result<base::Done> remove_left_behind();
  /// Removes files of databases that no database names any more, each at its second sight, because
  /// a query may just be about to open one. To be called about once a minute.
  [[nodiscard]] base::Result<base::Done> sweep();
  /// Removes uploads to which nothing came since `now` - kUploadKept.
  [[nodiscard]] base::Result<base::Done> expire(base::Seconds now);

 private:
  struct Running;
  /// Keeps everybody else from an upload.
  class Hold;

  [[nodiscard]] base::Result<model::Upload> get(const model::Principal& principal,
                                                const base::UploadId& id);
  [[nodiscard]] base::Result<model::Upload> get_whole(const model::Principal& principal,
                                                      const base::UploadId& id);
  [[nodiscard]] UploadStatus status_of(model::Upload upload);
  [[nodiscard]] base::Result<base::Done> check_order(const model::Principal& principal,
                                                     const ImportOrder& order);
  void work();
  void run(Running& running);
  [[nodiscard]] base::Result<base::TableId> import(Running& running);
  [[nodiscard]] base::Result<base::TableId> attach(const Running& running,
                                                   const std::string& file);
  [[nodiscard]] base::Result<std::set<std::string>> used_files();

  const Parts parts_;
  const std::string data_directory_;
  const UploadLimits limits_;
  const UploadFiles files_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::set<base::UploadId> held_;
  std::size_t inspections_ = 0;
  std::map<base::UploadId, std::shared_ptr<Running>> running_;
  std::deque<std::shared_ptr<Running>> waiting_;
  std::set<std::string> unused_before_;
  std::vector<std::thread> threads_;
};

}  // namespace catalog
