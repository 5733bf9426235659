#pragma once

// Databases: connections to customer data.

#include <string>
#include <vector>

#include "base/result.h"
#include "model/database.h"
#include "store/connection.h"

namespace store {

/// kConflict when the organization has a database of that name.
[[nodiscard]] base::Result<base::Done> insert_database(Connection& connection,
                                                       const base::OrgId& organization,
                                                       const model::Database& database);
/// Everything but the kind and whether it is imported. kNotFound, kConflict.
[[nodiscard]] base::Result<base::Done> update_database(Connection& connection,
                                                       const base::OrgId& organization,
                                                       const model::Database& database);
/// With its tables, their rules and their versions. kNotFound.
[[nodiscard]] base::Result<base::Done> delete_database(Connection& connection,
                                                       const base::OrgId& organization,
                                                       const base::DatabaseId& id);
/// By name.
[[nodiscard]] base::Result<std::vector<model::Database>> list_databases(
    Connection& connection, const base::OrgId& organization);

/// The files that databases of any organization use: a file is in one database only.
[[nodiscard]] base::Result<std::vector<std::string>> list_database_files(Connection& connection);

/// The databases of all organizations whose files we may rewrite.
struct ImportedDatabase {
  base::OrgId organization;
  model::Database database;
};
[[nodiscard]] base::Result<std::vector<ImportedDatabase>> list_imported_databases(
    Connection& connection);

/// The sealed passwords of all organizations' databases, for the rotation of the master key.
struct SealedPasswords {
  base::OrgId organization;
  model::Database database;
};
[[nodiscard]] base::Result<std::vector<SealedPasswords>> list_databases_with_passwords(
    Connection& connection);

}  // namespace store
