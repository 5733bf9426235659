#include "store/uploads.h"

#include <string>

namespace store {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

/// Columns from `first` on: id, user_id, file_name, size_bytes, created_at, reason, table_id.
model::Upload read_upload(const Query& query, int first) {
  model::Upload upload{base::UploadId(query.text(first)),
                       base::UserId(query.text(first + 1)),
                       query.text(first + 2),
                       query.integer(first + 3),
                       query.time(first + 4),
                       query.text(first + 5)};
  if (std::string table = query.text(first + 6); !table.empty()) {
    upload.table = base::TableId(std::move(table));
  }
  return upload;
}

Result<Done> require_change(Connection& connection) {
  if (connection.changes() == 1) return Done{};
  return Error{Code::kNotFound, "There is no such upload."};
}

}  // namespace

Result<Done> insert_upload(Connection& connection, const base::OrgId& organization,
                           const model::Upload& upload) {
  return connection
      .query(
          "INSERT INTO uploads (organization_id, id, user_id, file_name, size_bytes, created_at,"
          " reason, table_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(organization)
      .bind(upload.id)
      .bind(upload.user)
      .bind(upload.file_name)
      .bind(upload.size_bytes)
      .bind(upload.created_at)
      .bind(upload.reason)
      .bind(upload.table)
      .run();
}

Result<std::vector<model::Upload>> list_uploads(Connection& connection,
                                                const base::OrgId& organization) {
  Query query = connection.query(
      "SELECT id, user_id, file_name, size_bytes, created_at, reason, table_id FROM uploads"
      " WHERE organization_id = ? ORDER BY created_at DESC, id");
  query.bind(organization);
  std::vector<model::Upload> uploads;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return uploads;
    uploads.push_back(read_upload(query, 0));
  }
}

Result<std::optional<model::Upload>> find_upload(Connection& connection,
                                                 const base::OrgId& organization,
                                                 const base::UploadId& id) {
  Query query = connection.query(
      "SELECT id, user_id, file_name, size_bytes, created_at, reason, table_id FROM uploads"
      " WHERE organization_id = ? AND id = ?");
  query.bind(organization).bind(id);
  ASSIGN_OR_RETURN(const bool row, query.next());
  if (!row) return std::optional<model::Upload>();
  return std::optional(read_upload(query, 0));
}

Result<Done> update_upload(Connection& connection, const base::OrgId& organization,
                           const model::Upload& upload) {
  RETURN_IF_ERROR(connection
                      .query("UPDATE uploads SET reason = ?, table_id = ?"
                             " WHERE organization_id = ? AND id = ?")
                      .bind(upload.reason)
                      .bind(upload.table)
                      .bind(organization)
                      .bind(upload.id)
                      .run());
  return require_change(connection);
}

Result<Done> delete_upload(Connection& connection, const base::OrgId& organization,
                           const base::UploadId& id) {
  RETURN_IF_ERROR(connection.query("DELETE FROM uploads WHERE organization_id = ? AND id = ?")
                      .bind(organization)
                      .bind(id)
                      .run());
  return require_change(connection);
}

Result<std::vector<OwnedUpload>> list_all_uploads(Connection& connection) {
  Query query = connection.query(
      "SELECT organization_id, id, user_id, file_name, size_bytes, created_at, reason, table_id"
      " FROM uploads");
  std::vector<OwnedUpload> uploads;
  while (true) {
    ASSIGN_OR_RETURN(const bool row, query.next());
    if (!row) return uploads;
    uploads.push_back({base::OrgId(query.text(0)), read_upload(query, 1)});
  }
}

}  // namespace store
