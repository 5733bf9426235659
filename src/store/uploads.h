#pragma once

// Uploads: what is known of files besides their bytes.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "model/upload.h"
#include "store/connection.h"

namespace store {

[[nodiscard]] base::Result<base::Done> insert_upload(Connection& connection,
                                                     const base::OrgId& organization,
                                                     const model::Upload& upload);
/// Newest first.
[[nodiscard]] base::Result<std::vector<model::Upload>> list_uploads(
    Connection& connection, const base::OrgId& organization);
[[nodiscard]] base::Result<std::optional<model::Upload>> find_upload(
    Connection& connection, const base::OrgId& organization, const base::UploadId& id);
/// The reason and the table. kNotFound.
[[nodiscard]] base::Result<base::Done> update_upload(Connection& connection,
                                                     const base::OrgId& organization,
                                                     const model::Upload& upload);
/// kNotFound.
[[nodiscard]] base::Result<base::Done> delete_upload(Connection& connection,
                                                     const base::OrgId& organization,
                                                     const base::UploadId& id);

/// Uploads of all organizations, for limits on the whole and for cleaning.
struct OwnedUpload {
  base::OrgId organization;
  model::Upload upload;
};
[[nodiscard]] base::Result<std::vector<OwnedUpload>> list_all_uploads(Connection& connection);

}  // namespace store
