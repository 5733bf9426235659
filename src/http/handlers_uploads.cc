// Uploads: files on their way to a table, for those who write the rules.

#include <charconv>

#include <fmt/format.h>

#include "catalog/uploads.h"
#include "http/credentials.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Code;
using base::Done;
using base::Error;
using base::ObjectReader;
using base::Result;

constexpr std::string_view kOffsetHeader = "upload-offset";
constexpr std::string_view kPieceType = "application/offset+octet-stream";

base::UploadId id_of(const Request& request) { return base::UploadId(request.parameters.at("id")); }

/// A table that is gone meanwhile is left out.
json::object render_upload(const catalog::UploadStatus& status,
                           const store::OrganizationView& view) {
  const model::Upload& upload = status.upload;
  json::object object{{"id", upload.id.text()},
                      {"fileName", upload.file_name},
                      {"bytes", upload.size_bytes},
                      {"received", status.received_bytes},
                      {"chunkBytes", catalog::kChunkBytes},
                      {"state", catalog::upload_state_name(status.state)},
                      {"createdAt", base::render_time(upload.created_at)}};
  if (status.state == catalog::UploadState::kImporting) object["progress"] = status.progress;
  if (status.state == catalog::UploadState::kFailed) object["reason"] = upload.reason;
  if (!upload.table) return object;
  if (const auto table = view.tables.find(*upload.table); table != view.tables.end()) {
    object["table"] = json::object{{"id", table->first.text()},
                                   {"databaseId", table->second.database.text()},
                                   {"label", table->second.label}};
  }
  return object;
}

/// With the table as it is by now.
Result<json::value> render_now(Services& services, const model::Principal& principal,
                               const catalog::UploadStatus& status) {
  ASSIGN_OR_RETURN(const auto view, services.views.get(principal.organization()));
  return json::value(render_upload(status, *view));
}

Result<json::value> list(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const auto statuses, services.uploads.list(principal));
  ASSIGN_OR_RETURN(const auto view, services.views.get(principal.organization()));
  json::array array;
  for (const catalog::UploadStatus& status : statuses) {
    array.push_back(render_upload(status, *view));
  }
  return json::value{{"uploads", std::move(array)}};
}

Result<json::value> add(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  ObjectReader reader(body, "");
  std::string file_name = reader.required_string("fileName");
  const auto bytes = reader.optional_integer("bytes");
  if (!bytes) reader.refuse("bytes", "Is required.");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(const auto added, services.uploads.add(caller, {std::move(file_name), *bytes}));
  return render_now(services, caller.principal, added);
}

Result<json::value> find(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const auto status, services.uploads.find(principal, id_of(request)));
  return render_now(services, principal, status);
}

Result<std::int64_t> offset_of(const Request& request) {
  const std::string_view text = request.header(kOffsetHeader).value_or("");
  std::int64_t offset = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), offset);
  if (problem == std::errc() && end == text.data() + text.size() && offset >= 0) return offset;
  return Error{Code::kInvalidBody, "The header Upload-Offset must be a whole number."};
}

Result<catalog::Received> append(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  RETURN_IF_ERROR(require_media_type(request, kPieceType));
  ASSIGN_OR_RETURN(const std::int64_t offset, offset_of(request));
  return services.uploads.append(principal, id_of(request), offset, request.body);
}

Result<Done> remove(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  return services.uploads.remove(caller, id_of(request));
}

Result<json::value> inspect(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  ObjectReader reader(body, "");
  model::FileQuestion question = model::read_file_question(reader);
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(const auto description,
                   services.uploads.inspect(principal, id_of(request), std::move(question)));
  return json::value(model::render_file_description(description));
}

void read_database(ObjectReader& reader, catalog::ImportOrder& order) {
  const json::value* database = reader.required_object("database");
  if (database == nullptr) return;
  ObjectReader inner(*database, "database");
  if (auto id = inner.optional_string("id")) order.database = base::DatabaseId(std::move(*id));
  if (auto name = inner.optional_string("name")) order.new_database = std::move(*name);
  if (order.database.has_value() != order.new_database.empty()) {
    inner.refuse("name", "Either a new database's name or the id of one must be given.");
  }
  reader.adopt(inner);
}

void read_table(ObjectReader& reader, catalog::ImportOrder& order) {
  const json::value* table = reader.required_object("table");
  if (table == nullptr) return;
  ObjectReader inner(*table, "table");
  order.table = inner.required_string("name");
  order.label = inner.required_string("label");
  reader.adopt(inner);
}

Result<json::value> start_import(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  ObjectReader reader(body, "");
  catalog::ImportOrder order;
  order.question = model::read_file_question(reader);
  if (!order.question.format) reader.refuse("format", "Is required.");
  read_database(reader, order);
  read_table(reader, order);
  order.columns = model::read_chosen_columns(reader);
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(const auto started,
                   services.uploads.start_import(caller, id_of(request), std::move(order)));
  return render_now(services, caller.principal, started);
}

}  // namespace

Response get_uploads(Services& services, const Request& request) {
  return respond(list(services, request), request);
}

Response post_uploads(Services& services, const Request& request) {
  return respond(add(services, request), request, 201);
}

Response get_upload(Services& services, const Request& request) {
  return respond(find(services, request), request);
}

Response patch_upload(Services& services, const Request& request) {
  const auto received = append(services, request);
  if (!received) return problem_response(received.error(), request);
  Response response =
      received->taken
          ? respond(Done{}, request)
          : problem_response({Code::kConflict, "The upload goes on elsewhere."}, request);
  response.headers.emplace_back(kOffsetHeader, fmt::format("{}", received->offset));
  return response;
}

Response delete_upload(Services& services, const Request& request) {
  return respond(remove(services, request), request);
}

Response post_upload_inspect(Services& services, const Request& request) {
  return respond(inspect(services, request), request);
}

Response post_upload_import(Services& services, const Request& request) {
  return respond(start_import(services, request), request, 202);
}

}  // namespace http
