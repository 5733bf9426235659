// Databases: the connections to customer data, for those who write the rules.

#include "catalog/databases.h"
#include "http/credentials.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Done;
using base::Result;

using View = std::shared_ptr<const store::OrganizationView>;

base::DatabaseId id_of(const Request& request) {
  return base::DatabaseId(request.parameters.at("id"));
}

json::object render_database(const model::Database& database, const store::OrganizationView& view) {
  const catalog::TableCounts counts = catalog::count_tables(view, database.id);
  return {{"id", database.id.text()},
          {"name", database.name},
          {"kind", model::database_kind_name(database.kind)},
          {"file", database.file},
          {"imported", database.imported},
          {"freshnessSeconds", database.freshness.count()},
          {"tables", counts.tables},
          {"undecided", counts.undecided}};
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

Result<json::value> add(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  std::string name = reader.required_string("name");
  std::string file = reader.required_string("file");
  if (reader.required_string("kind") != "duckdb") reader.refuse("kind", "Must be duckdb.");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(
      const model::Database added,
      services.databases.add(caller, {std::move(name), std::move(file)}, services.clock.now()));
  return render_now(services, caller, added);
}

Result<json::value> change(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  std::string name = reader.required_string("name");
  const auto freshness = reader.optional_integer("freshnessSeconds");
  if (!freshness) reader.refuse("freshnessSeconds", "Is required.");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(const model::Database changed,
                   services.databases.change(caller, id_of(request),
                                             {std::move(name), std::chrono::seconds(*freshness)},
                                             services.clock.now()));
  return render_now(services, caller, changed);
}

Result<Done> remove(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  return services.databases.remove(caller, id_of(request), services.clock.now());
}

Result<json::value> test(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const auto tested, services.databases.test(principal, id_of(request)));
  if (!tested.problem.empty()) return json::value{{"ok", false}, {"reason", tested.problem}};
  return json::value{
      {"ok", true}, {"milliseconds", tested.took.count()}, {"version", tested.engine}};
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

Response post_database_refresh(Services& services, const Request& request) {
  return respond(refresh(services, request), request);
}

Response post_database_purge(Services& services, const Request& request) {
  return respond(purge(services, request), request);
}

}  // namespace http
