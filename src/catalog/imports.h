#pragma once

// Makes tables of uploaded files, a few at a time and one for each organization, on threads of its
// own. Used by uploads.h.
//
// An imported database is one DuckDB file below `databases/imported`, because a query reads its
// tables in one instance, under their plain names. An import writes a new file, with the tables of
// the one before copied along, and one transaction then names the new file in the metadata: who is
// killed on the way leaves the old state or the new one, and who reads the old file goes on with
// it. A file that is named may still be replaced by one with the same tables (by a rename); that
// one is only lost to an import which began before, and which names its own. Files that no database
// names are removed.

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "catalog/caller.h"
#include "catalog/file_worker.h"
#include "catalog/upload_files.h"
#include "model/database.h"
#include "model/upload.h"
#include "query/result_cache.h"
#include "query/sources.h"
#include "store/organization_view.h"
#include "store/store.h"

namespace catalog {

/// Whether uploads may become tables of `database`: an earlier one made it.
[[nodiscard]] bool takes_uploads(const model::Database& database);

/// What an upload is to become.
struct ImportOrder {
  model::FileQuestion question;  ///< With the file.
  std::optional<base::DatabaseId> database;
  std::string new_database;  ///< Its name, where `database` is none.
  std::string table;
  std::string label;
  std::vector<model::ChosenColumn> columns;
};

/// Thread-safe; what it is made of outlives it.
class Imports {
 public:
  struct Parts {
    store::Store& store;
    store::OrganizationViews& views;
    query::Sources& sources;
    query::ResultCache& cache;
    FileWorker& worker;
    const base::Clock& clock;
    std::string data_directory;  ///< Absolute.
    std::int64_t organization_bytes_max;
  };
  Imports(Parts parts, const UploadFiles& uploaded);
  Imports(const Imports&) = delete;
  Imports& operator=(const Imports&) = delete;
  /// Ends what runs.
  ~Imports();

  /// Its end is in the upload: the table, or the reason, which until then is that the server was
  /// stopped. kInvalidBody; kNotFound (database); kConflict for a name that is taken, and while
  /// another import of the organization runs.
  [[nodiscard]] base::Result<base::Done> start(const Caller& caller, model::Upload upload,
                                               ImportOrder order);
  /// From 0 to 1; nothing where no import of `id` runs.
  [[nodiscard]] std::optional<double> progress_of(const base::UploadId& id);
  /// Of all that run.
  [[nodiscard]] std::map<base::UploadId, double> progress();
  void cancel(const base::UploadId& id);

  /// Of the files that were imported for the databases of `view`.
  [[nodiscard]] std::int64_t stored_bytes(const store::OrganizationView& view) const;

  /// Removes imported files that no database names, each at its second sight, because a query may
  /// just be about to open one. To be called about once a minute.
  [[nodiscard]] base::Result<base::Done> remove_unnamed_files();
  /// The same at first sight, for the start.
  [[nodiscard]] base::Result<base::Done> remove_left_behind();

 private:
  struct Running;

  void work();
  void run(Running& running);
  [[nodiscard]] base::Result<base::TableId> import(Running& running);
  [[nodiscard]] base::Result<std::int64_t> write_file(Running& running,
                                                      const store::OrganizationView& view);
  [[nodiscard]] base::Result<base::TableId> attach(const Running& running);
  [[nodiscard]] base::Result<base::Done> check_order(const model::Principal& principal,
                                                     const ImportOrder& order);
  [[nodiscard]] base::Result<std::set<std::string>> unnamed_files();
  [[nodiscard]] std::string path_of(const std::string& file) const;
  /// With DuckDB's log of it.
  void remove_file(const std::string& file) const;

  const Parts parts_;
  const UploadFiles& uploaded_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::map<base::UploadId, std::shared_ptr<Running>> running_;
  std::deque<std::shared_ptr<Running>> waiting_;
  std::set<std::string> unnamed_before_;
  std::vector<std::thread> threads_;
};

}  // namespace catalog
