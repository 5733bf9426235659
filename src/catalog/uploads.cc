#include "catalog/uploads.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include <fmt/format.h>

#include "base/log.h"
#include "catalog/authorize.h"
#include "catalog/schema_merge.h"
#include "catalog/tables.h"
#include "crypto/random.h"
#include "model/enum_names.h"
#include "store/audit.h"
#include "store/databases.h"
#include "store/uploads.h"

namespace catalog {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using model::AuditAction;
using store::Connection;

constexpr std::array<std::string_view, 5> kStateNames = {"receiving", "received", "importing",
                                                         "imported", "failed"};
constexpr std::string_view kImportedFolder = "imported";
constexpr std::size_t kImportThreads = 2;
constexpr std::size_t kInspectionsMax = 2;
constexpr std::size_t kMaxFileNameBytes = 200;
constexpr std::size_t kMaxNameBytes = 100;
constexpr std::size_t kMaxLabelBytes = 200;

Error no_such_upload() { return {Code::kNotFound, "There is no such upload."}; }

Error refusal(std::string_view field, std::string what) {
  return {Code::kInvalidBody, std::move(what), {}, std::string(field)};
}

Error taken(std::string_view field, std::string what) {
  return {Code::kConflict, std::move(what), {}, std::string(field)};
}

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  });
}

Result<Done> check_name(std::string_view field, const std::string& name, std::size_t bytes_max) {
  if (!name.empty() && name.size() <= bytes_max && !has_control_character(name)) return Done{};
  return refusal(field, fmt::format("Must have 1 to {} bytes, none of them a control character.",
                                    bytes_max));
}

/// As the engine compares names.
std::string fold(std::string_view name) {
  std::string folded(name);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return folded;
}

std::string mebibytes(std::int64_t bytes) { return fmt::format("{} MiB", bytes >> 20); }

Result<Done> note(Connection& connection, const Caller& caller, AuditAction action,
                  const model::Upload& upload, base::Seconds now) {
  return store::insert_audit_event(
      connection, caller.principal.organization(),
      {now, action, caller.actor, {"upload", upload.id.text(), upload.file_name}});
}

/// Names `file` in place of the one of which it is made, unless that one was replaced meanwhile.
Result<Done> swap_file(Connection& connection, const base::OrgId& organization,
                       const base::DatabaseId& id, const std::string& present,
                       const std::string& file) {
  ASSIGN_OR_RETURN(auto databases, store::list_databases(connection, organization));
  const auto found = std::ranges::find(databases, id, &model::Database::id);
  if (found == databases.end()) return Error{Code::kNotFound, "There is no such database."};
  if (found->file != present) {
    return Error{Code::kConflict, "The database was changed meanwhile. Import again."};
  }
  found->file = file;
  return store::update_database(connection, organization, *found);
}

/// What uploads may still take of the room that they have together: the files of those that became
/// tables are gone.
Result<Done> check_sums(Connection& connection, const base::OrgId& organization,
                        const UploadLimits& limits, std::int64_t bytes) {
  ASSIGN_OR_RETURN(const auto all, store::list_all_uploads(connection));
  std::int64_t total = bytes;
  std::int64_t own = bytes;
  std::size_t own_count = 1;
  for (const auto& [owner, upload] : all) {
    const std::int64_t held = upload.table ? 0 : upload.size_bytes;
    total += held;
    if (owner != organization) continue;
    own += held;
    ++own_count;
  }
  if (own_count > kUploadsOfOrganizationMax) {
    return Error{Code::kStorageFull, fmt::format("There are {} uploads. Remove some first.",
                                                 own_count - 1)};
  }
  if (own > limits.organization_bytes_max) {
    return Error{Code::kStorageFull, fmt::format("Your uploads may have {} together. Remove some.",
                                                 mebibytes(limits.organization_bytes_max))};
  }
  if (total > limits.total_bytes_max) {
    return Error{Code::kStorageFull, "The server takes no more uploads for now."};
  }
  return Done{};
}

}  // namespace

std::string_view upload_state_name(UploadState state) {
  return model::enum_name(kStateNames, state);
}

/// One import, from when it is asked for to its end.
struct Uploads::Running {
  Caller caller;
  model::Upload upload;
  ImportOrder order;
  source::Cancellation cancellation;
  std::atomic<double> progress = 0;
  std::string present = {};  ///< The file of the database that is to have the table, if it is there.
  std::string target = {};   ///< The file that is made, once it is.
};

class Uploads::Hold {
 public:
  Hold(Uploads& uploads, const base::UploadId& id) : uploads_(uploads), id_(id) {
    const std::scoped_lock lock(uploads_.mutex_);
    if (!uploads_.running_.contains(id)) held_ = uploads_.held_.insert(id).second;
  }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;
  ~Hold() {
    const std::scoped_lock lock(uploads_.mutex_);
    if (held_) uploads_.held_.erase(id_);
  }
  /// False: somebody else has it.
  [[nodiscard]] bool held() const { return held_; }

 private:
  Uploads& uploads_;
  const base::UploadId& id_;
  bool held_ = false;
};

Uploads::Uploads(const Parts& parts, const std::string& data_directory, const UploadLimits& limits)
    : parts_(parts),
      data_directory_(std::filesystem::absolute(data_directory)),
      limits_(limits),
      files_(data_directory_ + "/uploads") {
  for (std::size_t i = 0; i < kImportThreads; ++i) threads_.emplace_back([this] { work(); });
}

Uploads::~Uploads() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    for (const auto& [id, running] : running_) running->cancellation.cancel();
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

Result<model::Upload> Uploads::get(const model::Principal& principal, const base::UploadId& id) {
  RETURN_IF_ERROR(authorize(principal, Verb::kManageDatabases));
  ASSIGN_OR_RETURN(auto found, parts_.store.read([&](Connection& connection) {
    return store::find_upload(connection, principal.organization(), id);
  }));
  if (!found) return no_such_upload();
  return std::move(*found);
}

Result<model::Upload> Uploads::get_whole(const model::Principal& principal,
                                         const base::UploadId& id) {
  ASSIGN_OR_RETURN(model::Upload upload, get(principal, id));
  if (upload.table) return Error{Code::kConflict, "The upload was imported."};
  if (files_.size(id) != upload.size_bytes) {
    return Error{Code::kConflict, "The file is not here whole yet."};
  }
  return upload;
}

UploadStatus Uploads::status_of(model::Upload upload) {
  const std::int64_t size = upload.size_bytes;
  if (upload.table) return {std::move(upload), size, UploadState::kImported};
  const std::int64_t received = files_.size(upload.id);
  {
    const std::scoped_lock lock(mutex_);
    if (const auto running = running_.find(upload.id); running != running_.end()) {
      return {std::move(upload), received, UploadState::kImporting, running->second->progress};
    }
  }
  if (received < size) return {std::move(upload), received, UploadState::kReceiving};
  const bool failed = !upload.reason.empty();
  return {std::move(upload), received, failed ? UploadState::kFailed : UploadState::kReceived};
}

Result<UploadStatus> Uploads::add(const Caller& caller, const NewUpload& wanted) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kManageDatabases));
  RETURN_IF_ERROR(check_name("fileName", wanted.file_name, kMaxFileNameBytes));
  if (wanted.bytes < 1) return refusal("bytes", "The file is empty.");
  if (wanted.bytes > limits_.upload_bytes_max) {
    return Error{
        Code::kBodyTooLarge,
        fmt::format("The file may have at most {}.", mebibytes(limits_.upload_bytes_max)),
        {},
        "bytes"};
  }
  RETURN_IF_ERROR(files_.check_room(wanted.bytes));
  const base::Seconds now = parts_.clock.now();
  const base::OrgId& organization = caller.principal.organization();
  model::Upload upload{crypto::new_id<base::UploadId>(), base::UserId(caller.actor.id),
                       wanted.file_name, wanted.bytes, now};
  RETURN_IF_ERROR(parts_.store.write([&](Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(check_sums(connection, organization, limits_, wanted.bytes));
    RETURN_IF_ERROR(store::insert_upload(connection, organization, upload));
    return note(connection, caller, AuditAction::kUploadAdded, upload, now);
  }));
  return status_of(std::move(upload));
}

Result<std::vector<UploadStatus>> Uploads::list(const model::Principal& principal) {
  RETURN_IF_ERROR(authorize(principal, Verb::kManageDatabases));
  ASSIGN_OR_RETURN(auto uploads, parts_.store.read([&](Connection& connection) {
    return store::list_uploads(connection, principal.organization());
  }));
  std::vector<UploadStatus> statuses;
  for (model::Upload& upload : uploads) statuses.push_back(status_of(std::move(upload)));
  return statuses;
}

Result<UploadStatus> Uploads::find(const model::Principal& principal, const base::UploadId& id) {
  ASSIGN_OR_RETURN(model::Upload upload, get(principal, id));
  return status_of(std::move(upload));
}

Result<Received> Uploads::append(const model::Principal& principal, const base::UploadId& id,
                                 std::int64_t offset, std::string_view bytes) {
  ASSIGN_OR_RETURN(const model::Upload upload, get(principal, id));
  if (upload.table) return Received{false, upload.size_bytes};
  const Hold hold(*this, id);
  const std::int64_t present = files_.size(id);
  if (!hold.held() || offset != present) return Received{false, present};
  const auto length = static_cast<std::int64_t>(bytes.size());
  if (length > upload.size_bytes - present) {
    return Error{Code::kBodyTooLarge, "This is more than was announced."};
  }
  if (length == 0) return Received{true, present};
  RETURN_IF_ERROR(files_.check_room(length));
  RETURN_IF_ERROR(files_.append(id, present, bytes));
  return Received{true, present + length};
}

Result<Done> Uploads::remove(const Caller& caller, const base::UploadId& id) {
  ASSIGN_OR_RETURN(const model::Upload upload, get(caller.principal, id));
  {
    const std::scoped_lock lock(mutex_);
    if (held_.contains(id)) return Error{Code::kConflict, "The upload is in use."};
    if (const auto running = running_.find(id); running != running_.end()) {
      running->second->cancellation.cancel();
    }
  }
  RETURN_IF_ERROR(parts_.store.write([&](Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(store::delete_upload(connection, caller.principal.organization(), id));
    return note(connection, caller, AuditAction::kUploadRemoved, upload, parts_.clock.now());
  }));
  files_.remove(id);
  return Done{};
}

Result<source::FileDescription> Uploads::inspect(const model::Principal& principal,
                                                 const base::UploadId& id,
                                                 source::FileQuestion question) {
  ASSIGN_OR_RETURN(const model::Upload upload, get_whole(principal, id));
  const Hold hold(*this, id);
  if (!hold.held()) return Error{Code::kConflict, "The upload is in use."};
  {
    const std::scoped_lock lock(mutex_);
    if (inspections_ == kInspectionsMax) {
      return Error{Code::kUnavailable, "Other files are being looked into. Try again."};
    }
    ++inspections_;
  }
  question.file = files_.path(id);
  auto described = parts_.worker.describe(question, {});
  const std::scoped_lock lock(mutex_);
  --inspections_;
  return described;
}

/// Whatever is decided without the file.
Result<Done> Uploads::check_order(const model::Principal& principal, const ImportOrder& order) {
  RETURN_IF_ERROR(check_name("table.name", order.table, kMaxNameBytes));
  RETURN_IF_ERROR(check_name("table.label", order.label, kMaxLabelBytes));
  if (order.columns.empty() || order.columns.size() > source::kFileColumnsMax) {
    return refusal("columns", fmt::format("Must be 1 to {}.", source::kFileColumnsMax));
  }
  ASSIGN_OR_RETURN(const auto view, parts_.views.get(principal.organization()));
  if (!order.database) {
    RETURN_IF_ERROR(check_name("database.name", order.new_database, kMaxNameBytes));
    for (const auto& [id, database] : view->databases) {
      if (database.name == order.new_database) {
        return taken("database.name", "There is a database of this name.");
      }
    }
    return Done{};
  }
  const auto database = view->databases.find(*order.database);
  if (database == view->databases.end()) {
    return Error{Code::kNotFound, "There is no such database."};
  }
  if (!database->second.imported) {
    return refusal("database.id", "Only a database that was made by an upload takes another.");
  }
  for (const auto& [id, table] : view->tables) {
    if (table.database == *order.database && fold(table.name) == fold(order.table)) {
      return taken("table.name", "The database has a table of this name.");
    }
  }
  return Done{};
}

Result<UploadStatus> Uploads::start_import(const Caller& caller, const base::UploadId& id,
                                           ImportOrder order) {
  ASSIGN_OR_RETURN(model::Upload upload, get_whole(caller.principal, id));
  RETURN_IF_ERROR(check_order(caller.principal, order));
  RETURN_IF_ERROR(files_.check_room(upload.size_bytes));
  order.question.file = files_.path(id);
  upload.reason.clear();
  auto running = std::make_shared<Running>(caller, upload, std::move(order));
  {
    const std::scoped_lock lock(mutex_);
    if (held_.contains(id)) return Error{Code::kConflict, "The upload is in use."};
    for (const auto& [other, import] : running_) {
      if (import->caller.principal.organization() == caller.principal.organization()) {
        return Error{Code::kConflict, "Another import runs. Wait for its end."};
      }
    }
    running_.emplace(id, running);
    waiting_.push_back(running);
  }
  changed_.notify_one();
  return status_of(std::move(upload));
}

void Uploads::work() {
  while (true) {
    std::shared_ptr<Running> next;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      next = std::move(waiting_.front());
      waiting_.pop_front();
    }
    run(*next);
    const std::scoped_lock lock(mutex_);
    running_.erase(next->upload.id);
  }
}

void Uploads::run(Running& running) {
  const auto table = import(running);
  if (table) return files_.remove(running.upload.id);
  const Error& failure = table.error();
  base::log_error("import failed", failure, {{"upload", running.upload.id.text()}});
  if (running.cancellation.cancelled()) return;
  running.upload.reason = failure.what;
  const auto kept = parts_.store.write([&](Connection& connection) {
    return store::update_upload(connection, running.caller.principal.organization(),
                                running.upload);
  });
  if (!kept) base::log_error("outcome of an import not kept", kept.error());
}

/// Makes the file and puts it in its place.
Result<base::TableId> Uploads::import(Running& running) {
  const ImportOrder& order = running.order;
  const std::string file =
      fmt::format("{}/{}.duckdb", kImportedFolder, crypto::random_base32(20));
  source::FileImport wanted{order.question, "", query::database_path(data_directory_, file),
                            order.table, order.columns};
  if (order.database) {
    ASSIGN_OR_RETURN(const auto view, parts_.views.get(running.caller.principal.organization()));
    const auto database = view->databases.find(*order.database);
    if (database == view->databases.end()) {
      return Error{Code::kNotFound, "There is no such database."};
    }
    running.present = database->second.file;
    wanted.present = query::database_path(data_directory_, running.present);
  }
  {
    const std::scoped_lock lock(mutex_);
    running.target = file;
  }
  auto rows = parts_.worker.import(
      wanted, [&](double progress) { running.progress = progress; }, running.cancellation);
  auto table = rows ? attach(running, file) : Result<base::TableId>(std::move(rows).error());
  if (!table) std::filesystem::remove(wanted.target);
  return table;
}

/// One transaction from the old state to the new one.
Result<base::TableId> Uploads::attach(const Running& running, const std::string& file) {
  const Caller& caller = running.caller;
  const base::OrgId& organization = caller.principal.organization();
  model::Database database{.id = running.order.database.value_or(crypto::new_id<base::DatabaseId>()),
                           .name = running.order.new_database,
                           .kind = model::DatabaseKind::kDuckDb,
                           .file = file,
                           .imported = true};
  ASSIGN_OR_RETURN(const auto source, parts_.sources.open(database));
  ASSIGN_OR_RETURN(const auto schema, source->read_schema());
  const auto described =
      std::ranges::find(schema, running.order.table, &source::SchemaTable::name);
  if (described == schema.end()) {
    return Error{Code::kInvalidFile, "The file has no column of a type that can be shown."};
  }
  model::Table table = table_of(*described, database.id);
  table.label = running.order.label;
  model::Upload done = running.upload;
  done.table = table.id;
  const base::Seconds now = parts_.clock.now();
  RETURN_IF_ERROR(parts_.store.write([&](Connection& connection) -> Result<Done> {
    if (running.order.database) {
      RETURN_IF_ERROR(swap_file(connection, organization, database.id, running.present, file));
    } else {
      RETURN_IF_ERROR(store::insert_database(connection, organization, database));
      RETURN_IF_ERROR(store::insert_audit_event(
          connection, organization,
          {now, AuditAction::kDatabaseAdded, caller.actor,
           {"database", database.id.text(), database.name}}));
    }
    RETURN_IF_ERROR(insert_new_table(connection, caller, table, now));
    RETURN_IF_ERROR(store::update_upload(connection, organization, done));
    return note(connection, caller, AuditAction::kUploadImported, done, now);
  }));
  parts_.sources.close(database.id);
  (void)parts_.cache.purge(database.id);
  return table.id;
}

Result<std::set<std::string>> Uploads::used_files() {
  ASSIGN_OR_RETURN(const auto files, parts_.store.read([](Connection& connection) {
    return store::list_database_files(connection);
  }));
  std::set<std::string> used(files.begin(), files.end());
  const std::scoped_lock lock(mutex_);
  for (const auto& [id, running] : running_) {
    if (!running->target.empty()) used.insert({running->target, running->target + ".tmp"});
  }
  return used;
}

Result<Done> Uploads::remove_left_behind() {
  ASSIGN_OR_RETURN(const auto uploads, parts_.store.read([](Connection& connection) {
    return store::list_all_uploads(connection);
  }));
  std::set<std::string> known;
  for (const auto& [organization, upload] : uploads) {
    if (!upload.table) known.insert(upload.id.text());
  }
  files_.remove_others(known);
  RETURN_IF_ERROR(sweep());
  return sweep();
}

Result<Done> Uploads::sweep() {
  const std::string folder = query::database_path(data_directory_, std::string(kImportedFolder));
  const std::vector<std::string> names = names_in(folder);
  // After the names, so that a file which came to be used meanwhile is known.
  ASSIGN_OR_RETURN(const auto used, used_files());
  std::set<std::string> unused;
  for (const std::string& name : names) {
    if (!used.contains(fmt::format("{}/{}", kImportedFolder, name))) unused.insert(name);
  }
  const std::scoped_lock lock(mutex_);
  for (const std::string& name : unused) {
    if (!unused_before_.contains(name)) continue;
    std::error_code ignored;
    std::filesystem::remove(folder + "/" + name, ignored);
  }
  unused_before_ = std::move(unused);
  return Done{};
}

Result<Done> Uploads::expire(base::Seconds now) {
  ASSIGN_OR_RETURN(const auto uploads, parts_.store.read([](Connection& connection) {
    return store::list_all_uploads(connection);
  }));
  for (const auto& [organization, upload] : uploads) {
    const base::Seconds last = files_.changed_at(upload.id).value_or(upload.created_at);
    if (now - std::max(last, upload.created_at) < kUploadKept) continue;
    const Hold hold(*this, upload.id);
    if (!hold.held()) continue;
    RETURN_IF_ERROR(parts_.store.write([&](Connection& connection) {
      return store::delete_upload(connection, organization, upload.id);
    }));
    files_.remove(upload.id);
  }
  return Done{};
}

}  // namespace catalog
