#pragma once

// Tables with their access rules, and the versions of their definitions.

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/table.h"
#include "store/connection.h"

namespace store {

/// With its rules. kConflict when the database has a table of that name.
[[nodiscard]] base::Result<base::Done> insert_table(Connection& connection,
                                                    const base::OrgId& organization,
                                                    const model::Table& table);
/// Stores `table` with its rules in place of the one whose version is `table.version - 1`.
/// kConflict when the stored version is another one: somebody else changed it. kNotFound.
[[nodiscard]] base::Result<base::Done> update_table(Connection& connection,
                                                    const base::OrgId& organization,
                                                    const model::Table& table);
/// With its rules and versions. kNotFound.
[[nodiscard]] base::Result<base::Done> delete_table(Connection& connection,
                                                    const base::OrgId& organization,
                                                    const base::TableId& id);
/// With their rules. A stored definition that can not be read is an error, never a table without
/// it.
[[nodiscard]] base::Result<std::vector<model::Table>> list_tables(Connection& connection,
                                                                  const base::OrgId& organization);

/// One state that a table's definition had.
struct TableVersion {
  std::int64_t version;
  base::Seconds at;
  std::string actor_name;
  std::string summary;
  std::string definition;  ///< JSON.
};
[[nodiscard]] base::Result<base::Done> insert_table_version(Connection& connection,
                                                            const base::OrgId& organization,
                                                            const base::TableId& table,
                                                            const TableVersion& version);
/// Tables that have no version: those that are older than the versions.
[[nodiscard]] base::Result<std::vector<base::TableId>> list_tables_without_version(
    Connection& connection, const base::OrgId& organization);
/// Newest first.
[[nodiscard]] base::Result<std::vector<TableVersion>> list_table_versions(
    Connection& connection, const base::OrgId& organization, const base::TableId& table);

}  // namespace store
