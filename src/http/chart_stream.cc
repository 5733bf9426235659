#include "http/chart_stream.h"

#include <algorithm>

#include "http/cancel_when_gone.h"
#include "http/credentials.h"
#include "http/problem.h"

namespace http {
namespace {

using base::Code;
using base::Error;
using base::Result;

std::optional<std::string> own_text(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  return std::string(*text);
}

/// The chart's line, unless the token that it is for, or its reach, ended meanwhile.
Result<std::string> make_line(const ChartStream& run, const model::Chart& chart,
                              const query::Cancellation& cancellation, const ChartLine& line) {
  auto made = line(chart, cancellation);
  if (!run.token) return made;
  ASSIGN_OR_RETURN(const model::Principal principal, run.verifier.verify(*run.token, run.origin));
  if (is_still_in_reach(principal, run.viewed, chart)) return made;
  return Error{Code::kNotFound, "There is no such chart."};
}

/// While any of the charts is left.
StillReaches reach_of(const ViewedContent& viewed) {
  return [viewed](const model::Principal& principal) {
    return viewed.charts.empty() ||
           std::ranges::any_of(viewed.charts, [&](const model::Chart* chart) {
             return is_still_in_reach(principal, viewed, *chart);
           });
  };
}

}  // namespace

Result<ChartStream> prepare_charts(Services& services, const Request& request,
                                   const model::Principal& asker, const model::Principal& holder,
                                   const NarrowingRequest& narrowing) {
  ASSIGN_OR_RETURN(ViewedContent viewed, find_viewed(services, request, holder));
  ASSIGN_OR_RETURN(query::Narrowing narrowed,
                   resolve_narrowing(services, narrowing, holder, viewed));
  return ChartStream{services.verifier,
                     services.open_streams,
                     own_text(asker.embed() ? bearer_token(request) : std::nullopt),
                     own_text(embedding_origin(request)),
                     std::move(viewed),
                     std::move(narrowed),
                     request.id};
}

void write_charts(const ChartStream& run, BodyStream& stream, const ChartLine& line,
                  const RefusedLine& refused) {
  const query::Cancellation cancellation;
  const CancelWhenGone left(&stream, cancellation);
  const auto watched =
      run.token ? run.open_streams.watch(*run.token, run.origin, reach_of(run.viewed), cancellation)
                : nullptr;
  for (const model::Chart* chart : run.viewed.charts) {
    const auto made = make_line(run, *chart, cancellation, line);
    if (!made && made.error().code == Code::kCancelled) break;
    if (!made) log_failure(made.error(), run.request_id);
    if (!stream.write(made ? *made : refused(*chart, made.error()))) break;
  }
  const base::json::object end{{"end", true}, {"charts", run.viewed.charts.size()}};
  (void)stream.write(base::render_json(end) + "\n");
}

}  // namespace http
