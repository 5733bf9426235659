#include "http/chart_stream.h"

#include "base/json.h"
#include "http/problem.h"

namespace http {
namespace {

using base::Code;
using base::Result;

/// The chart's line, unless the token that it is for ended meanwhile.
Result<std::string> make_line(const ChartStream& run, const model::Chart& chart,
                              const query::Cancellation& cancellation, const ChartLine& line) {
  auto made = line(chart, cancellation);
  if (!run.token) return made;
  RETURN_IF_ERROR(run.verifier.verify(*run.token, run.origin));
  return made;
}

}  // namespace

void write_charts(const ChartStream& run, BodyStream& stream, const ChartLine& line,
                  const RefusedLine& refused) {
  const query::Cancellation cancellation;
  stream.on_gone([cancellation] { cancellation.cancel(); });
  const auto watched =
      run.token ? run.open_streams.watch(*run.token, run.origin, cancellation) : nullptr;
  for (const model::Chart* chart : run.charts) {
    const auto made = make_line(run, *chart, cancellation, line);
    if (!made && made.error().code == Code::kCancelled) break;
    if (!made) log_failure(made.error(), run.request_id);
    if (!stream.write(made ? *made : refused(*chart, made.error()))) break;
  }
  stream.on_gone(nullptr);
  const base::json::object end{{"end", true}, {"charts", run.charts.size()}};
  (void)stream.write(base::render_json(end) + "\n");
}

std::optional<std::string> own_text(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  return std::string(*text);
}

}  // namespace http
