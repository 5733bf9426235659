// Tables: who sees what of them, and the versions of that.

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "catalog/table_definition.h"
#include "catalog/tables.h"
#include "http/cancel_when_gone.h"
#include "http/credentials.h"
#include "http/explain_json.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Code;
using base::Done;
using base::Error;
using base::Result;

using View = std::shared_ptr<const store::OrganizationView>;

base::TableId id_of(const Request& request) { return base::TableId(request.parameters.at("id")); }

json::object render_summary(const model::Table& table, const model::Attributes& attributes) {
  return {{"id", table.id.text()},
          {"name", table.name},
          {"label", table.label},
          {"access", model::access_name(table.access)},
          {"rules", table.rules.size()},
          {"columns", table.columns.size()},
          {"statement", table.statement.has_value()},
          {"version", table.version},
          {"undecided", model::is_undecided(table, attributes)}};
}

json::array render_problems(const model::Table& table, const model::Attributes& attributes) {
  json::array problems;
  for (const model::TableProblem& problem : model::find_problems(table, attributes)) {
    problems.push_back(json::object{{"field", problem.field}, {"what", problem.what}});
  }
  if (model::lacks_rule(table)) {
    problems.push_back(
        json::object{{"field", "rules"},
                     {"what", "The table is restricted without a rule: nobody sees a row."}});
  }
  return problems;
}

json::object render_table(const model::Table& table, const model::Attributes& attributes) {
  json::object object = catalog::render_definition(table);
  object["id"] = table.id.text();
  object["databaseId"] = table.database.text();
  object["name"] = table.name;
  object["version"] = table.version;
  for (const std::string& name : model::gone_columns(table)) {
    object["columns"].get_array().push_back(
        json::object{{"name", name}, {"access", "hidden"}, {"gone", true}});
  }
  object["problems"] = render_problems(table, attributes);
  return object;
}

json::object render_version(const store::TableVersion& version) {
  return {{"version", version.version},
          {"at", base::render_time(version.at)},
          {"actor", version.actor_name},
          {"summary", version.summary}};
}

Result<std::int64_t> version_of(const Request& request) {
  const std::string& text = request.parameters.at("version");
  std::int64_t version = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (problem == std::errc() && end == text.data() + text.size()) return version;
  return Error{Code::kNotFound, "There is no such version."};
}

Result<json::value> list(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(principal.organization()));
  ASSIGN_OR_RETURN(
      const auto tables,
      catalog::list_tables(principal, *view, base::DatabaseId(request.parameters.at("id"))));
  json::array array;
  for (const model::Table* table : tables) {
    array.push_back(render_summary(*table, view->attributes));
  }
  return json::value{{"tables", std::move(array)}};
}

Result<json::value> read(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(principal.organization()));
  ASSIGN_OR_RETURN(const model::Table* table,
                   catalog::find_table(principal, *view, id_of(request)));
  return json::value(render_table(*table, view->attributes));
}

/// A change of the table that the request names; `plan` says which.
template <typename Plan>
Result<json::value> apply(Services& services, const Request& request, model::AuditAction action,
                          const Plan& plan) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(caller.principal.organization()));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  const catalog::TableEdit edit{caller, *view, id_of(request), services.clock.now()};
  ASSIGN_OR_RETURN(catalog::PlannedChange planned, plan(edit, body));
  RETURN_IF_ERROR(services.databases.settle_statement(caller.principal, planned.table));
  ASSIGN_OR_RETURN(const model::Table changed,
                   catalog::store_change(services.store, edit, action, planned));
  return json::value(render_table(changed, view->attributes));
}

Result<json::value> add(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  catalog::NewSqlTable wanted{reader.required_string("name"), reader.required_string("label"),
                              reader.required_string("statement", catalog::kMaxStatementBytes)};
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(
      const model::Table added,
      services.databases.add_sql_table(caller, base::DatabaseId(request.parameters.at("id")),
                                       wanted, services.clock.now()));
  ASSIGN_OR_RETURN(const View view, services.views.get(caller.principal.organization()));
  return json::value(render_table(added, view->attributes));
}

Result<json::value> change(Services& services, const Request& request) {
  return apply(services, request, model::AuditAction::kTableChanged,
               [&](const catalog::TableEdit& edit, const json::value& body) {
                 return catalog::plan_change(services.store, edit, body);
               });
}

Result<json::value> restore(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const std::int64_t version, version_of(request));
  return apply(services, request, model::AuditAction::kTableRestored,
               [&](const catalog::TableEdit& edit, const json::value& body) {
                 return catalog::plan_restore(services.store, edit, version, body);
               });
}

Result<json::value> change_many(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const auto texts = reader.optional_strings("ids", base::ObjectReader::Single::kRefused, 500);
  const auto access = model::parse_access(reader.required_string("access"));
  if (!texts) reader.refuse("ids", "Is required.");
  if (!access) reader.refuse("access", access.error().what);
  RETURN_IF_ERROR(reader.finish());
  std::vector<base::TableId> ids;
  for (const std::string& text : *texts) ids.emplace_back(text);
  ASSIGN_OR_RETURN(const View view, services.views.get(caller.principal.organization()));
  ASSIGN_OR_RETURN(const auto tables, catalog::change_access(services.store, caller, *view, ids,
                                                             *access, services.clock.now()));
  json::array array;
  for (const model::Table& table : tables) {
    array.push_back(render_summary(table, view->attributes));
  }
  return json::value{{"tables", std::move(array)}};
}

json::array render_rows(const source::ResultSet& rows) {
  json::array lines;
  for (std::size_t i = 0; i < rows.rows(); ++i) {
    json::array line;
    for (const auto& column : rows.columns) {
      line.push_back(column.cells[i] ? model::render_value(*column.cells[i]) : json::value());
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

json::object render_preview_decision(const query::Preview& preview,
                                     const query::RowCounts& counts) {
  json::object decision{{"rowsBefore", counts.before},
                        {"rowsAfter", counts.after},
                        {"sql", preview.query.statement.text},
                        {"arguments", render_arguments(preview.query.statement)}};
  const guard::TableDecision& table = preview.query.decision.tables.front();
  decision["conditions"] = render_conditions(table);
  decision["hiddenColumns"] = render_names(table.hidden_columns);
  decision["maskedColumns"] = render_names(table.masked_columns);
  decision["milliseconds"] =
      milliseconds(preview.times.guard + preview.times.queue + preview.times.engine);
  return decision;
}

Result<json::value> preview(DataServices& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal maker, require_user(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(maker.organization()));
  ASSIGN_OR_RETURN(const model::Table* table, catalog::find_table(maker, *view, id_of(request)));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const std::int64_t limit = reader.optional_integer("limit").value_or(query::kPreviewRowsMax);
  const auto token = reader.optional_string("token", kMaxTokenMemberBytes);
  if (limit < 1 || limit > query::kPreviewRowsMax) {
    reader.refuse("limit", fmt::format("Must be between 1 and {}.", query::kPreviewRowsMax));
  }
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(const model::Principal holder, holder_for(services, maker, token));
  const query::Cancellation cancellation;
  const CancelWhenGone left(request.client, cancellation);
  ASSIGN_OR_RETURN(const query::Preview preview,
                   services.tables.preview(holder, *view, table->id, limit, cancellation));
  ASSIGN_OR_RETURN(const query::RowCounts counts,
                   services.tables.count(holder, maker, *view, table->id, cancellation));
  json::array columns;
  for (const query::PreviewColumn& column : preview.columns) {
    columns.push_back(json::object{{"name", column.name},
                                   {"label", column.label},
                                   {"type", model::type_name(column.type)},
                                   {"masked", column.masked}});
  }
  return json::value{{"columns", std::move(columns)},
                     {"rows", render_rows(*preview.rows)},
                     {"decision", render_preview_decision(preview, counts)}};
}

Result<json::value> list_versions(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(principal.organization()));
  ASSIGN_OR_RETURN(const auto versions,
                   catalog::list_versions(services.store, principal, *view, id_of(request)));
  json::array array;
  for (const store::TableVersion& version : versions) array.push_back(render_version(version));
  return json::value{{"versions", std::move(array)}};
}

Result<json::value> read_version(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const std::int64_t version, version_of(request));
  ASSIGN_OR_RETURN(const View view, services.views.get(principal.organization()));
  ASSIGN_OR_RETURN(
      const catalog::KeptVersion kept,
      catalog::find_version(services.store, principal, *view, id_of(request), version));
  json::object answer = render_version(kept.version);
  answer["table"] = render_table(kept.table, view->attributes);
  return json::value(std::move(answer));
}

Result<Done> remove(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(caller.principal.organization()));
  return catalog::remove_table(services.store,
                               {caller, *view, id_of(request), services.clock.now()});
}

}  // namespace

Response get_tables(Services& services, const Request& request) {
  return respond(list(services, request), request);
}

Response post_tables(Services& services, const Request& request) {
  return respond(add(services, request), request, 201);
}

Response get_table(Services& services, const Request& request) {
  return respond(read(services, request), request);
}

Response put_table(Services& services, const Request& request) {
  return respond(change(services, request), request);
}

Response delete_table(Services& services, const Request& request) {
  return respond(remove(services, request), request);
}

Response post_table_preview(DataServices& services, const Request& request) {
  return respond(preview(services, request), request);
}

Response post_tables_bulk(Services& services, const Request& request) {
  return respond(change_many(services, request), request);
}

Response get_table_versions(Services& services, const Request& request) {
  return respond(list_versions(services, request), request);
}

Response get_table_version(Services& services, const Request& request) {
  return respond(read_version(services, request), request);
}

Response post_table_restore(Services& services, const Request& request) {
  return respond(restore(services, request), request);
}

}  // namespace http
