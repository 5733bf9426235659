// Databases: the connections to customer data, for those who write the rules.

#include "catalog/databases.h"
#include "catalog/imports.h"
#include "http/credentials.h"
#include "http/handlers.h"
#include "http/postgres_json.h"

namespace http {
namespace {

namespace json = base::json;
using base::Done;
using base::Result;

using View = std::shared_ptr<const store::OrganizationView>;

base::DatabaseId id_of(const Request& request) {
  return base::DatabaseId(request.parameters.at("id"));
}

/// Where an imported file lies is nobody's business.
std::string file_name_of(const model::Database& database) {
  return database.file.substr(database.file.rfind('/') + 1);
}

json::object render_database(const model::Database& database, const store::OrganizationView& view) {
  const catalog::TableCounts counts = catalog::count_tables(view, database.id);
  json::object rendered{{"id", database.id.text()},
                        {"name", database.name},
                        {"kind", model::database_kind_name(database.kind)},
                        {"freshnessSeconds", database.freshness.count()},
                        {"tables", counts.tables},
                        {"undecided", counts.undecided}};
  if (database.kind == model::DatabaseKind::kDuckDb) rendered["file"] = file_name_of(database);
  if (catalog::takes_uploads(database)) rendered["imported"] = true;
  if (database.postgres) rendered["postgres"] = render_postgres(*database.postgres);
  if (database.sandbox) rendered["sandbox"] = render_postgres(*database.sandbox);
  return rendered;
}

/// With the tables as they are after a change.
Result<json::value> render_now(Services& services, const catalog::Caller& caller,
                               const model::Database& database) {
  ASSIGN_OR_RETURN(const View view, services.views.get(caller.principal.organization()));
  return json::value(render_database(database, *view));
}

Result<json::value> list(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(principal.organization()));
  ASSIGN_OR_RETURN(const auto databases, catalog::list_databases(principal, *view));
  json::array array;
  for (const model::Database* database : databases) {
    array.push_back(render_database(*database, *view));
  }
  return json::value{{"databases", std::move(array)}};
}

Result<json::value> list_files(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const auto files, services.databases.list_unused_files(principal));
  json::array array;
  for (const catalog::DatabaseFile& file : files) {
    array.push_back(json::object{{"file", file.name},
                                 {"bytes", file.bytes},
                                 {"modifiedAt", base::render_time(file.modified_at)}});
  }
  return json::value{{"files", std::move(array)}};
}

/// The settings of one of a database's servers, or nothing where the member is absent or null.
Result<std::optional<catalog::WantedPostgres>> read_server(const json::value* member,
                                                           std::string_view name) {
  std::optional<catalog::WantedPostgres> wanted;
  if (member == nullptr || member->is_null()) return wanted;
  ASSIGN_OR_RETURN(wanted, parse_wanted_postgres(*member, name));
  return wanted;
}

Result<model::Database> add_server(Services& services, const catalog::Caller& caller,
                                   base::ObjectReader& reader, std::string name) {
  const json::value* given = reader.required_object("postgres");
  const json::value* for_sandbox = reader.optional_any("sandbox");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(auto postgres, parse_wanted_postgres(*given, "postgres"));
  ASSIGN_OR_RETURN(auto sandbox, read_server(for_sandbox, "sandbox"));
  return services.databases.add_server(
      caller, {std::move(name), std::move(postgres), std::move(sandbox)}, services.clock.now());
}

Result<model::Database> add_file(Services& services, const catalog::Caller& caller,
                                 base::ObjectReader& reader, std::string name) {
  std::string file = reader.required_string("file");
  RETURN_IF_ERROR(reader.finish());
  return services.databases.add(caller, {std::move(name), std::move(file)}, services.clock.now());
}

Result<json::value> add(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  std::string name = reader.required_string("name");
  const auto kind = model::parse_database_kind(reader.required_string("kind"));
  if (!kind) reader.refuse("kind", "Must be duckdb or postgres.");
  const bool server = kind == model::DatabaseKind::kPostgres;
  ASSIGN_OR_RETURN(const model::Database added,
                   server ? add_server(services, caller, reader, std::move(name))
                          : add_file(services, caller, reader, std::move(name)));
  return render_now(services, caller, added);
}

Result<catalog::DatabaseChange> read_change(const json::value& body) {
  using Sandbox = catalog::DatabaseChange::Sandbox;
  base::ObjectReader reader(body, "");
  catalog::DatabaseChange wanted{reader.required_string("name"), {}};
  const auto freshness = reader.optional_integer("freshnessSeconds");
  if (!freshness) reader.refuse("freshnessSeconds", "Is required.");
  const json::value* postgres = reader.optional_object("postgres");
  const json::value* sandbox = reader.optional_any("sandbox");
  RETURN_IF_ERROR(reader.finish());
  wanted.freshness = std::chrono::seconds(*freshness);
  ASSIGN_OR_RETURN(wanted.postgres, read_server(postgres, "postgres"));
  ASSIGN_OR_RETURN(wanted.sandbox, read_server(sandbox, "sandbox"));
  if (sandbox != nullptr) {
    wanted.sandbox_change = wanted.sandbox ? Sandbox::kIsWanted : Sandbox::kGoes;
  }
  return wanted;
}

Result<json::value> change(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  ASSIGN_OR_RETURN(const catalog::DatabaseChange wanted, read_change(body));
  ASSIGN_OR_RETURN(const model::Database changed,
                   services.databases.change(caller, id_of(request), wanted, services.clock.now()));
  return render_now(services, caller, changed);
}

Result<Done> remove(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  return services.databases.remove(caller, id_of(request), services.clock.now());
}

json::value render_test(const catalog::ConnectionTest& tested) {
  if (!tested.problem.empty()) return json::value{{"ok", false}, {"reason", tested.problem}};
  return json::value{
      {"ok", true}, {"milliseconds", tested.took.count()}, {"version", tested.engine}};
}

Result<json::value> test(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const auto tested, services.databases.test(principal, id_of(request)));
  return render_test(tested);
}

Result<json::value> test_settings(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  if (reader.required_string("kind") != "postgres") reader.refuse("kind", "Must be postgres.");
  const json::value* postgres = reader.required_object("postgres");
  const auto id = reader.optional_string("databaseId");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(const auto wanted, parse_wanted_postgres(*postgres, "postgres"));
  std::optional<base::DatabaseId> database;
  if (id) database.emplace(*id);
  ASSIGN_OR_RETURN(const auto tested,
                   services.databases.test_settings(principal, wanted, database));
  return render_test(tested);
}

json::object render_changes(const catalog::SchemaChanges& changes) {
  json::array changed;
  json::array vanished;
  for (const auto& [table, column, from, to] : changes.changed) {
    changed.push_back(json::object{{"table", table},
                                   {"column", column},
                                   {"from", model::type_name(from)},
                                   {"to", model::type_name(to)}});
  }
  for (const auto& [table, column] : changes.vanished) {
    json::object entry{{"table", table}};
    if (!column.empty()) entry["column"] = column;
    vanished.push_back(std::move(entry));
  }
  return {{"added", json::array(changes.added.begin(), changes.added.end())},
          {"changed", std::move(changed)},
          {"vanished", std::move(vanished)}};
}

Result<json::value> refresh(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const auto changes,
                   services.databases.refresh(caller, id_of(request), services.clock.now()));
  return json::value(render_changes(changes));
}

Result<json::value> purge(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const std::int64_t dropped,
                   services.databases.purge(caller, id_of(request), services.clock.now()));
  return json::value{{"dropped", dropped}};
}

}  // namespace

Response get_databases(Services& services, const Request& request) {
  return respond(list(services, request), request);
}

Response get_database_files(Services& services, const Request& request) {
  return respond(list_files(services, request), request);
}

Response post_databases(Services& services, const Request& request) {
  return respond(add(services, request), request, 201);
}

Response put_database(Services& services, const Request& request) {
  return respond(change(services, request), request);
}

Response delete_database(Services& services, const Request& request) {
  return respond(remove(services, request), request);
}

Response post_database_test(Services& services, const Request& request) {
  return respond(test(services, request), request);
}

Response post_databases_test(Services& services, const Request& request) {
  return respond(test_settings(services, request), request);
}

Response post_database_refresh(Services& services, const Request& request) {
  return respond(refresh(services, request), request);
}

Response post_database_purge(Services& services, const Request& request) {
  return respond(purge(services, request), request);
}

}  // namespace http
