// What a viewer reads: which dashboards, what one holds, a chart on its own, and the rows of
// charts.

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>

#include "catalog/dashboards.h"
#include "http/chart_json.h"
#include "http/chart_stream.h"
#include "http/credentials.h"
#include "http/handlers.h"
#include "http/viewed_content.h"
#include "model/theme.h"
#include "query/thinning.h"

namespace http {
namespace {

namespace json = base::json;
using base::Result;

using View = std::shared_ptr<const store::OrganizationView>;

constexpr std::size_t kMaxChartsMember = 200;

json::object render_summary(const model::Principal& principal, const model::Dashboard& dashboard) {
  json::object summary{{"id", dashboard.id.text()},
                       {"name", dashboard.name},
                       {"description", dashboard.description}};
  if (catalog::sees_drafts(principal)) summary["published"] = dashboard.published;
  return summary;
}

json::object render_chart(const model::Principal& principal, const model::Chart& chart,
                          const store::OrganizationView& view) {
  const model::ChartOptions& options = chart.spec.options;
  const bool seen = query::is_chart_seen(principal, view, chart);
  return {{"id", chart.id.text()},
          {"name", chart.name},
          {"type", model::chart_type_name(chart.spec.type)},
          {"orientation", options.horizontal ? "horizontal" : "vertical"},
          {"options", seen ? model::render_chart_options(options) : json::object()}};
}

/// Nothing for a chart that is not there for `principal`.
std::optional<json::object> render_tile(const model::Principal& principal, const model::Tile& tile,
                                        const store::OrganizationView& view) {
  json::object object{{"id", tile.id}, {"kind", tile.text ? "text" : "chart"}};
  if (!tile.tab.empty()) object["tab"] = tile.tab;
  if (tile.text) {
    object["text"] = *tile.text;
  } else {
    const auto chart = view.charts.find(tile.chart);
    if (chart == view.charts.end() || !catalog::is_chart_in_reach(principal, tile.chart)) {
      return std::nullopt;
    }
    object["chart"] = render_chart(principal, chart->second, view);
  }
  object["layout"] = {{"x", tile.x}, {"y", tile.y}, {"width", tile.width}, {"height", tile.height}};
  return object;
}

json::array render_tiles(const model::Principal& principal, const model::Dashboard& dashboard,
                         const store::OrganizationView& view) {
  json::array tiles;
  for (const model::Tile& tile : dashboard.tiles) {
    if (auto object = render_tile(principal, tile, view)) tiles.push_back(std::move(*object));
  }
  return tiles;
}

/// The ids of those `charts` that the filter acts on.
json::array charts_under(const model::DashboardFilter& filter,
                         const std::vector<const model::Chart*>& charts) {
  const query::TableFilter acting{filter.table, nullptr, filter.charts};
  json::array ids;
  for (const model::Chart* chart : charts) {
    if (acting.acts_on(*chart)) ids.emplace_back(chart->id.text());
  }
  return ids;
}

json::array render_filters(const model::Principal& principal, const model::Dashboard& dashboard,
                           const store::OrganizationView& view) {
  const auto charts = catalog::charts_of(principal, dashboard, view);
  json::array filters;
  for (const auto* filter : query::find_filters(principal, view, dashboard)) {
    filters.push_back(json::object{{"id", filter->id},
                                   {"label", filter->label},
                                   {"kind", model::filter_kind_name(filter->kind)},
                                   {"multiple", filter->multiple},
                                   {"charts", charts_under(*filter, charts)}});
  }
  return filters;
}

json::array render_scope(const model::Principal& principal, const ViewedContent& viewed,
                         base::Seconds now) {
  json::array scope;
  for (const auto& locked :
       query::find_locked_attributes(principal, *viewed.view, viewed.charts, now)) {
    scope.push_back(json::object{{"attribute", locked.attribute},
                                 {"values", model::render_values(locked.values)}});
  }
  return scope;
}

Result<json::value> list(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_viewer(services, request));
  ASSIGN_OR_RETURN(const View view, services.views.get(principal.organization()));
  ASSIGN_OR_RETURN(const auto dashboards, catalog::list_dashboards(principal, *view));
  json::array array;
  for (const model::Dashboard* dashboard : dashboards) {
    array.push_back(render_summary(principal, *dashboard));
  }
  return json::value{{"dashboards", std::move(array)}};
}

/// What is told of every content: whose eyes see it, until when, and what they may do.
void add_viewer(json::object& answer, const Services& services, const model::Principal& principal,
                const ViewedContent& viewed) {
  const auto& embed = principal.embed();
  const base::Seconds now = services.clock.now();
  answer["environment"] =
      embed ? json::value(model::environment_name(embed->environment)) : json::value();
  answer["expiresAt"] = embed ? json::value(base::render_time(embed->expires_at)) : json::value();
  answer["serverTime"] = base::render_time(now);
  answer["scope"] = render_scope(principal, viewed, now);
  answer["canExport"] = catalog::may_export(principal);
}

Result<json::value> describe(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_viewer(services, request));
  ASSIGN_OR_RETURN(const ViewedContent viewed, find_viewed(services, request, principal));
  const model::Dashboard& dashboard = *viewed.dashboard;
  services.usage.count_view(principal, dashboard.id, services.clock.now());
  json::object answer = render_summary(principal, dashboard);
  add_viewer(answer, services, principal, viewed);
  answer["tabs"] = model::render_tabs(dashboard.tabs);
  answer["theme"] = model::merge_themes(viewed.view->theme, dashboard.theme);
  answer["tiles"] = render_tiles(principal, dashboard, *viewed.view);
  answer["filters"] = render_filters(principal, dashboard, *viewed.view);
  return json::value(std::move(answer));
}

Result<json::value> describe_chart(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(const model::Principal principal, require_viewer(services, request));
  ASSIGN_OR_RETURN(const ViewedContent viewed, find_viewed(services, request, principal));
  json::object answer{{"chart", render_chart(principal, *viewed.charts.front(), *viewed.view)},
                      {"theme", viewed.view->theme}};
  add_viewer(answer, services, principal, viewed);
  return json::value(std::move(answer));
}

std::string render_error_line(const base::ChartId& chart, const base::Error& error,
                              std::string_view request_id) {
  json::object problem = render_problem(error, request_id);
  return base::render_json(json::object{{"chart", chart.text()}, {"error", std::move(problem)}}) +
         "\n";
}

/// The rows of charts for `principal`.
struct DataRun {
  query::ChartQueries& charts;
  catalog::UsageCounter& usage;
  const base::Clock& clock;
  model::Principal principal;
  ChartStream stream;
  std::map<base::ChartId, std::size_t> points;  ///< How many a chart has room for.
};

/// {"<chart id>": how many}. Problems are kept in `reader`.
std::map<base::ChartId, std::size_t> read_points(base::ObjectReader& reader) {
  std::map<base::ChartId, std::size_t> points;
  const json::value* asked = reader.optional_object("points");
  if (asked == nullptr) return points;
  if (asked->get_object().size() > kMaxChartsMember) {
    reader.refuse("points", "Has too many entries.");
  }
  for (const auto& member : asked->get_object()) {
    const std::int64_t* count = member.value().if_int64();
    if (count == nullptr || *count < 1) {
      reader.refuse("points", "Must be whole numbers above zero.");
      break;
    }
    points.emplace(base::ChartId(std::string(member.key())), static_cast<std::size_t>(*count));
  }
  return points;
}

/// Leaves those of `charts` that are `wanted`. kInvalidBody for one that is not there.
Result<base::Done> keep_charts(std::vector<const model::Chart*>& charts,
                               const std::vector<std::string>& wanted) {
  std::vector<const model::Chart*> kept;
  for (const std::string& id : wanted) {
    const auto found = std::ranges::find_if(
        charts, [&](const model::Chart* chart) { return chart->id.text() == id; });
    if (found == charts.end()) {
      return base::Error{
          base::Code::kInvalidBody, "Names no chart that is shown here.", {}, "charts"};
    }
    kept.push_back(*found);
  }
  charts = std::move(kept);
  return base::Done{};
}

Result<std::shared_ptr<const DataRun>> prepare_data(DataServices& services,
                                                    const Request& request) {
  ASSIGN_OR_RETURN(model::Principal principal, require_viewer(services, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const NarrowingRequest narrowing = read_narrowing(reader);
  const auto wanted =
      reader.optional_strings("charts", base::ObjectReader::Single::kRefused, kMaxChartsMember);
  auto points = read_points(reader);
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(ChartStream stream,
                   prepare_charts(services, request, principal, principal, narrowing));
  if (wanted) RETURN_IF_ERROR(keep_charts(stream.viewed.charts, *wanted));
  return std::make_shared<const DataRun>(DataRun{services.charts, services.usage, services.clock,
                                                 std::move(principal), std::move(stream),
                                                 std::move(points)});
}

/// The chart's answer, counted for usage unless the viewer left.
Result<query::ChartAnswer> run_counted(const DataRun& run, const model::Chart& chart,
                                       const query::Cancellation& cancellation) {
  using std::chrono::steady_clock;
  using Outcome = catalog::UsageCounter::Outcome;
  const steady_clock::time_point begin = steady_clock::now();
  auto answer = run.charts.run(run.principal, *run.stream.viewed.view, chart, run.stream.narrowing,
                               cancellation);
  const auto took = std::chrono::floor<std::chrono::milliseconds>(steady_clock::now() - begin);
  if (!answer && answer.error().code == base::Code::kCancelled) return answer;
  run.usage.count_chart(run.principal, chart.id, took,
                        answer ? Outcome::kAnswered : Outcome::kFailed, run.clock.now());
  return answer;
}

void write_data(const DataRun& run, BodyStream& stream) {
  const auto line = [&](const model::Chart& chart,
                        const query::Cancellation& cancellation) -> Result<std::string> {
    ASSIGN_OR_RETURN(const query::ChartAnswer answer, run_counted(run, chart, cancellation));
    const auto points = run.points.find(chart.id);
    if (points == run.points.end()) return render_chart_line(chart.id, answer);
    return render_chart_line(chart.id, answer,
                             query::thin(chart.spec, *answer.rows, points->second));
  };
  write_charts(run.stream, stream, line, [&](const model::Chart& chart, const base::Error& error) {
    return render_error_line(chart.id, error, run.stream.request_id);
  });
}

}  // namespace

Response get_dashboards(Services& services, const Request& request) {
  return respond(list(services, request), request);
}

Response get_dashboard(Services& services, const Request& request) {
  return respond(describe(services, request), request);
}

Response get_chart(Services& services, const Request& request) {
  return respond(describe_chart(services, request), request);
}

Response post_data(DataServices& services, const Request& request) {
  const auto run = prepare_data(services, request);
  if (!run) return problem_response(run.error(), request);
  Response response;
  response.content_type = "application/x-ndjson";
  response.stream = [run = *run](BodyStream& stream) { write_data(*run, stream); };
  return response;
}

}  // namespace http
