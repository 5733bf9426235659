// Usage: who looks at which dashboards, and which charts are slow or fail.

#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

#include "catalog/usage.h"
#include "http/credentials.h"
#include "http/csv.h"
#include "http/form.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::Result;

using View = std::shared_ptr<const store::OrganizationView>;

constexpr int kUsualDays = 30;

/// `days=N`, at most as many as are kept.
Result<std::chrono::days> read_days(const Request& request) {
  ASSIGN_OR_RETURN(const auto parameters, parse_form(request.query));
  const auto given = parameters.find("days");
  if (given == parameters.end()) return std::chrono::days(kUsualDays);
  const std::string& text = given->second;
  int days = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), days);
  const bool fits = problem == std::errc() && end == text.data() + text.size() && days >= 1 &&
                    std::chrono::days(days) <= catalog::kUsageKept;
  if (fits) return std::chrono::days(days);
  return Error{Code::kInvalidBody,
               fmt::format("Must be a number from 1 to {}.", catalog::kUsageKept.count()),
               {},
               "days"};
}

/// Null for what is gone.
json::value name_of(const store::OrganizationView& view, const base::DashboardId& id) {
  const auto found = view.dashboards.find(id);
  return found == view.dashboards.end() ? json::value() : json::value(found->second.name);
}
json::value name_of(const store::OrganizationView& view, const base::ChartId& id) {
  const auto found = view.charts.find(id);
  return found == view.charts.end() ? json::value() : json::value(found->second.name);
}

json::array render_days(const catalog::Usage& usage) {
  json::array days;
  for (const store::ViewsOfDay& day : usage.days) {
    days.push_back(json::object{
        {"day", model::render_date(day.day)}, {"views", day.views}, {"endUsers", day.end_users}});
  }
  return days;
}

json::array render_dashboards(const catalog::Usage& usage, const store::OrganizationView& view) {
  json::array dashboards;
  for (const store::ViewsOfDashboard& entry : usage.dashboards) {
    dashboards.push_back(json::object{{"id", entry.dashboard.text()},
                                      {"name", name_of(view, entry.dashboard)},
                                      {"views", entry.views},
                                      {"endUsers", entry.end_users}});
  }
  return dashboards;
}

json::array render_end_users(const catalog::Usage& usage) {
  json::array end_users;
  for (const store::ViewsOfEndUser& entry : usage.end_users) {
    end_users.push_back(json::object{{"distinctId", entry.end_user},
                                     {"views", entry.views},
                                     {"dashboards", entry.dashboards},
                                     {"lastDay", model::render_date(entry.last)}});
  }
  return end_users;
}

json::array render_charts(const catalog::Usage& usage, const store::OrganizationView& view) {
  json::array charts;
  for (const store::ChartRuns& entry : usage.charts) {
    charts.push_back(json::object{{"id", entry.chart.text()},
                                  {"name", name_of(view, entry.chart)},
                                  {"runs", entry.runs},
                                  {"failures", entry.failures},
                                  {"averageMilliseconds", entry.total_milliseconds / entry.runs},
                                  {"slowestMilliseconds", entry.slowest_milliseconds}});
  }
  return charts;
}

/// {"since","days","dashboards","endUsers","charts"}
Result<json::value> describe(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(principal.organization()));
  ASSIGN_OR_RETURN(const std::chrono::days days, read_days(request));
  ASSIGN_OR_RETURN(const catalog::Usage usage,
                   catalog::find_usage(services.store, principal, days, services.clock.now()));
  return json::value{{"since", model::render_date(usage.since)},
                     {"days", render_days(usage)},
                     {"dashboards", render_dashboards(usage, *view)},
                     {"endUsers", render_end_users(usage)},
                     {"charts", render_charts(usage, *view)}};
}

/// What an export needs until its last line is written.
struct Export {
  store::Store& store;
  model::Principal principal;
  View view;
  model::Date since;
  std::string request_id;
};

Result<std::shared_ptr<const Export>> prepare_export(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(model::Principal principal, require_user(services, request));
  ASSIGN_OR_RETURN(View view, services.views.get(principal.organization()));
  ASSIGN_OR_RETURN(const std::chrono::days days, read_days(request));
  const model::Date since = catalog::first_day(days, services.clock.now());
  RETURN_IF_ERROR(catalog::read_views(services.store, principal, since, std::nullopt));
  return std::make_shared<const Export>(
      Export{services.store, std::move(principal), std::move(view), since, request.id});
}

void append_views(std::string& text, const Export& wanted, const store::DashboardViews& views) {
  const json::value name = name_of(*wanted.view, views.dashboard);
  append_csv_record(text,
                    {model::render_date(views.day), views.dashboard.text(),
                     name.is_string() ? std::string_view(name.get_string()) : std::string_view(),
                     views.end_user, std::to_string(views.views)});
}

/// Throws where the counts can not be read on, so that the file ends as an error and not as a
/// whole.
void write_export(const Export& wanted, BodyStream& stream) {
  std::string text;
  append_csv_record(text, {"day", "dashboardId", "dashboard", "endUser", "views"});
  std::optional<store::DashboardViews> last;
  while (stream.write(text)) {
    const auto batch = catalog::read_views(wanted.store, wanted.principal, wanted.since, last);
    if (!batch) {
      log_failure(batch.error(), wanted.request_id);
      throw std::runtime_error("usage export broken off");
    }
    if (batch->empty()) break;
    text.clear();
    for (const store::DashboardViews& views : *batch) append_views(text, wanted, views);
    last = batch->back();
  }
}

}  // namespace

Response get_usage(Services& services, const Request& request) {
  return respond(describe(services, request), request);
}

Response get_usage_export(Services& services, const Request& request) {
  const auto wanted = prepare_export(services, request);
  if (!wanted) return problem_response(wanted.error(), request);
  Response response;
  response.content_type = "text/csv; charset=utf-8";
  response.headers.emplace_back("content-disposition", "attachment; filename=\"usage.csv\"");
  response.stream = [wanted = *wanted](BodyStream& stream) { write_export(*wanted, stream); };
  return response;
}

}  // namespace http
