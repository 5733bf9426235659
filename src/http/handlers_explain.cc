// Why a dashboard's charts show the rows they show: for makers, as themselves or as the holder of a
// token, and for sandbox tokens.

#include "auth/introspection.h"
#include "catalog/dashboards.h"
#include "catalog/explaining.h"
#include "catalog/rule_columns.h"
#include "http/chart_json.h"
#include "http/chart_stream.h"
#include "http/credentials.h"
#include "http/explain_json.h"
#include "http/handlers.h"

namespace http {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::Result;

/// The explanations of a dashboard's charts as `holder` sees them, told to `asker`.
struct ExplainRun {
  query::ChartQueries& charts;
  query::TableQueries& tables;
  model::Principal asker;
  model::Principal holder;
  query::WithPlan with_plan;
  ChartStream stream;
};

Result<json::array> render_tables(const ExplainRun& run, const guard::Decision& decision,
                                  const query::Cancellation& cancellation) {
  json::array tables;
  for (const guard::TableDecision& table : decision.tables) {
    ASSIGN_OR_RETURN(const query::RowCounts counts,
                     run.tables.count(run.holder, run.asker, *run.stream.viewed.view, table.table,
                                      cancellation));
    tables.push_back(render_table_decision(table, *run.stream.viewed.view, counts));
  }
  return tables;
}

/// For the tables of PostgreSQL databases that rules decide on. Told to makers: also rules that do
/// not apply to the holder are in it.
std::vector<std::string> suggested_indexes(const ExplainRun& run, const guard::Decision& decision) {
  std::vector<std::string> statements;
  if (!catalog::authorize_plan(run.asker)) return statements;
  const store::OrganizationView& view = *run.stream.viewed.view;
  for (const guard::TableDecision& decided : decision.tables) {
    const auto table = view.tables.find(decided.table);
    if (table == view.tables.end()) continue;
    const auto database = view.databases.find(table->second.database);
    const bool postgres =
        database != view.databases.end() && database->second.kind == model::DatabaseKind::kPostgres;
    if (!postgres || table->second.access != model::TableAccess::kRestricted) continue;
    for (std::string& statement : catalog::suggest_indexes(table->second)) {
      statements.push_back(std::move(statement));
    }
  }
  return statements;
}

Result<std::string> explain_line(const ExplainRun& run, const model::Chart& chart,
                                 const query::Cancellation& cancellation) {
  ASSIGN_OR_RETURN(const query::ExplainedChart explained,
                   run.charts.explain(run.holder, run.asker, *run.stream.viewed.view, chart,
                                      run.stream.narrowing, run.with_plan, cancellation));
  std::chrono::microseconds encode{};
  (void)query::timed(encode, [&] { return render_chart_line(chart.id, explained.answer); });
  ASSIGN_OR_RETURN(json::array tables, render_tables(run, explained.query.decision, cancellation));
  json::object line{{"chart", chart.id.text()},
                    {"title", chart.name},
                    {"sql", explained.query.statement.text},
                    {"arguments", render_arguments(explained.query.statement)},
                    {"tables", std::move(tables)},
                    {"milliseconds", render_times(explained.times, encode)},
                    {"cache", query::cache_use_name(explained.how)},
                    {"ageSeconds", explained.age.count()}};
  if (!explained.scans.empty()) line["scan"] = render_scans(explained.scans);
  if (explained.plan) line["plan"] = *explained.plan;
  const auto indexes = suggested_indexes(run, explained.query.decision);
  if (!indexes.empty()) line["suggestedIndex"] = render_names(indexes);
  return base::render_json(line) + "\n";
}

std::string refused_line(const model::Chart& chart, const Error& error) {
  const json::object line{
      {"chart", chart.id.text()},
      {"title", chart.name},
      {"refused", {{"code", base::code_name(error.code)}, {"message", error.what}}}};
  return base::render_json(line) + "\n";
}

Result<std::shared_ptr<const ExplainRun>> prepare(DataServices& services, const Request& request) {
  ASSIGN_OR_RETURN(model::Principal asker, require_viewer(services, request));
  RETURN_IF_ERROR(catalog::authorize_explain(asker));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const NarrowingRequest narrowing = read_narrowing(reader);
  const auto token = reader.optional_string("token", kMaxTokenMemberBytes);
  const auto with_plan =
      reader.optional_bool("plan").value_or(false) ? query::WithPlan::kYes : query::WithPlan::kNo;
  RETURN_IF_ERROR(reader.finish());
  if (with_plan == query::WithPlan::kYes) RETURN_IF_ERROR(catalog::authorize_plan(asker));
  ASSIGN_OR_RETURN(model::Principal holder, holder_for(services, asker, token));
  ASSIGN_OR_RETURN(ChartStream stream, prepare_charts(services, request, asker, holder, narrowing));
  return std::make_shared<const ExplainRun>(ExplainRun{services.charts, services.tables,
                                                       std::move(asker), std::move(holder),
                                                       with_plan, std::move(stream)});
}

void write_explanations(const ExplainRun& run, BodyStream& stream) {
  write_charts(
      run.stream, stream,
      [&](const model::Chart& chart, const query::Cancellation& cancellation) {
        return explain_line(run, chart, cancellation);
      },
      refused_line);
}

}  // namespace

Response post_dashboard_explain(DataServices& services, const Request& request) {
  const auto run = prepare(services, request);
  if (!run) return problem_response(run.error(), request);
  Response response;
  response.content_type = "application/x-ndjson";
  response.stream = [run = *run](BodyStream& stream) { write_explanations(*run, stream); };
  return response;
}

}  // namespace http
