#include "catalog/tables.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "catalog/authorize.h"
#include "catalog/table_definition.h"
#include "store/accounts.h"
#include "store/audit.h"
#include "store/content.h"

namespace catalog {
namespace {

namespace json = base::json;
using base::Code;
using base::Done;
using base::Error;
using base::ObjectReader;
using base::Result;
using model::AuditAction;
using store::Connection;

constexpr std::size_t kMaxSummaryBytes = 200;
constexpr std::size_t kMaxBulk = 500;

Error no_such_table() { return {Code::kNotFound, "There is no such table."}; }
Error no_such_version() { return {Code::kNotFound, "There is no such version."}; }

Result<const model::Table*> find_in(const store::OrganizationView& view, const base::TableId& id) {
  const auto found = view.tables.find(id);
  if (found == view.tables.end()) return no_such_table();
  return &found->second;
}

Result<std::vector<store::TableVersion>> read_versions(store::Store& store,
                                                       const base::OrgId& organization,
                                                       const base::TableId& id) {
  return store.read([&](Connection& connection) {
    return store::list_table_versions(connection, organization, id);
  });
}

Result<store::TableVersion> read_version(store::Store& store, const base::OrgId& organization,
                                         const base::TableId& id, std::int64_t version) {
  ASSIGN_OR_RETURN(const auto versions, read_versions(store, organization, id));
  const auto found = std::ranges::find(versions, version, &store::TableVersion::version);
  if (found == versions.end()) return no_such_version();
  return *found;
}

/// Who made the version that the caller has not seen.
Error changed_meanwhile(store::Store& store, const TableEdit& edit) {
  const auto versions = read_versions(store, edit.caller.principal.organization(), edit.id);
  if (!versions || versions->empty()) {
    return {Code::kConflict, "Somebody else changed this table; look at it again."};
  }
  const store::TableVersion& newest = versions->front();
  return {Code::kConflict, fmt::format("{} changed this table at {}; look at it again.",
                                       newest.actor_name, base::render_time(newest.at))};
}

Result<Done> check_seen(store::Store& store, const TableEdit& edit, const model::Table& present,
                        std::int64_t seen) {
  if (seen == present.version) return Done{};
  return changed_meanwhile(store, edit);
}

std::int64_t read_version_member(ObjectReader& reader) {
  const auto version = reader.optional_integer("version");
  if (!version) reader.refuse("version", "Is required.");
  return version.value_or(0);
}

/// What changed, for those who gave no summary.
std::string summary_of(const model::Table& before, const model::Table& after) {
  if (before.access != after.access) {
    return fmt::format("Access: {}", model::access_name(after.access));
  }
  const auto rendered = [](const model::Table& table, std::string_view member) {
    return base::render_json(render_definition(table).at(member));
  };
  for (const auto& [member, words] :
       {std::pair("rules", "Access rules"), std::pair("columns", "Columns"),
        std::pair("metrics", "Metrics"), std::pair("dimensions", "Dimensions")}) {
    if (rendered(before, member) != rendered(after, member)) return words;
  }
  return "Names and descriptions";
}

Result<Done> note(Connection& connection, const Caller& caller, AuditAction action,
                  const model::Table& table, const std::string& summary, base::Seconds now) {
  return store::insert_audit_event(connection, caller.principal.organization(),
                                   {now,
                                    action,
                                    caller.actor,
                                    {"table", table.id.text(), table.label},
                                    std::nullopt,
                                    1,
                                    summary});
}

Result<Done> keep_version(Connection& connection, const base::OrgId& organization,
                          const model::Table& table, const std::string& actor,
                          const std::string& summary, base::Seconds now) {
  return store::insert_table_version(
      connection, organization, table.id,
      {table.version, now, actor, summary, base::render_json(render_definition(table))});
}

Result<model::Table> read_present(Connection& connection, const base::OrgId& organization,
                                  const base::TableId& id) {
  ASSIGN_OR_RETURN(auto tables, store::list_tables(connection, organization));
  const auto found = std::ranges::find(tables, id, &model::Table::id);
  if (found == tables.end()) return no_such_table();
  return std::move(*found);
}

Result<Done> keep_first_versions_of(Connection& connection, const base::OrgId& organization,
                                    base::Seconds now) {
  ASSIGN_OR_RETURN(const auto ids, store::list_tables_without_version(connection, organization));
  if (ids.empty()) return Done{};
  ASSIGN_OR_RETURN(const auto tables, store::list_tables(connection, organization));
  for (const model::Table& table : tables) {
    if (std::ranges::find(ids, table.id) == ids.end()) continue;
    RETURN_IF_ERROR(keep_version(connection, organization, table, "Aracari", "As it came in", now));
  }
  return Done{};
}

}  // namespace

Result<std::vector<const model::Table*>> list_tables(const model::Principal& principal,
                                                     const store::OrganizationView& view,
                                                     const base::DatabaseId& database) {
  RETURN_IF_ERROR(authorize(principal, Verb::kViewDatabases));
  if (!view.databases.contains(database)) {
    return Error{Code::kNotFound, "There is no such database."};
  }
  std::vector<const model::Table*> tables;
  for (const auto& [id, table] : view.tables) {
    if (table.database == database) tables.push_back(&table);
  }
  std::ranges::sort(tables, {}, &model::Table::label);
  return tables;
}

Result<const model::Table*> find_table(const model::Principal& principal,
                                       const store::OrganizationView& view,
                                       const base::TableId& id) {
  RETURN_IF_ERROR(authorize(principal, Verb::kViewDatabases));
  return find_in(view, id);
}

Result<PlannedChange> plan_change(store::Store& store, const TableEdit& edit,
                                  const json::value& body) {
  RETURN_IF_ERROR(authorize(edit.caller.principal, Verb::kManageDatabases));
  ASSIGN_OR_RETURN(const model::Table* present, find_in(edit.view, edit.id));
  ObjectReader reader(body, "");
  const std::int64_t seen = read_version_member(reader);
  std::string summary = reader.optional_string("summary", kMaxSummaryBytes).value_or("");
  if (!reader.failed()) RETURN_IF_ERROR(check_seen(store, edit, *present, seen));
  ASSIGN_OR_RETURN(model::Table table,
                   apply_definition(*present, reader, rule_ids(*present), edit.view.attributes));
  if (summary.empty()) summary = summary_of(*present, table);
  return PlannedChange{std::move(table), std::move(summary)};
}

Result<PlannedChange> plan_restore(store::Store& store, const TableEdit& edit, std::int64_t version,
                                   const json::value& body) {
  RETURN_IF_ERROR(authorize(edit.caller.principal, Verb::kManageDatabases));
  ASSIGN_OR_RETURN(const model::Table* present, find_in(edit.view, edit.id));
  ObjectReader reader(body, "");
  const std::int64_t seen = read_version_member(reader);
  RETURN_IF_ERROR(reader.finish());
  RETURN_IF_ERROR(check_seen(store, edit, *present, seen));
  ASSIGN_OR_RETURN(const store::TableVersion kept,
                   read_version(store, edit.caller.principal.organization(), edit.id, version));
  ASSIGN_OR_RETURN(const json::value definition, definition_for(*present, kept.definition));
  std::set<base::RuleId> known = rule_ids(*present);
  ASSIGN_OR_RETURN(const model::Table then, parse_definition(*present, kept.definition));
  known.merge(rule_ids(then));
  ObjectReader members(definition, "");
  ASSIGN_OR_RETURN(model::Table table,
                   apply_definition(*present, members, known, edit.view.attributes));
  return PlannedChange{std::move(table), fmt::format("Restored version {}", version)};
}

Result<model::Table> store_change(store::Store& store, const TableEdit& edit, AuditAction action,
                                  const PlannedChange& planned) {
  model::Table next = planned.table;
  next.version += 1;
  auto stored = store.write([&](Connection& connection) {
    return update_with_version(connection, edit.caller, next, action, planned.summary, edit.now);
  });
  if (stored) return next;
  if (stored.error().code == Code::kConflict) return changed_meanwhile(store, edit);
  return std::move(stored).error();
}

Result<std::vector<model::Table>> change_access(store::Store& store, const Caller& caller,
                                                const store::OrganizationView& view,
                                                const std::vector<base::TableId>& ids,
                                                model::TableAccess access, base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kManageDatabases));
  if (access == model::TableAccess::kRestricted) {
    return Error{Code::kInvalidBody, "Is not hidden or shared.", {}, "access"};
  }
  if (ids.empty() || ids.size() > kMaxBulk ||
      std::set(ids.begin(), ids.end()).size() != ids.size()) {
    return Error{
        Code::kInvalidBody, fmt::format("Must be 1 to {} different ids.", kMaxBulk), {}, "ids"};
  }
  std::vector<model::Table> tables;
  for (const base::TableId& id : ids) {
    ASSIGN_OR_RETURN(const model::Table* table, find_in(view, id));
    tables.push_back(*table);
    tables.back().access = access;
    tables.back().version += 1;
  }
  const std::string summary = fmt::format("Access: {}", model::access_name(access));
  RETURN_IF_ERROR(store.write([&](Connection& connection) -> Result<Done> {
    for (const model::Table& table : tables) {
      RETURN_IF_ERROR(
          update_with_version(connection, caller, table, AuditAction::kTableChanged, summary, now));
    }
    return Done{};
  }));
  return tables;
}

Result<std::vector<store::TableVersion>> list_versions(store::Store& store,
                                                       const model::Principal& principal,
                                                       const store::OrganizationView& view,
                                                       const base::TableId& id) {
  RETURN_IF_ERROR(find_table(principal, view, id));
  return read_versions(store, principal.organization(), id);
}

Result<KeptVersion> find_version(store::Store& store, const model::Principal& principal,
                                 const store::OrganizationView& view, const base::TableId& id,
                                 std::int64_t version) {
  ASSIGN_OR_RETURN(const model::Table* present, find_table(principal, view, id));
  ASSIGN_OR_RETURN(store::TableVersion kept,
                   read_version(store, principal.organization(), id, version));
  ASSIGN_OR_RETURN(model::Table table, parse_definition(*present, kept.definition));
  table.version = version;
  return KeptVersion{std::move(kept), std::move(table)};
}

Result<Done> remove_table(store::Store& store, const TableEdit& edit) {
  RETURN_IF_ERROR(authorize(edit.caller.principal, Verb::kManageDatabases));
  const base::OrgId& organization = edit.caller.principal.organization();
  return store.write([&](Connection& connection) -> Result<Done> {
    ASSIGN_OR_RETURN(const model::Table table, read_present(connection, organization, edit.id));
    if (!table.statement && !table.columns.empty()) {
      return Error{Code::kConflict, "The database still has this table; hide it instead."};
    }
    RETURN_IF_ERROR(check_unused(connection, organization, {edit.id}));
    RETURN_IF_ERROR(store::delete_table(connection, organization, edit.id));
    return note(connection, edit.caller, AuditAction::kTableRemoved, table, "", edit.now);
  });
}

Result<Done> insert_new_table(Connection& connection, const Caller& caller,
                              const model::Table& table, base::Seconds now) {
  const base::OrgId& organization = caller.principal.organization();
  RETURN_IF_ERROR(store::insert_table(connection, organization, table));
  RETURN_IF_ERROR(
      keep_version(connection, organization, table, caller.actor.name, "Found, hidden", now));
  return note(connection, caller, AuditAction::kTableAdded, table, "", now);
}

Result<Done> update_with_version(Connection& connection, const Caller& caller,
                                 const model::Table& table, AuditAction action,
                                 const std::string& summary, base::Seconds now) {
  const base::OrgId& organization = caller.principal.organization();
  RETURN_IF_ERROR(store::update_table(connection, organization, table));
  RETURN_IF_ERROR(keep_version(connection, organization, table, caller.actor.name, summary, now));
  return note(connection, caller, action, table, summary, now);
}

Result<Done> keep_first_versions(store::Store& store, base::Seconds now) {
  return store.write([&](Connection& connection) -> Result<Done> {
    ASSIGN_OR_RETURN(const auto organizations, store::list_organizations(connection));
    for (const model::Organization& organization : organizations) {
      RETURN_IF_ERROR(keep_first_versions_of(connection, organization.id, now));
    }
    return Done{};
  });
}

Result<Done> check_unused(Connection& connection, const base::OrgId& organization,
                          const std::vector<base::TableId>& tables) {
  ASSIGN_OR_RETURN(const auto charts, store::list_charts(connection, organization));
  std::string names;
  for (const model::Chart& chart : charts) {
    if (std::ranges::find(tables, chart.spec.table) == tables.end()) continue;
    names += fmt::format("{}“{}”", names.empty() ? "" : ", ", chart.name);
  }
  if (names.empty()) return Done{};
  return Error{Code::kContentInUse, "Charts still use it: " + names + "."};
}

}  // namespace catalog
