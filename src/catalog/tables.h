#pragma once

// Use cases on tables: look at them, say who sees what of them, go back to an earlier version. Each
// change keeps a version and writes its audit event in its own transaction.

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "catalog/caller.h"
#include "model/table.h"
#include "model/table_check.h"
#include "store/organization_view.h"
#include "store/store.h"
#include "store/tables.h"

namespace catalog {

// Every function is kForbidden for who may not, and kNotFound alike for a table or database of
// another organization and one that does not exist.

/// By label.
[[nodiscard]] base::Result<std::vector<const model::Table*>> list_tables(
    const model::Principal& principal, const store::OrganizationView& view,
    const base::DatabaseId& database);
[[nodiscard]] base::Result<const model::Table*> find_table(const model::Principal& principal,
                                                           const store::OrganizationView& view,
                                                           const base::TableId& id);

/// What one change of a table is made of besides what it says.
struct TableEdit {
  const Caller& caller;
  const store::OrganizationView& view;
  base::TableId id;
  base::Seconds now;
};

/// The table that `body` makes of the present one: {"version", …, "summary"?} and the members of
/// table_definition.h. Nothing is stored yet. kInvalidBody names the field; kConflict where
/// "version" is not the present one, and says who changed it and when.
struct PlannedChange {
  model::Table table;
  std::string summary;  ///< For the list of versions.
};
[[nodiscard]] base::Result<PlannedChange> plan_change(store::Store& store, const TableEdit& edit,
                                                      const base::json::value& body);
/// The table as a kept version of it has it. kNotFound where there is no such version; as
/// plan_change.
[[nodiscard]] base::Result<PlannedChange> plan_restore(store::Store& store, const TableEdit& edit,
                                                       std::int64_t version,
                                                       const base::json::value& body);

/// Stores what was planned as the next version. kConflict where somebody was faster.
[[nodiscard]] base::Result<model::Table> store_change(store::Store& store, const TableEdit& edit,
                                                      model::AuditAction action,
                                                      const PlannedChange& planned);

/// Gives all of `ids` this access, which is not restricted, or none. kInvalidBody, kConflict.
[[nodiscard]] base::Result<std::vector<model::Table>> change_access(
    store::Store& store, const Caller& caller, const store::OrganizationView& view,
    const std::vector<base::TableId>& ids, model::TableAccess access, base::Seconds now);

/// Newest first.
[[nodiscard]] base::Result<std::vector<store::TableVersion>> list_versions(
    store::Store& store, const model::Principal& principal, const store::OrganizationView& view,
    const base::TableId& id);
/// The version, and the table as it was then.
struct KeptVersion {
  store::TableVersion version;
  model::Table table;
};
[[nodiscard]] base::Result<KeptVersion> find_version(store::Store& store,
                                                     const model::Principal& principal,
                                                     const store::OrganizationView& view,
                                                     const base::TableId& id, std::int64_t version);

/// A SQL table, or one that its database no longer has. kConflict for another, kContentInUse while
/// charts use it.
[[nodiscard]] base::Result<base::Done> remove_table(store::Store& store, const TableEdit& edit);

/// A new table with its first version and its audit event, in the transaction of `connection`.
[[nodiscard]] base::Result<base::Done> insert_new_table(store::Connection& connection,
                                                        const Caller& caller,
                                                        const model::Table& table,
                                                        base::Seconds now);
/// The same for a change; the table has its new version already.
[[nodiscard]] base::Result<base::Done> update_with_version(
    store::Connection& connection, const Caller& caller, const model::Table& table,
    model::AuditAction action, const std::string& summary, base::Seconds now);

/// Keeps the present state of each table that has no version, of whatever organization, as its
/// first one. For the start of the server, before anybody changes a table.
[[nodiscard]] base::Result<base::Done> keep_first_versions(store::Store& store, base::Seconds now);

/// kContentInUse, naming the charts on `tables`; Done where there are none.
[[nodiscard]] base::Result<base::Done> check_unused(store::Connection& connection,
                                                    const base::OrgId& organization,
                                                    const std::vector<base::TableId>& tables);

}  // namespace catalog
