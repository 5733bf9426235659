#include "http/data_request.h"

#include <algorithm>
#include <iterator>

#include "base/time_zone.h"
#include "query/chart_plan.h"

namespace http {

using base::Error;
using base::Result;

NarrowingRequest read_narrowing(base::ObjectReader& reader) {
  NarrowingRequest request;
  request.filters = reader.optional_object("filters");
  request.selections = reader.optional_array("selections");
  request.time_zone = reader.optional_string("timeZone");
  return request;
}

Result<model::Date> resolve_today(const Services& services,
                                  const std::optional<std::string>& time_zone) {
  const base::Seconds now = services.clock.now();
  if (!time_zone) return std::chrono::floor<std::chrono::days>(now);
  auto today = base::day_in(*time_zone, now);
  if (today) return today;
  Error error = today.error();
  error.field = "timeZone";
  return error;
}

Result<query::Narrowing> resolve_narrowing(const Services& services,
                                           const NarrowingRequest& request,
                                           const model::Principal& holder,
                                           const ViewedContent& viewed) {
  query::Narrowing narrowing;
  ASSIGN_OR_RETURN(narrowing.today, resolve_today(services, request.time_zone));
  if (request.filters != nullptr) {
    const std::vector<model::DashboardFilter> none;
    const auto& offered = viewed.dashboard == nullptr ? none : viewed.dashboard->filters;
    ASSIGN_OR_RETURN(narrowing.filters, query::parse_filters(*request.filters, holder, offered,
                                                             *viewed.view, narrowing.today));
  }
  if (request.selections != nullptr) {
    ASSIGN_OR_RETURN(auto selections, query::parse_selections(request.selections->get_array(),
                                                              holder, viewed.charts, *viewed.view));
    for (query::TableFilter& selection : selections) {
      narrowing.filters.push_back(std::move(selection));
    }
  }
  return narrowing;
}

Result<std::vector<sql::Expression>> conditions_of_rows(const model::Principal& holder,
                                                        const ViewedContent& viewed,
                                                        const model::Chart& chart,
                                                        const query::Narrowing& narrowing,
                                                        const base::json::value* at) {
  const auto table = viewed.view->tables.find(chart.spec.table);
  if (table == viewed.view->tables.end()) {
    return Error{base::Code::kNotFound, "The chart's table does not exist."};
  }
  ASSIGN_OR_RETURN(auto conditions,
                   query::own_conditions(chart.spec, table->second, narrowing.today));
  std::ranges::move(query::conditions_on(narrowing, chart), std::back_inserter(conditions));
  if (at == nullptr) return conditions;
  ASSIGN_OR_RETURN(auto place, query::parse_place(at->get_array(), holder, chart, *viewed.view));
  std::ranges::move(place, std::back_inserter(conditions));
  return conditions;
}

}  // namespace http
