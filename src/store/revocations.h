#pragma once

// Revocations. Their number is not bounded, so nothing here reads all of them.

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/revocation.h"
#include "store/connection.h"

namespace store {

/// A later revocation of the same subject replaces the earlier one, which it covers.
[[nodiscard]] base::Result<base::Done> insert_revocation(Connection& connection,
                                                         const base::OrgId& organization,
                                                         const model::Revocation& revocation);

/// Those of the token, of its end user and of its environment, whenever it was issued.
[[nodiscard]] base::Result<std::vector<model::Revocation>> find_token_revocations(
    Connection& connection, const base::OrgId& organization, model::Environment environment,
    const std::string& token_id, const std::string& distinct_id);

/// Those of dashboards and charts.
[[nodiscard]] base::Result<std::vector<model::Revocation>> list_content_revocations(
    Connection& connection, const base::OrgId& organization);

/// The time of the newest.
[[nodiscard]] base::Result<std::optional<base::Seconds>> find_last_revocation_time(
    Connection& connection, const base::OrgId& organization);

struct RevocationPage {
  std::vector<model::Revocation> newest;
  std::int64_t total;
};
[[nodiscard]] base::Result<RevocationPage> list_revocations(Connection& connection,
                                                            const base::OrgId& organization,
                                                            std::int64_t rows_max);

/// Deletes at most `rows_max` of those that had ended model::kEndedRevocationKept before `now`; the
/// number deleted.
[[nodiscard]] base::Result<std::int64_t> delete_ended_revocations(Connection& connection,
                                                                  base::Seconds now,
                                                                  std::int64_t rows_max);

}  // namespace store
