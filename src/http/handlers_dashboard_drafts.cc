// Dashboards as their makers see them: the draft, kept as they work, and the versions published.

#include <charconv>

#include "catalog/authorize.h"
#include "catalog/dashboard_drafts.h"
#include "http/credentials.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Code;
using base::Done;
using base::Error;
using base::Result;
using catalog::DashboardState;

using View = std::shared_ptr<const store::OrganizationView>;

base::DashboardId id_of(const Request& request) {
  return base::DashboardId(request.parameters.at("id"));
}

json::object render_state(const DashboardState& state) {
  const model::DashboardContent content = catalog::working_content(state);
  return {{"id", state.shown.id.text()},
          {"name", content.name},
          {"description", content.description},
          {"published", state.shown.published},
          {"hasDraft", state.draft.has_value()},
          {"version", state.version},
          {"changedBy", state.changed_by},
          {"draft",
           {{"tabs", model::render_tabs(content.tabs)},
            {"tiles", model::render_tiles(content.tiles)},
            {"filters", model::render_filters(content.filters)},
            {"theme", content.theme}}}};
}

/// A use case on the dashboard that the request names, as JSON of what it is then.
template <typename UseCase>
Result<json::value> edit(Services& services, const Request& request, const UseCase& use_case) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  const catalog::DraftEdit draft_edit{caller, id_of(request), services.clock.now()};
  ASSIGN_OR_RETURN(const DashboardState state, use_case(draft_edit));
  return json::value(render_state(state));
}

Result<json::value> add(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  RETURN_IF_ERROR(catalog::authorize(caller.principal, catalog::Verb::kEditContent));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  model::DashboardContent content{reader.required_string("name", model::kMaxNameBytes),
                                  reader.optional_string("description").value_or("")};
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(
      const DashboardState state,
      catalog::create_dashboard(services.store, caller, std::move(content), services.clock.now()));
  return json::value(render_state(state));
}

Result<json::value> read(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const DashboardState state,
                   catalog::find_draft(services.store, principal, id_of(request)));
  return json::value(render_state(state));
}

/// {"version","name","description","draft"}
struct WantedDraft {
  std::int64_t seen;
  model::DashboardContent content;
};

Result<WantedDraft> parse_draft(const json::value& body) {
  base::ObjectReader reader(body, "");
  const auto seen = reader.optional_integer("version");
  if (!seen) reader.refuse("version", "Is required.");
  std::string name = reader.required_string("name", model::kMaxNameBytes);
  std::string description =
      reader.optional_string("description", model::kMaxTextBytes).value_or("");
  const json::value* draft = reader.required_object("draft");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(model::DashboardContent content,
                   model::parse_content(std::move(name), std::move(description), *draft));
  return WantedDraft{*seen, std::move(content)};
}

Result<json::value> save(Services& services, const Request& request) {
  return edit(services, request, [&](const catalog::DraftEdit& wanted) -> Result<DashboardState> {
    RETURN_IF_ERROR(catalog::find_draft(services.store, wanted.caller.principal, wanted.id));
    ASSIGN_OR_RETURN(const json::value body, require_json(request));
    ASSIGN_OR_RETURN(WantedDraft draft, parse_draft(body));
    ASSIGN_OR_RETURN(const View view, services.views.get(wanted.caller.principal.organization()));
    return catalog::save_draft(services.store, wanted, *view, draft.seen, std::move(draft.content));
  });
}

Result<Done> remove(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const catalog::Caller caller, require_caller(services, request));
  return catalog::remove_dashboard(services.store, {caller, id_of(request), services.clock.now()});
}

Result<json::value> list_versions(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const auto versions,
                   catalog::list_dashboard_versions(services.store, principal, id_of(request)));
  json::array array;
  for (const store::DashboardVersion& version : versions) {
    array.push_back(json::object{{"version", version.version},
                                 {"at", base::render_time(version.at)},
                                 {"actor", version.actor_name},
                                 {"name", version.content.name}});
  }
  return json::value{{"versions", std::move(array)}};
}

Result<std::int64_t> version_of(const Request& request) {
  const std::string& text = request.parameters.at("version");
  std::int64_t version = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), version);
  if (problem == std::errc() && end == text.data() + text.size()) return version;
  return Error{Code::kNotFound, "There is no such version."};
}

/// The refusal of a change that met another one says what is there now, so that nothing is lost.
Response refuse_change(Services& services, const Request& request, const Error& error) {
  Response response = problem_response(error, request);
  const auto current = read(services, request);
  if (error.code != Code::kConflict || !current) return response;
  json::object problem = render_problem(error, request.id);
  problem["current"] = *current;
  response.body = base::render_json(problem);
  return response;
}

}  // namespace

Response post_content_dashboards(Services& services, const Request& request) {
  return respond(add(services, request), request, 201);
}

Response get_content_dashboard(Services& services, const Request& request) {
  return respond(read(services, request), request);
}

Response put_content_dashboard(Services& services, const Request& request) {
  const auto saved = save(services, request);
  if (!saved) return refuse_change(services, request, saved.error());
  return respond(saved, request);
}

Response delete_content_dashboard(Services& services, const Request& request) {
  return respond(remove(services, request), request);
}

Response post_dashboard_discard(Services& services, const Request& request) {
  return respond(edit(services, request,
                      [&](const catalog::DraftEdit& wanted) {
                        return catalog::discard_draft(services.store, wanted);
                      }),
                 request);
}

Response post_dashboard_duplicate(Services& services, const Request& request) {
  return respond(edit(services, request,
                      [&](const catalog::DraftEdit& wanted) {
                        return catalog::duplicate_dashboard(services.store, wanted);
                      }),
                 request, 201);
}

Response get_dashboard_versions(Services& services, const Request& request) {
  return respond(list_versions(services, request), request);
}

Response post_dashboard_restore(Services& services, const Request& request) {
  return respond(edit(services, request,
                      [&](const catalog::DraftEdit& wanted) -> Result<DashboardState> {
                        RETURN_IF_ERROR(catalog::find_draft(services.store, wanted.caller.principal,
                                                            wanted.id));
                        ASSIGN_OR_RETURN(const std::int64_t version, version_of(request));
                        return catalog::restore_version(services.store, wanted, version);
                      }),
                 request);
}

}  // namespace http
