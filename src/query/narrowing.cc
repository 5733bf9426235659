#include "query/narrowing.h"

#include <algorithm>

#include <fmt/format.h>

#include "guard/guard.h"
#include "query/filter_condition.h"

namespace query {
namespace {

namespace json = base::json;
using base::Code;
using base::Error;
using base::ObjectReader;
using base::Result;

constexpr std::size_t kMaxSelections = 32;

/// The column of a dimension; null where it is hidden from `principal`, or gone.
const model::Column* find_seen_column(const model::Table& table, std::string_view dimension_name,
                                      const model::Principal& principal) {
  const model::Dimension* dimension = table.find_dimension(dimension_name);
  if (dimension == nullptr) return nullptr;
  for (const guard::SeenColumn& seen : guard::seen_columns(table, principal)) {
    if (seen.column->name == dimension->column) return seen.column;
  }
  return nullptr;
}

/// The refusal, of the filter `id`.
Error at_filter(std::string_view id, Error error) {
  error.field = fmt::format("filters.{}", id);
  return error;
}

/// Whether the dashboard filter is for such a choice. An empty one fits all.
bool is_for(model::FilterKind kind, const model::FilterValue& value) {
  const auto* chosen = std::get_if<model::ChosenValues>(&value);
  if (chosen != nullptr && chosen->values.empty()) return true;
  switch (kind) {
    case model::FilterKind::kCategory: return chosen != nullptr;
    case model::FilterKind::kNumber: return std::holds_alternative<model::NumberRange>(value);
    case model::FilterKind::kDate:
      return std::holds_alternative<model::DateRange>(value) ||
             std::holds_alternative<model::DatePreset>(value);
    case model::FilterKind::kSearch: return std::holds_alternative<model::SearchText>(value);
  }
  return false;
}

/// What the viewer chose, as a condition; null where it keeps all rows.
Result<sql::Expression> parse_choice(const model::DashboardFilter& filter, const json::value& value,
                                     const model::Column& column, model::Date today) {
  const std::string& id = filter.id;
  const std::string path = fmt::format("filters.{}", id);
  ASSIGN_OR_RETURN(const model::FilterValue chosen, model::parse_filter_value(value, path));
  if (!is_for(filter.kind, chosen)) {
    return at_filter(id, {Code::kInvalidBody, "Does not fit this kind of filter."});
  }
  auto condition = filter_condition(chosen, column, today);
  if (!condition) return at_filter(id, condition.error());
  return condition;
}

/// The same refusal, which has no field yet.
Error at(std::string field, Error error) {
  error.field = std::move(field);
  return error;
}

bool is_shown_so(const model::Chart& chart, const model::ChartDimension& asked) {
  return std::ranges::any_of(chart.spec.dimensions, [&](const model::ChartDimension& shown) {
    return shown.dimension == asked.dimension && shown.grain == asked.grain &&
           shown.bin_width == asked.bin_width;
  });
}

/// The condition that `chart` shows one of `values` in the dimension `asked`.
Result<sql::Expression> picked_condition(const model::Principal& principal,
                                         const model::Chart& chart,
                                         const store::OrganizationView& view,
                                         const model::ChartDimension& asked,
                                         const json::array& values, const std::string& field) {
  const auto table = view.tables.find(chart.spec.table);
  const model::Column* column = table == view.tables.end() || !is_shown_so(chart, asked)
                                    ? nullptr
                                    : find_seen_column(table->second, asked.dimension, principal);
  if (column == nullptr) {
    return Error{Code::kInvalidBody, "Is not a dimension of this chart.", {}, field + ".dimension"};
  }
  auto condition = shown_condition(asked, *column, values);
  if (!condition) return at(field + ".values", condition.error());
  return condition;
}

Result<TableFilter> parse_selection(const json::value& value, const model::Principal& principal,
                                    const std::vector<const model::Chart*>& charts,
                                    const store::OrganizationView& view) {
  ObjectReader reader(value, "selections");
  const base::ChartId id(reader.required_string("chart"));
  const model::ChartDimension asked = model::read_chart_dimension(reader);
  const json::value* values = reader.optional_array("values");
  if (values == nullptr) reader.refuse("values", "Is required.");
  const auto chart =
      std::ranges::find_if(charts, [&](const model::Chart* each) { return each->id == id; });
  if (chart == charts.end()) reader.refuse("chart", "Is not a chart of this dashboard.");
  RETURN_IF_ERROR(reader.finish());
  ASSIGN_OR_RETURN(sql::Expression condition, picked_condition(principal, **chart, view, asked,
                                                               values->get_array(), "selections"));
  return TableFilter{(*chart)->spec.table, std::move(condition), {}, id};
}

Error too_many(std::string field) {
  return {Code::kInvalidBody, "Has too many entries.", {}, std::move(field)};
}

}  // namespace

bool TableFilter::acts_on(const model::Chart& chart) const {
  if (table != chart.spec.table || except == chart.id) return false;
  return !charts || std::ranges::find(*charts, chart.id) != charts->end();
}

std::vector<sql::Expression> conditions_on(const Narrowing& narrowing, const model::Chart& chart) {
  std::vector<sql::Expression> conditions;
  for (const TableFilter& filter : narrowing.filters) {
    if (filter.acts_on(chart)) conditions.push_back(filter.condition);
  }
  return conditions;
}

const model::Column* find_filter_column(const model::DashboardFilter& filter,
                                        const model::Principal& principal,
                                        const store::OrganizationView& view) {
  const auto table = view.tables.find(filter.table);
  if (table == view.tables.end()) return nullptr;
  return find_seen_column(table->second, filter.dimension, principal);
}

std::vector<const model::DashboardFilter*> find_filters(const model::Principal& principal,
                                                        const store::OrganizationView& view,
                                                        const model::Dashboard& dashboard) {
  std::vector<const model::DashboardFilter*> filters;
  for (const model::DashboardFilter& filter : dashboard.filters) {
    if (find_filter_column(filter, principal, view) != nullptr) filters.push_back(&filter);
  }
  return filters;
}

Result<std::vector<TableFilter>> parse_filters(const json::value& value,
                                               const model::Principal& principal,
                                               const std::vector<model::DashboardFilter>& offered,
                                               const store::OrganizationView& view,
                                               model::Date today) {
  std::vector<TableFilter> filters;
  const json::object* choices = value.if_object();
  if (choices == nullptr) return Error{Code::kInvalidBody, "Must be an object.", {}, "filters"};
  for (const auto& member : *choices) {
    const std::string_view id = member.key();
    const auto filter = std::ranges::find(offered, id, &model::DashboardFilter::id);
    const model::Column* column =
        filter == offered.end() ? nullptr : find_filter_column(*filter, principal, view);
    if (column == nullptr) {
      return at_filter(id, {Code::kInvalidBody, "Is not a filter here."});
    }
    ASSIGN_OR_RETURN(sql::Expression condition,
                     parse_choice(*filter, member.value(), *column, today));
    if (condition != nullptr) {
      filters.push_back({filter->table, std::move(condition), filter->charts});
    }
  }
  return filters;
}

Result<std::vector<TableFilter>> parse_selections(const json::array& list,
                                                  const model::Principal& principal,
                                                  const std::vector<const model::Chart*>& charts,
                                                  const store::OrganizationView& view) {
  if (list.size() > kMaxSelections) return too_many("selections");
  std::vector<TableFilter> selections;
  for (const json::value& entry : list) {
    ASSIGN_OR_RETURN(TableFilter selection, parse_selection(entry, principal, charts, view));
    selections.push_back(std::move(selection));
  }
  return selections;
}

Result<std::vector<sql::Expression>> parse_place(const json::array& list,
                                                 const model::Principal& principal,
                                                 const model::Chart& chart,
                                                 const store::OrganizationView& view) {
  if (list.size() > kMaxSelections) return too_many("at");
  std::vector<sql::Expression> conditions;
  for (const json::value& entry : list) {
    ObjectReader reader(entry, "at");
    const model::ChartDimension asked = model::read_chart_dimension(reader);
    const json::value* value = reader.optional_any("value");
    if (value == nullptr) reader.refuse("value", "Is required.");
    RETURN_IF_ERROR(reader.finish());
    json::array values;
    values.push_back(*value);
    ASSIGN_OR_RETURN(sql::Expression condition,
                     picked_condition(principal, chart, view, asked, values, "at"));
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

}  // namespace query
