#include "http/chart_stream.h"

#include "catalog/dashboards.h"
#include "http/cancel_when_gone.h"
#include "http/credentials.h"
#include "http/problem.h"

namespace http {
namespace {

using base::Code;
using base::Result;

std::optional<std::string> own_text(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  return std::string(*text);
}

/// The chart's line, unless the token that it is for ended meanwhile.
Result<std::string> make_line(const ChartStream& run, const model::Chart& chart,
                              const query::Cancellation& cancellation, const ChartLine& line) {
  auto made = line(chart, cancellation);
  if (!run.token) return made;
  RETURN_IF_ERROR(run.verifier.verify(*run.token, run.origin));
  return made;
}

}  // namespace

Result<ChartStream> prepare_charts(Services& services, const Request& request,
                                   const model::Principal& asker, const model::Principal& holder,
                                   const NarrowingRequest& narrowing) {
  ASSIGN_OR_RETURN(auto view, services.views.get(asker.organization()));
  ASSIGN_OR_RETURN(
      const model::Dashboard* dashboard,
      catalog::find_dashboard(holder, *view, base::DashboardId(request.parameters.at("id"))));
  auto charts = catalog::charts_of(holder, *dashboard, *view);
  ASSIGN_OR_RETURN(query::Narrowing narrowed,
                   resolve_narrowing(services, narrowing, holder, *dashboard, charts, *view));
  return ChartStream{services.verifier,
                     services.open_streams,
                     own_text(asker.embed() ? bearer_token(request) : std::nullopt),
                     own_text(embedding_origin(request)),
                     std::move(view),
                     std::move(charts),
                     std::move(narrowed),
                     request.id};
}

void write_charts(const ChartStream& run, BodyStream& stream, const ChartLine& line,
                  const RefusedLine& refused) {
  const query::Cancellation cancellation;
  const CancelWhenGone left(&stream, cancellation);
  const auto watched =
      run.token ? run.open_streams.watch(*run.token, run.origin, cancellation) : nullptr;
  for (const model::Chart* chart : run.charts) {
    const auto made = make_line(run, *chart, cancellation, line);
    if (!made && made.error().code == Code::kCancelled) break;
    if (!made) log_failure(made.error(), run.request_id);
    if (!stream.write(made ? *made : refused(*chart, made.error()))) break;
  }
  const base::json::object end{{"end", true}, {"charts", run.charts.size()}};
  (void)stream.write(base::render_json(end) + "\n");
}

}  // namespace http
