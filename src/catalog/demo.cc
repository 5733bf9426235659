#include "catalog/demo.h"

#include <algorithm>
#include <filesystem>

#include "catalog/departures.h"
#include "crypto/random.h"
#include "source/flights_import.h"
#include "source/table_layout.h"
#include "store/accounts.h"
#include "store/content.h"
#include "store/databases.h"
#include "store/settings.h"
#include "store/tables.h"

namespace catalog {
namespace {

using base::Done;
using base::Error;
using base::Result;

constexpr std::string_view kDatabaseFile = "us-flights.duckdb";

constexpr std::int64_t kLookMemoryBytes = std::int64_t{256} << 20;

std::string database_file(const DemoOptions& options) {
  return options.data_directory + "/databases/" + std::string(kDatabaseFile);
}

std::string spill_folder(const DemoOptions& options) { return options.data_directory + "/spill"; }

Result<Done> ensure_database_file(const DemoOptions& options) {
  std::error_code problem;
  if (std::filesystem::exists(database_file(options), problem)) return Done{};
  return source::import_flights(options.demo_files, database_file(options), spill_folder(options),
                                options.progress);
}

/// False for a file that somebody put there under the demo's name.
bool is_database_file_ours(const DemoOptions& options) {
  const auto layouts =
      source::read_layouts({database_file(options), spill_folder(options), kLookMemoryBytes, 1});
  return layouts && !layouts->empty();
}

Result<std::optional<base::OrgId>> find_organization(store::Store& store) {
  ASSIGN_OR_RETURN(const auto organizations, store.read([](store::Connection& connection) {
    return store::list_organizations(connection);
  }));
  const auto found =
      std::ranges::find(organizations, kDemoOrganization, &model::Organization::name);
  if (found == organizations.end()) return std::optional<base::OrgId>();
  return std::optional(found->id);
}

Result<Done> insert_content(store::Connection& connection, const base::OrgId& organization,
                            const DemoOptions& options) {
  ASSIGN_OR_RETURN(const auto databases, store::list_databases(connection, organization));
  if (!databases.empty()) return Done{};
  DemoContent content = build_departures(std::string(kDatabaseFile));
  content.database.imported = is_database_file_ours(options);
  RETURN_IF_ERROR(store::insert_token_attribute(connection, organization, content.state));
  RETURN_IF_ERROR(store::insert_database(connection, organization, content.database));
  RETURN_IF_ERROR(store::insert_table(connection, organization, content.flights));
  RETURN_IF_ERROR(store::insert_table(connection, organization, content.airports));
  for (const model::Chart& chart : content.charts) {
    RETURN_IF_ERROR(store::insert_chart(connection, organization, chart));
  }
  return store::insert_dashboard(connection, organization, content.dashboard);
}

}  // namespace

Result<std::optional<base::Secret>> ensure_demo(store::Store& store, auth::Accounts& accounts,
                                                const DemoOptions& options) {
  RETURN_IF_ERROR(ensure_database_file(options));
  ASSIGN_OR_RETURN(std::optional<base::OrgId> organization, find_organization(store));
  std::optional<base::Secret> password;
  if (!organization) {
    password.emplace(crypto::random_base32(20));
    ASSIGN_OR_RETURN(
        const model::User admin,
        accounts.create_organization(std::string(kDemoOrganization),
                                     {std::string(kDemoEmail), *password, model::Role::kAdmin},
                                     {model::ActorKind::kServer, {}, "Demo", {}}));
    organization = admin.organization;
  }
  RETURN_IF_ERROR(store.write([&](store::Connection& connection) {
    return insert_content(connection, *organization, options);
  }));
  return password;
}

}  // namespace catalog
