// Settings → Audit: who did what, as pages and as a file.

#include <charconv>

#include "catalog/audit.h"
#include "catalog/authorize.h"
#include "http/credentials.h"
#include "http/csv.h"
#include "http/form.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Code;
using base::Done;
using base::Error;
using base::Result;
using Events = std::vector<store::StoredAuditEvent>;
using Parameters = std::map<std::string, std::string, std::less<>>;

constexpr std::int64_t kDefaultPage = 50;
constexpr std::size_t kMaxFilterBytes = 256;

enum class ExportFormat : std::uint8_t { kCsv, kNdjson };

Error invalid(std::string_view field, std::string what) {
  return {Code::kInvalidBody, std::move(what), {}, std::string(field)};
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

json::value render_subject(const model::AuditSubject& subject) {
  if (subject.kind.empty()) return nullptr;
  return json::object{{"kind", subject.kind},
                      {"id", text_or_null(subject.id)},
                      {"name", text_or_null(subject.name)}};
}

std::string_view environment_of(const model::AuditEvent& event) {
  return event.environment ? model::environment_name(*event.environment) : "";
}

json::object render_event(const store::StoredAuditEvent& stored) {
  const model::AuditEvent& event = stored.event;
  return {{"id", std::to_string(stored.number)},
          {"at", base::render_time(event.at)},
          {"action", model::enum_name(model::kAuditActionNames, event.action)},
          {"actor",
           {{"kind", model::enum_name(model::kActorKindNames, event.actor.kind)},
            {"id", text_or_null(event.actor.id)},
            {"name", event.actor.name}}},
          {"subject", render_subject(event.subject)},
          {"environment", text_or_null(std::string(environment_of(event)))},
          {"remoteAddress", text_or_null(event.actor.remote_address)},
          {"count", event.count},
          {"detail", text_or_null(event.detail)}};
}

void append_csv_event(std::string& out, const store::StoredAuditEvent& stored) {
  const model::AuditEvent& event = stored.event;
  append_csv_record(out, {std::to_string(stored.number), base::render_time(event.at),
                          model::enum_name(model::kAuditActionNames, event.action),
                          model::enum_name(model::kActorKindNames, event.actor.kind),
                          event.actor.id, event.actor.name, event.subject.kind, event.subject.id,
                          event.subject.name, environment_of(event), event.actor.remote_address,
                          std::to_string(event.count), event.detail});
}

/// The value of a parameter, taken out of those that are left; empty where it was not sent.
std::string take(Parameters& left, std::string_view name) {
  const auto found = left.find(name);
  if (found == left.end()) return {};
  std::string value = std::move(found->second);
  left.erase(found);
  return value;
}

Result<std::string> take_text(Parameters& left, std::string_view name) {
  std::string text = take(left, name);
  if (text.size() > kMaxFilterBytes) return invalid(name, "Is too long.");
  return text;
}

Result<std::optional<base::Seconds>> take_time(Parameters& left, std::string_view name) {
  const std::string text = take(left, name);
  if (text.empty()) return std::optional<base::Seconds>();
  const auto time = base::parse_time(text);
  if (!time) return invalid(name, "Must look like 2026-01-01T00:00:00Z.");
  return time;
}

Result<store::AuditFilter> take_filter(Parameters& left) {
  store::AuditFilter filter;
  if (const std::string action = take(left, "action"); !action.empty()) {
    filter.actions = catalog::parse_audit_actions(action);
    if (filter.actions.empty()) return invalid("action", "Is not an action.");
  }
  ASSIGN_OR_RETURN(filter.actor, take_text(left, "actor"));
  ASSIGN_OR_RETURN(filter.subject, take_text(left, "subject"));
  if (const std::string environment = take(left, "environment"); !environment.empty()) {
    filter.environment = model::parse_environment(environment);
    if (!filter.environment) return invalid("environment", "Must be sandbox or production.");
  }
  ASSIGN_OR_RETURN(filter.from, take_time(left, "from"));
  ASSIGN_OR_RETURN(filter.to, take_time(left, "to"));
  return filter;
}

Result<std::int64_t> take_limit(Parameters& left) {
  const std::string text = take(left, "limit");
  if (text.empty()) return kDefaultPage;
  std::int64_t limit = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (problem != std::errc() || end != text.data() + text.size() || limit < 1 ||
      limit > catalog::kMaxAuditPage) {
    return invalid("limit", "Must be a whole number from 1 to 200.");
  }
  return limit;
}

Result<std::optional<store::AuditPlace>> take_place(Parameters& left) {
  const std::string text = take(left, "before");
  if (text.empty()) return std::optional<store::AuditPlace>();
  const auto place = catalog::parse_audit_place(text);
  if (!place) return invalid("before", "Must be the next of the page before.");
  return place;
}

Result<Done> require_none_left(const Parameters& left) {
  if (left.empty()) return Done{};
  return invalid(left.begin()->first, "Is not known here.");
}

Result<json::value> list(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(Parameters left, parse_form(request.query));
  ASSIGN_OR_RETURN(const store::AuditFilter filter, take_filter(left));
  ASSIGN_OR_RETURN(const auto before, take_place(left));
  ASSIGN_OR_RETURN(const std::int64_t limit, take_limit(left));
  RETURN_IF_ERROR(require_none_left(left));
  ASSIGN_OR_RETURN(const catalog::AuditPage page,
                   catalog::list_audit_events(services.store, principal, filter, before, limit));
  json::array events;
  for (const auto& event : page.events) events.push_back(render_event(event));
  return json::value{
      {"events", std::move(events)},
      {"next", page.next ? json::value(catalog::render_audit_place(*page.next)) : json::value()}};
}

/// What an export needs until its last line is written.
struct Export {
  store::Store& store;
  model::Principal principal;
  store::AuditFilter filter;
  base::Seconds now;
  ExportFormat format;
  std::string request_id;
};

Result<std::shared_ptr<const Export>> prepare_export(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(model::Principal principal, require_user(services, request));
  RETURN_IF_ERROR(catalog::authorize(principal, catalog::Verb::kReadAudit));
  ASSIGN_OR_RETURN(Parameters left, parse_form(request.query));
  ASSIGN_OR_RETURN(store::AuditFilter filter, take_filter(left));
  const std::string format = take(left, "format");
  if (format != "csv" && format != "ndjson") return invalid("format", "Must be csv or ndjson.");
  RETURN_IF_ERROR(require_none_left(left));
  return std::make_shared<const Export>(
      Export{services.store, std::move(principal), std::move(filter), services.clock.now(),
             format == "csv" ? ExportFormat::kCsv : ExportFormat::kNdjson, request.id});
}

std::string render_batch(const Events& events, ExportFormat format) {
  std::string text;
  for (const auto& event : events) {
    if (format == ExportFormat::kCsv) {
      append_csv_event(text, event);
    } else {
      text += base::render_json(render_event(event)) + "\n";
    }
  }
  return text;
}

/// Throws where the log can not be read on, so that the file ends as an error and not as a whole.
void write_export(const Export& wanted, BodyStream& stream) {
  if (wanted.format == ExportFormat::kCsv) {
    std::string head;
    append_csv_record(
        head, {"id", "at", "action", "actorKind", "actorId", "actorName", "subjectKind",
               "subjectId", "subjectName", "environment", "remoteAddress", "count", "detail"});
    if (!stream.write(head)) return;
  }
  const auto exported = catalog::export_audit_events(
      wanted.store, wanted.principal, wanted.filter, wanted.now,
      [&](const Events& events) { return stream.write(render_batch(events, wanted.format)); });
  if (!exported) {
    log_failure(exported.error(), wanted.request_id);
    throw std::runtime_error("audit export broken off");
  }
}

}  // namespace

Response get_audit(Services& services, const Request& request) {
  return respond(list(services, request), request);
}

Response get_audit_export(Services& services, const Request& request) {
  const auto wanted = prepare_export(services, request);
  if (!wanted) return problem_response(wanted.error(), request);
  const bool csv = (*wanted)->format == ExportFormat::kCsv;
  Response response;
  response.content_type = csv ? "text/csv; charset=utf-8" : "application/x-ndjson";
  response.headers.emplace_back(
      "content-disposition",
      csv ? "attachment; filename=\"audit.csv\"" : "attachment; filename=\"audit.ndjson\"");
  response.stream = [wanted = *wanted](BodyStream& stream) { write_export(*wanted, stream); };
  return response;
}

}  // namespace http
