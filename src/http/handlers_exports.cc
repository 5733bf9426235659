// What a viewer takes along as a file: what a chart shows, or the rows behind it. The rows go from
// the engine to the client batch by batch; a workbook is put together on the disk before.

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <optional>

#include "catalog/dashboards.h"
#include "catalog/exports.h"
#include "http/cancel_when_gone.h"
#include "http/credentials.h"
#include "http/csv_table.h"
#include "http/data_request.h"
#include "http/file_name.h"
#include "http/handler_wall.h"
#include "http/handlers.h"
#include "http/xlsx_file.h"

namespace http {
namespace {

namespace json = base::json;
using base::Code;
using base::Done;
using base::Error;
using base::Result;
using catalog::ExportFormat;
using catalog::ExportOf;
using std::chrono::steady_clock;

/// As many as one batch of an engine has.
constexpr std::size_t kRowsAtOnce = 2048;

struct ExportRequest {
  ExportFormat format;
  ExportOf of;
  NarrowingRequest narrowing;
  const json::value* at;  ///< Null where it was not sent.
};

/// One file, until its last byte is sent. What it holds comes from `answer` or from `rows`.
struct ExportRun {
  DataServices& services;
  std::string request_id;
  catalog::Caller caller;
  ViewedContent viewed;
  const model::Chart* chart;
  ExportFormat format;
  ExportOf of;
  std::shared_ptr<void> place;  ///< Among those that are made at once.
  steady_clock::time_point deadline;
  query::Cancellation cancellation = {};
  std::shared_ptr<void> watched = {};  ///< While the token may have it.
  std::vector<FileColumn> columns = {};
  query::Answer answer = {};
  std::optional<query::SealedRows> rows = {};
  std::optional<NamelessFile> workbook = {};
  std::int64_t rows_written = 0;
};

Result<ExportRequest> read_request(const json::value& body) {
  base::ObjectReader reader(body, "");
  const std::string format = reader.required_string("format");
  const std::string of = reader.required_string("of");
  const NarrowingRequest narrowing = read_narrowing(reader);
  const json::value* at = reader.optional_array("at");
  if (format != "csv" && format != "xlsx") reader.refuse("format", "Must be csv or xlsx.");
  if (of != "chart" && of != "rows") reader.refuse("of", "Must be chart or rows.");
  if (at != nullptr && of == "chart") reader.refuse("at", "Is for rows.");
  RETURN_IF_ERROR(reader.finish());
  return ExportRequest{format == "csv" ? ExportFormat::kCsv : ExportFormat::kXlsx,
                       of == "chart" ? ExportOf::kChart : ExportOf::kRows, narrowing, at};
}

/// As the audit log keeps them.
Result<catalog::Caller> caller_of(Services& services, const Request& request,
                                  model::Principal principal) {
  if (!principal.embed()) return require_caller(services, request);
  const std::string& distinct_id = principal.embed()->distinct_id;
  model::Actor actor{model::ActorKind::kEndUser, distinct_id, distinct_id, request.remote_address};
  return catalog::Caller{std::move(principal), std::move(actor)};
}

/// Why the file should not go on, or Done.
Result<Done> check_wanted(const ExportRun& run) {
  if (run.cancellation.cancelled()) return Error{Code::kCancelled, "Nobody waits for the file."};
  if (steady_clock::now() < run.deadline) return Done{};
  return Error{Code::kQueryTimeout, "The file took too long."};
}

std::shared_ptr<void> watch_token(const ExportRun& run, const Request& request) {
  if (!run.caller.principal.embed()) return nullptr;
  const auto reaches = [viewed = run.viewed, chart = run.chart](const model::Principal& principal) {
    return catalog::may_export(principal) && is_still_in_reach(principal, viewed, *chart);
  };
  const auto origin = embedding_origin(request);
  return run.services.open_streams.watch(
      std::string(bearer_token(request).value_or("")),
      origin ? std::optional(std::string(*origin)) : std::nullopt, reaches, run.cancellation);
}

/// Asks for what a chart shows, and seals what its rows are asked for with: what is refused is
/// refused before the answer begins.
Result<Done> find_source(ExportRun& run, const ExportRequest& wanted) {
  const model::Principal& principal = run.caller.principal;
  const store::OrganizationView& view = *run.viewed.view;
  ASSIGN_OR_RETURN(const query::Narrowing narrowing,
                   resolve_narrowing(run.services, wanted.narrowing, principal, run.viewed));
  if (run.of == ExportOf::kChart) {
    ASSIGN_OR_RETURN(
        query::ChartAnswer shown,
        run.services.charts.run(principal, view, *run.chart, narrowing, run.cancellation));
    run.columns = file_columns(shown.columns);
    run.answer = std::move(shown.rows);
    return Done{};
  }
  ASSIGN_OR_RETURN(const auto conditions,
                   conditions_of_rows(principal, run.viewed, *run.chart, narrowing, wanted.at));
  ASSIGN_OR_RETURN(
      run.rows, run.services.tables.seal_rows(principal, view, run.chart->spec.table, conditions));
  run.columns = file_columns(run.rows->columns);
  return Done{};
}

/// Hands all rows over, in batches.
Result<Done> feed(ExportRun& run, const source::BatchSink& take) {
  if (run.answer != nullptr) return take(*run.answer);
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(run.deadline - steady_clock::now());
  const source::Limits limits{std::numeric_limits<std::int64_t>::max(),
                              std::max(left, std::chrono::milliseconds(1))};
  return run.services.tables.stream_rows(*run.rows, *run.viewed.view, limits, run.cancellation,
                                         take);
}

Result<Done> make_workbook(ExportRun& run) {
  ASSIGN_OR_RETURN(XlsxFile file,
                   XlsxFile::create(run.services.exports.limits().folder, run.columns));
  RETURN_IF_ERROR(feed(run, [&](const source::ResultSet& batch) -> Result<Done> {
    RETURN_IF_ERROR(check_wanted(run));
    run.rows_written += static_cast<std::int64_t>(batch.rows());
    return file.append(batch);
  }));
  RETURN_IF_ERROR(check_wanted(run));
  ASSIGN_OR_RETURN(NamelessFile whole, std::move(file).finish());
  run.workbook.emplace(std::move(whole));
  return Done{};
}

Result<std::shared_ptr<ExportRun>> prepare(DataServices& services, const Request& request) {
  ASSIGN_OR_RETURN(model::Principal principal, require_viewer(services, request));
  ASSIGN_OR_RETURN(ViewedContent viewed, find_viewed(services, request, principal));
  ASSIGN_OR_RETURN(const model::Chart* chart, find_viewed_chart(viewed, request));
  if (!catalog::may_export(principal)) {
    return Error{Code::kPermissionMissing, "The token may not export."};
  }
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  ASSIGN_OR_RETURN(const ExportRequest wanted, read_request(body));
  ASSIGN_OR_RETURN(auto place, services.exports.begin(principal.organization()));
  ASSIGN_OR_RETURN(catalog::Caller caller, caller_of(services, request, std::move(principal)));
  auto run = std::make_shared<ExportRun>(ExportRun{
      services, request.id, std::move(caller), std::move(viewed), chart, wanted.format, wanted.of,
      std::move(place), steady_clock::now() + services.exports.limits().time_max});
  run->watched = watch_token(*run, request);
  const CancelWhenGone gone(request.client, run->cancellation);
  RETURN_IF_ERROR(find_source(*run, wanted));
  if (run->format == ExportFormat::kXlsx) RETURN_IF_ERROR(make_workbook(*run));
  return run;
}

Result<Done> send(const ExportRun& run, BodyStream& stream, std::string_view bytes) {
  RETURN_IF_ERROR(check_wanted(run));
  if (stream.write(bytes)) return Done{};
  return Error{Code::kCancelled, "Nobody waits for the file."};
}

Result<Done> send_csv(ExportRun& run, BodyStream& stream) {
  RETURN_IF_ERROR(send(run, stream, render_csv_head(run.columns)));
  return feed(run, [&](const source::ResultSet& batch) -> Result<Done> {
    for (std::size_t begin = 0; begin < batch.rows(); begin += kRowsAtOnce) {
      const std::size_t end = std::min(begin + kRowsAtOnce, batch.rows());
      RETURN_IF_ERROR(send(run, stream, render_csv_rows(run.columns, batch, begin, end)));
      run.rows_written += static_cast<std::int64_t>(end - begin);
    }
    return Done{};
  });
}

Result<Done> send_workbook(ExportRun& run, BodyStream& stream) {
  while (true) {
    ASSIGN_OR_RETURN(const std::string piece, run.workbook->read());
    if (piece.empty()) return Done{};
    RETURN_IF_ERROR(send(run, stream, piece));
  }
}

/// Throws where the file is not whole, so that it ends as an error and nobody takes it for one; and
/// where nobody would know of it.
void write_export(ExportRun& run, BodyStream& stream) {
  const CancelWhenGone left(&stream, run.cancellation);
  auto sent = run.format == ExportFormat::kCsv ? send_csv(run, stream) : send_workbook(run, stream);
  if (sent) sent = check_wanted(run);
  const auto recorded = catalog::record_export(
      run.services.store, run.caller, {*run.chart, run.format, run.of, run.rows_written, sent.ok()},
      run.services.clock.now());
  if (!sent && sent.error().code != Code::kCancelled) log_failure(sent.error(), run.request_id);
  if (!recorded) log_failure(recorded.error(), run.request_id);
  if (!sent || !recorded) throw BrokenOff();
}

}  // namespace

Response post_chart_export(DataServices& services, const Request& request) {
  const auto run = prepare(services, request);
  if (!run) return problem_response(run.error(), request);
  const bool csv = (*run)->format == ExportFormat::kCsv;
  Response response;
  response.content_type = csv ? "text/csv; charset=utf-8"
                              : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  response.headers.emplace_back("content-disposition",
                                attachment((*run)->chart->name, csv ? "csv" : "xlsx"));
  response.stream = [run = *run](BodyStream& stream) { write_export(*run, stream); };
  return response;
}

}  // namespace http
