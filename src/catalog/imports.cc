#include "catalog/imports.h"

#include <algorithm>
#include <atomic>
#include <filesystem>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/log.h"
#include "catalog/schema_merge.h"
#include "catalog/tables.h"
#include "catalog/upload_words.h"
#include "crypto/random.h"
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

constexpr std::string_view kFolder = "imported/";
constexpr std::size_t kThreads = 2;
constexpr std::size_t kMaxNameBytes = 100;
constexpr std::size_t kMaxLabelBytes = 200;

Error taken(std::string_view field, std::string what) {
  return {Code::kConflict, std::move(what), {}, std::string(field)};
}

Error no_such_database() { return {Code::kNotFound, "There is no such database."}; }

std::int64_t bytes_of(const std::string& path) {
  std::error_code problem;
  const auto bytes = std::filesystem::file_size(path, problem);
  return problem ? 0 : static_cast<std::int64_t>(bytes);
}

/// Names `file` in place of the one of which it is made, unless that one was replaced meanwhile.
Result<Done> swap_file(Connection& connection, const base::OrgId& organization,
                       const base::DatabaseId& id, const std::string& present,
                       const std::string& file) {
  ASSIGN_OR_RETURN(auto databases, store::list_databases(connection, organization));
  const auto found = std::ranges::find(databases, id, &model::Database::id);
  if (found == databases.end()) return no_such_database();
  if (found->file != present) {
    return Error{Code::kConflict, "The database was changed meanwhile. Import again."};
  }
  found->file = file;
  return store::update_database(connection, organization, *found);
}

Result<Done> check_new_database(const store::OrganizationView& view, const std::string& name) {
  RETURN_IF_ERROR(check_words("database.name", name, kMaxNameBytes));
  for (const auto& [id, database] : view.databases) {
    if (database.name == name) return taken("database.name", "There is a database of this name.");
  }
  return Done{};
}

Result<Done> check_present_database(const store::OrganizationView& view, const base::DatabaseId& id,
                                    const std::string& table_name) {
  const auto database = view.databases.find(id);
  if (database == view.databases.end()) return no_such_database();
  if (!takes_uploads(database->second)) {
    return Error{Code::kInvalidBody,
                 "Only a database that was made by an upload takes another.",
                 {},
                 "database.id"};
  }
  for (const auto& [other, table] : view.tables) {
    // As the engine compares names.
    if (table.database == id && base::equals_ignoring_case(table.name, table_name)) {
      return taken("table.name", "The database has a table of this name.");
    }
  }
  return Done{};
}

}  // namespace

bool takes_uploads(const model::Database& database) {
  return database.imported && database.file.starts_with(kFolder);
}

/// One import, from when it is asked for to its end.
struct Imports::Running {
  Caller caller;
  model::Upload upload;
  ImportOrder order;
  std::string file;          ///< That is made, as a database has it.
  std::string present = {};  ///< The one that it takes the place of, if any.
  source::Cancellation cancellation = {};
  std::atomic<double> progress = 0;
};

Imports::Imports(Parts parts, const UploadFiles& uploaded)
    : parts_(std::move(parts)), uploaded_(uploaded) {
  for (std::size_t i = 0; i < kThreads; ++i) threads_.emplace_back([this] { work(); });
}

Imports::~Imports() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    for (const auto& [id, running] : running_) running->cancellation.cancel();
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

std::string Imports::path_of(const std::string& file) const {
  return query::database_path(parts_.data_directory, file);
}

void Imports::remove_file(const std::string& file) const {
  std::error_code ignored;
  std::filesystem::remove(path_of(file), ignored);
  std::filesystem::remove(path_of(file) + ".wal", ignored);
}

Result<Done> Imports::check_order(const model::Principal& principal, const ImportOrder& order) {
  RETURN_IF_ERROR(check_words("table.name", order.table, kMaxNameBytes));
  RETURN_IF_ERROR(check_words("table.label", order.label, kMaxLabelBytes));
  ASSIGN_OR_RETURN(const auto view, parts_.views.get(principal.organization()));
  return order.database ? check_present_database(*view, *order.database, order.table)
                        : check_new_database(*view, order.new_database);
}

Result<Done> Imports::start(const Caller& caller, model::Upload upload, ImportOrder order) {
  RETURN_IF_ERROR(check_order(caller.principal, order));
  const base::OrgId& organization = caller.principal.organization();
  upload.reason = "The server was stopped during the import. Import again.";
  const auto running =
      std::make_shared<Running>(caller, upload, std::move(order),
                                fmt::format("{}{}.duckdb", kFolder, crypto::random_base32(20)));
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [id, other] : running_) {
      if (other->caller.principal.organization() == organization) {
        return Error{Code::kConflict, "Another import runs. Wait for its end."};
      }
    }
    running_.emplace(upload.id, running);
  }
  auto kept = parts_.store.write([&](Connection& connection) {
    return store::update_upload(connection, organization, upload);
  });
  const std::scoped_lock lock(mutex_);
  if (!kept) {
    running_.erase(upload.id);
    return kept;
  }
  waiting_.push_back(running);
  changed_.notify_one();
  return Done{};
}

std::optional<double> Imports::progress_of(const base::UploadId& id) {
  const std::scoped_lock lock(mutex_);
  const auto found = running_.find(id);
  if (found == running_.end()) return std::nullopt;
  return found->second->progress;
}

std::map<base::UploadId, double> Imports::progress() {
  const std::scoped_lock lock(mutex_);
  std::map<base::UploadId, double> progress;
  for (const auto& [id, running] : running_) progress.emplace(id, running->progress);
  return progress;
}

void Imports::cancel(const base::UploadId& id) {
  const std::scoped_lock lock(mutex_);
  const auto found = running_.find(id);
  if (found != running_.end()) found->second->cancellation.cancel();
}

void Imports::work() {
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

void Imports::run(Running& running) {
  const auto table = import(running);
  if (table) return uploaded_.remove(running.upload.id);
  remove_file(running.file);
  if (running.cancellation.cancelled()) return;
  const Error& failure = table.error();
  base::log_error("import failed", failure, {{"upload", running.upload.id.text()}});
  running.upload.reason = failure.what;
  const auto kept = parts_.store.write([&](Connection& connection) {
    return store::update_upload(connection, running.caller.principal.organization(),
                                running.upload);
  });
  if (!kept) base::log_error("outcome of an import not kept", kept.error());
}

Result<base::TableId> Imports::import(Running& running) {
  ASSIGN_OR_RETURN(const auto view, parts_.views.get(running.caller.principal.organization()));
  if (running.order.database) {
    const auto database = view->databases.find(*running.order.database);
    if (database == view->databases.end()) return no_such_database();
    running.present = database->second.file;
  }
  RETURN_IF_ERROR(write_file(running, *view));
  return attach(running);
}

Result<std::int64_t> Imports::write_file(Running& running, const store::OrganizationView& view) {
  const ImportOrder& order = running.order;
  const std::string present = running.present.empty() ? "" : path_of(running.present);
  const std::int64_t room = parts_.organization_bytes_max - stored_bytes(view);
  const std::int64_t bytes_max = room + (present.empty() ? 0 : bytes_of(present));
  if (room <= 0) return Error{Code::kStorageFull, "There is no room for the table."};
  std::error_code problem;
  std::filesystem::create_directories(path_of(std::string(kFolder)), problem);
  if (problem) {
    return Error{Code::kStorageFailed, "A folder could not be made.", problem.message()};
  }
  return parts_.worker.import(
      {order.question, present, path_of(running.file), order.table, order.columns},
      {bytes_max, [&](double progress) { running.progress = progress; }, running.cancellation});
}

/// One transaction from the old state to the new one.
Result<base::TableId> Imports::attach(const Running& running) {
  const Caller& caller = running.caller;
  const base::OrgId& organization = caller.principal.organization();
  const model::Database database{
      .id = running.order.database.value_or(crypto::new_id<base::DatabaseId>()),
      .name = running.order.new_database,
      .kind = model::DatabaseKind::kDuckDb,
      .file = running.file,
      .imported = true};
  ASSIGN_OR_RETURN(const auto source, parts_.sources.open(database));
  ASSIGN_OR_RETURN(const auto schema, source->read_schema());
  const auto described = std::ranges::find(schema, running.order.table, &source::SchemaTable::name);
  if (described == schema.end()) {
    return Error{Code::kInvalidFile, "The file has no column of a type that can be shown."};
  }
  model::Table table = table_of(*described, database.id);
  table.label = running.order.label;
  model::Upload done = running.upload;
  done.reason.clear();
  done.table = table.id;
  const base::Seconds now = parts_.clock.now();
  RETURN_IF_ERROR(parts_.store.write([&](Connection& connection) -> Result<Done> {
    if (running.order.database) {
      RETURN_IF_ERROR(
          swap_file(connection, organization, database.id, running.present, running.file));
    } else {
      RETURN_IF_ERROR(store::insert_database(connection, organization, database));
      RETURN_IF_ERROR(store::insert_audit_event(connection, organization,
                                                {now,
                                                 AuditAction::kDatabaseAdded,
                                                 caller.actor,
                                                 {"database", database.id.text(), database.name}}));
    }
    RETURN_IF_ERROR(insert_new_table(connection, caller, table, now));
    RETURN_IF_ERROR(store::update_upload(connection, organization, done));
    return note_upload(connection, caller, AuditAction::kUploadImported, done, now);
  }));
  parts_.sources.close(database.id);
  (void)parts_.cache.purge(database.id);
  return table.id;
}

std::int64_t Imports::stored_bytes(const store::OrganizationView& view) const {
  std::int64_t bytes = 0;
  for (const auto& [id, database] : view.databases) {
    if (takes_uploads(database)) bytes += bytes_of(path_of(database.file));
  }
  return bytes;
}

Result<std::set<std::string>> Imports::unnamed_files() {
  std::set<std::string> files;
  for (const std::string& name : names_in(path_of(std::string(kFolder)))) {
    files.insert(std::string(kFolder) + name);
  }
  // After the names, so that a file which came to be named meanwhile is known.
  ASSIGN_OR_RETURN(const auto named, parts_.store.read([](Connection& connection) {
    return store::list_database_files(connection);
  }));
  for (const std::string& file : named) files.erase(file);
  const std::scoped_lock lock(mutex_);
  for (const auto& [id, running] : running_) {
    files.erase(running->file);
    files.erase(running->file + ".wal");
  }
  return files;
}

Result<Done> Imports::remove_unnamed_files() {
  ASSIGN_OR_RETURN(std::set<std::string> unnamed, unnamed_files());
  const std::scoped_lock lock(mutex_);
  for (const std::string& file : unnamed) {
    if (unnamed_before_.contains(file)) remove_file(file);
  }
  unnamed_before_ = std::move(unnamed);
  return Done{};
}

Result<Done> Imports::remove_left_behind() {
  RETURN_IF_ERROR(remove_unnamed_files());
  return remove_unnamed_files();
}

}  // namespace catalog
