#include "catalog/uploads.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "catalog/authorize.h"
#include "catalog/upload_words.h"
#include "crypto/random.h"
#include "model/enum_names.h"
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
constexpr std::size_t kInspectionsMax = 2;
constexpr std::size_t kMaxFileNameBytes = 200;

Error no_such_upload() { return {Code::kNotFound, "There is no such upload."}; }

Error in_use() { return {Code::kConflict, "The upload is in use."}; }

std::string mebibytes(std::int64_t bytes) { return fmt::format("{} MiB", bytes >> 20); }

}  // namespace

std::string_view upload_state_name(UploadState state) {
  return model::enum_name(kStateNames, state);
}

class Uploads::Hold {
 public:
  Hold(Uploads& uploads, const base::UploadId& id) : uploads_(uploads), id_(id) {
    const std::scoped_lock lock(uploads_.mutex_);
    if (!uploads_.imports_.progress_of(id)) held_ = uploads_.held_.insert(id).second;
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

Uploads::Uploads(store::Store& store, store::OrganizationViews& views, query::Sources& sources,
                 query::ResultCache& cache, FileWorker& worker, const base::Clock& clock,
                 const std::string& data_directory, const Limits& limits)
    : store_(store),
      views_(views),
      worker_(worker),
      clock_(clock),
      limits_(limits),
      files_(std::filesystem::absolute(data_directory) / "uploads"),
      imports_({store, views, sources, cache, worker, clock,
                std::filesystem::absolute(data_directory), limits.organization_bytes_max},
               files_) {}

Result<model::Upload> Uploads::get(const model::Principal& principal, const base::UploadId& id) {
  RETURN_IF_ERROR(authorize(principal, Verb::kManageDatabases));
  ASSIGN_OR_RETURN(auto found, store_.read([&](Connection& connection) {
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

UploadStatus Uploads::status_of(model::Upload upload, std::optional<double> progress) {
  const std::int64_t size = upload.size_bytes;
  if (progress) return {std::move(upload), size, UploadState::kImporting, *progress};
  if (upload.table) return {std::move(upload), size, UploadState::kImported};
  const std::int64_t received = files_.size(upload.id);
  if (received < size) return {std::move(upload), received, UploadState::kReceiving};
  const bool failed = !upload.reason.empty();
  return {std::move(upload), received, failed ? UploadState::kFailed : UploadState::kReceived};
}

/// What uploads became tables have no file any more; those tables' files count instead.
Result<Done> Uploads::check_room(Connection& connection, const store::OrganizationView& view,
                                 std::int64_t bytes) {
  ASSIGN_OR_RETURN(const auto uploads, store::list_uploads(connection, view.organization.id));
  const auto is_pending = [](const model::Upload& upload) { return !upload.table; };
  if (std::ranges::count_if(uploads, is_pending) >=
      static_cast<std::ptrdiff_t>(kUploadsOfOrganizationMax)) {
    return Error{Code::kStorageFull, "There are too many uploads. Remove some first."};
  }
  std::int64_t held = imports_.stored_bytes(view) + bytes;
  for (const model::Upload& upload : uploads) {
    if (is_pending(upload)) held += upload.size_bytes;
  }
  if (held <= limits_.organization_bytes_max) return Done{};
  return Error{Code::kStorageFull,
               fmt::format("Uploads and imported tables may have {} together. Remove some first.",
                           mebibytes(limits_.organization_bytes_max))};
}

Result<UploadStatus> Uploads::add(const Caller& caller, const NewUpload& wanted) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kManageDatabases));
  RETURN_IF_ERROR(check_words("fileName", wanted.file_name, kMaxFileNameBytes));
  if (wanted.bytes < 1) return Error{Code::kInvalidBody, "The file is empty.", {}, "bytes"};
  if (wanted.bytes > limits_.upload_bytes_max) {
    return Error{Code::kBodyTooLarge,
                 fmt::format("The file may have at most {}.", mebibytes(limits_.upload_bytes_max)),
                 {},
                 "bytes"};
  }
  RETURN_IF_ERROR(files_.check_room(wanted.bytes));
  const base::Seconds now = clock_.now();
  model::Upload upload{crypto::new_id<base::UploadId>(), base::UserId(caller.actor.id),
                       wanted.file_name, wanted.bytes, now};
  const base::OrgId& organization = caller.principal.organization();
  ASSIGN_OR_RETURN(const auto view, views_.get(organization));
  RETURN_IF_ERROR(store_.write([&](Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(check_room(connection, *view, wanted.bytes));
    RETURN_IF_ERROR(store::insert_upload(connection, organization, upload));
    return note_upload(connection, caller, AuditAction::kUploadAdded, upload, now);
  }));
  return status_of(std::move(upload), std::nullopt);
}

Result<std::vector<UploadStatus>> Uploads::list(const model::Principal& principal) {
  RETURN_IF_ERROR(authorize(principal, Verb::kManageDatabases));
  const std::map<base::UploadId, double> progress = imports_.progress();
  ASSIGN_OR_RETURN(auto uploads, store_.read([&](Connection& connection) {
    return store::list_uploads(connection, principal.organization());
  }));
  std::vector<UploadStatus> statuses;
  for (model::Upload& upload : uploads) {
    const auto found = progress.find(upload.id);
    const bool runs = found != progress.end();
    statuses.push_back(
        status_of(std::move(upload), runs ? std::optional(found->second) : std::nullopt));
  }
  return statuses;
}

Result<UploadStatus> Uploads::find(const model::Principal& principal, const base::UploadId& id) {
  const std::optional<double> progress = imports_.progress_of(id);
  ASSIGN_OR_RETURN(model::Upload upload, get(principal, id));
  return status_of(std::move(upload), progress);
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
  // It may have been removed while it waited for the hold.
  const auto still = get(principal, id);
  if (!still) {
    files_.remove(id);
    return still.error();
  }
  return Received{true, present + length};
}

Result<Done> Uploads::remove(const Caller& caller, const base::UploadId& id) {
  ASSIGN_OR_RETURN(const model::Upload upload, get(caller.principal, id));
  imports_.cancel(id);
  {
    const std::scoped_lock lock(mutex_);
    if (held_.contains(id)) return in_use();
  }
  RETURN_IF_ERROR(store_.write([&](Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(store::delete_upload(connection, caller.principal.organization(), id));
    return note_upload(connection, caller, AuditAction::kUploadRemoved, upload, clock_.now());
  }));
  files_.remove(id);
  return Done{};
}

Result<model::FileDescription> Uploads::inspect(const model::Principal& principal,
                                                const base::UploadId& id,
                                                model::FileQuestion question) {
  RETURN_IF_ERROR(get_whole(principal, id));
  const Hold hold(*this, id);
  if (!hold.held()) return in_use();
  {
    const std::scoped_lock lock(mutex_);
    if (inspections_ == kInspectionsMax) {
      return Error{Code::kUnavailable, "Other files are being looked into. Try again."};
    }
    ++inspections_;
  }
  question.file = files_.path(id);
  auto described = worker_.describe(question, {});
  const std::scoped_lock lock(mutex_);
  --inspections_;
  return described;
}

Result<UploadStatus> Uploads::start_import(const Caller& caller, const base::UploadId& id,
                                           ImportOrder order) {
  ASSIGN_OR_RETURN(model::Upload upload, get_whole(caller.principal, id));
  RETURN_IF_ERROR(files_.check_room(upload.size_bytes));
  order.question.file = files_.path(id);
  const Hold hold(*this, id);
  if (!hold.held()) return in_use();
  RETURN_IF_ERROR(imports_.start(caller, std::move(upload), std::move(order)));
  return find(caller.principal, id);
}

Result<Done> Uploads::remove_left_behind() {
  ASSIGN_OR_RETURN(const auto uploads, store_.read([](Connection& connection) {
    return store::list_all_uploads(connection);
  }));
  std::set<std::string> known;
  for (const auto& [organization, upload] : uploads) {
    if (!upload.table) known.insert(upload.id.text());
  }
  RETURN_IF_ERROR(files_.prepare(known));
  return imports_.remove_left_behind();
}

Result<Done> Uploads::expire(base::Seconds now) {
  ASSIGN_OR_RETURN(const auto uploads, store_.read([](Connection& connection) {
    return store::list_all_uploads(connection);
  }));
  for (const auto& [organization, upload] : uploads) {
    const base::Seconds last = files_.changed_at(upload.id).value_or(upload.created_at);
    if (now - std::max(last, upload.created_at) < kUploadKept) continue;
    const Hold hold(*this, upload.id);
    if (!hold.held()) continue;
    RETURN_IF_ERROR(store_.write([&](Connection& connection) {
      return store::delete_upload(connection, organization, upload.id);
    }));
    files_.remove(upload.id);
  }
  return Done{};
}

}  // namespace catalog
