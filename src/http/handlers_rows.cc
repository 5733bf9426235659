// What a viewer reads beside the charts themselves: the values to choose from in a filter, and the
// rows behind a place in a chart.

#include <algorithm>

#include "http/cancel_when_gone.h"
#include "http/chart_json.h"
#include "http/credentials.h"
#include "http/data_request.h"
#include "http/handlers.h"
#include "query/filter_condition.h"

namespace http {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::Result;

constexpr std::int64_t kValuesShown = 100;
constexpr std::int64_t kRowsMax = 1000;
constexpr std::int64_t kRowsUsual = 100;

/// What the sender of a request asks about, as they see it.
struct Seen {
  model::Principal principal;
  ViewedContent content;
};

Result<Seen> find_seen(Services& services, const Request& request) {
  ASSIGN_OR_RETURN(model::Principal principal, require_viewer(services, request));
  ASSIGN_OR_RETURN(ViewedContent content, find_viewed(services, request, principal));
  return Seen{std::move(principal), std::move(content)};
}

Result<const model::DashboardFilter*> find_filter(const Seen& seen, const Request& request) {
  const std::string& id = request.parameters.at("filter");
  const ViewedContent& content = seen.content;
  for (const auto* filter :
       query::find_filters(seen.principal, *content.view, *content.dashboard)) {
    if (filter->id == id) return filter;
  }
  return Error{Code::kNotFound, "There is no such filter."};
}

json::value render_cell(const model::Cell& cell) {
  return cell ? model::render_value(*cell) : json::value();
}

json::array render_cells(const std::vector<model::Cell>& cells, std::size_t count) {
  json::array values;
  for (std::size_t i = 0; i < std::min(count, cells.size()); ++i) {
    values.push_back(render_cell(cells[i]));
  }
  return values;
}

/// What is asked for in a filter: its column, narrowed by what was chosen in all others on its
/// table, and by the text that is looked for.
Result<query::ColumnQuestion> read_question(const Services& services, const Request& request,
                                            const Seen& seen,
                                            const model::DashboardFilter& filter) {
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  NarrowingRequest wanted = read_narrowing(reader);
  auto search = reader.optional_string("search").value_or("");
  RETURN_IF_ERROR(reader.finish());
  json::value others = wanted.filters == nullptr ? json::value(json::object()) : *wanted.filters;
  others.get_object().erase(filter.id);
  wanted.filters = &others;
  ASSIGN_OR_RETURN(const query::Narrowing narrowing,
                   resolve_narrowing(services, wanted, seen.principal, seen.content));
  const model::Column& column =
      *query::find_filter_column(filter, seen.principal, *seen.content.view);
  query::ColumnQuestion question{filter.table, column, {}};
  for (const query::TableFilter& other : narrowing.filters) {
    if (other.table == filter.table) question.conditions.push_back(other.condition);
  }
  if (search.empty()) return question;
  auto found = query::filter_condition(model::SearchText{std::move(search)}, column, {});
  if (!found) return Error{Code::kInvalidBody, "Only texts can be searched.", {}, "search"};
  question.conditions.push_back(std::move(*found));
  return question;
}

Result<json::value> list_values(DataServices& services, const Request& request) {
  ASSIGN_OR_RETURN(const Seen seen, find_seen(services, request));
  ASSIGN_OR_RETURN(const model::DashboardFilter* filter, find_filter(seen, request));
  ASSIGN_OR_RETURN(const query::ColumnQuestion question,
                   read_question(services, request, seen, *filter));
  const query::Cancellation cancellation;
  const CancelWhenGone gone(request.client, cancellation);
  if (filter->kind == model::FilterKind::kNumber || filter->kind == model::FilterKind::kDate) {
    ASSIGN_OR_RETURN(
        const query::Answer bounds,
        services.tables.find_bounds(seen.principal, *seen.content.view, question, cancellation));
    return json::value{{"least", render_cell(bounds->columns.at(0).cells.at(0))},
                       {"greatest", render_cell(bounds->columns.at(1).cells.at(0))}};
  }
  ASSIGN_OR_RETURN(const query::Answer values,
                   services.tables.list_values(seen.principal, *seen.content.view, question,
                                               kValuesShown + 1, cancellation));
  const auto& cells = values->columns.at(0).cells;
  return json::value{{"values", render_cells(cells, kValuesShown)},
                     {"more", cells.size() > static_cast<std::size_t>(kValuesShown)}};
}

json::array render_columns(const query::TableRows& rows) {
  json::array columns;
  for (std::size_t i = 0; i < rows.columns.size(); ++i) {
    const query::PreviewColumn& column = rows.columns[i];
    const auto& cells = rows.rows->columns[i].cells;
    columns.push_back(json::object{{"name", column.name},
                                   {"label", column.label},
                                   {"type", model::type_name(column.type)},
                                   {"masked", column.masked},
                                   {"values", render_cells(cells, cells.size())}});
  }
  return columns;
}

/// Which rows of which chart are asked for.
struct RowsQuestion {
  const model::Chart* chart;
  std::vector<sql::Expression> conditions;
  std::int64_t limit_rows;
};

Result<RowsQuestion> read_rows_question(const Services& services, const Request& request,
                                        const Seen& seen) {
  ASSIGN_OR_RETURN(const model::Chart* chart, find_viewed_chart(seen.content, request));
  ASSIGN_OR_RETURN(const json::value body, require_json(request));
  base::ObjectReader reader(body, "");
  const NarrowingRequest wanted = read_narrowing(reader);
  const json::value* at = reader.optional_array("at");
  const std::int64_t limit = reader.optional_integer("limit").value_or(kRowsUsual);
  if (limit < 1 || limit > kRowsMax) reader.refuse("limit", "Must be between 1 and 1000.");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(const query::Narrowing narrowing,
                   resolve_narrowing(services, wanted, seen.principal, seen.content));
  ASSIGN_OR_RETURN(auto conditions,
                   conditions_of_rows(seen.principal, seen.content, *chart, narrowing, at));
  return RowsQuestion{chart, std::move(conditions), limit};
}

Result<json::value> list_rows(DataServices& services, const Request& request) {
  ASSIGN_OR_RETURN(const Seen seen, find_seen(services, request));
  ASSIGN_OR_RETURN(const RowsQuestion question, read_rows_question(services, request, seen));
  const query::Cancellation cancellation;
  const CancelWhenGone gone(request.client, cancellation);
  ASSIGN_OR_RETURN(
      const query::TableRows rows,
      services.tables.list_rows(seen.principal, *seen.content.view, question.chart->spec.table,
                                question.conditions, question.limit_rows, cancellation));
  return json::value{{"columns", render_columns(rows)}};
}

}  // namespace

Response post_filter_values(DataServices& services, const Request& request) {
  return respond(list_values(services, request), request);
}

Response post_chart_rows(DataServices& services, const Request& request) {
  return respond(list_rows(services, request), request);
}

}  // namespace http
