#include "catalog/departures.h"

#include <fmt/format.h>

#include "crypto/random.h"
#include "source/flights_import.h"

namespace catalog {
namespace {

using model::Aggregate;
using model::ChartType;
using model::ColumnAccess;
using model::Grain;
using model::ValueType;

model::Table build_flights(const base::DatabaseId& database) {
  model::Table table{crypto::new_id<base::TableId>(),
                     database,
                     std::string(source::kFlightsTable),
                     "Flights",
                     model::TableAccess::kRestricted,
                     {},
                     {},
                     {},
                     {}};
  table.columns = {{"date", ValueType::kDatetime, ColumnAccess::kVisible},
                   {"delay", ValueType::kInteger, ColumnAccess::kVisible},
                   {"distance", ValueType::kInteger, ColumnAccess::kVisible},
                   {"origin", ValueType::kString, ColumnAccess::kVisible},
                   {"destination", ValueType::kString, ColumnAccess::kVisible},
                   {"origin_city", ValueType::kString, ColumnAccess::kVisible},
                   {"origin_state", ValueType::kString, ColumnAccess::kVisible},
                   {"origin_latitude", ValueType::kNumeric, ColumnAccess::kVisible},
                   {"origin_longitude", ValueType::kNumeric, ColumnAccess::kVisible}};
  const model::Measure count{Aggregate::kCount, "", {}};
  const model::Measure late{
      Aggregate::kCount, "",
      model::MeasureFilter{"delay", model::Comparison::kGreater, std::int64_t{15}}};
  table.metrics = {
      {"flights", "Flights", count, {}, {}},
      {"average_delay", "Average delay", {Aggregate::kAverage, "delay", {}}, {}, {false, 1, "min"}},
      {"late_share", "Over 15 min late", late, count, {true, 1, ""}}};
  table.dimensions = {{"date", "Date", "date"},
                      {"distance", "Distance", "distance"},
                      {"origin", "Origin", "origin"},
                      {"destination", "Destination", "destination"},
                      {"origin_city", "City", "origin_city"},
                      {"origin_state", "State", "origin_state"}};
  table.rules = {
      {crypto::new_id<base::RuleId>(),
       "Flights from the customer's state",
       {model::Condition{
           "origin_state", model::RuleOperator::kEqual, {model::AttributeOperand{"state"}}}}}};
  return table;
}

model::Table build_airports(const base::DatabaseId& database) {
  model::Table table{crypto::new_id<base::TableId>(),
                     database,
                     std::string(source::kAirportsTable),
                     "Airports",
                     model::TableAccess::kShared,
                     {},
                     {},
                     {},
                     {}};
  table.columns = {{"iata", ValueType::kString, ColumnAccess::kVisible},
                   {"name", ValueType::kString, ColumnAccess::kVisible},
                   {"city", ValueType::kString, ColumnAccess::kVisible},
                   {"state", ValueType::kString, ColumnAccess::kVisible},
                   {"country", ValueType::kString, ColumnAccess::kVisible},
                   {"latitude", ValueType::kNumeric, ColumnAccess::kVisible},
                   {"longitude", ValueType::kNumeric, ColumnAccess::kVisible}};
  table.metrics = {{"airports", "Airports", {Aggregate::kCount, "", {}}, {}, {}}};
  table.dimensions = {{"state", "State", "state"}, {"city", "City", "city"}};
  return table;
}

model::Chart make_chart(std::string name, model::ChartSpec spec) {
  return {crypto::new_id<base::ChartId>(), std::move(name), std::move(spec)};
}

std::vector<model::Chart> build_charts(const base::TableId& flights) {
  std::vector<model::Chart> charts;
  charts.push_back(make_chart("Number of flights", {flights, ChartType::kValue, {"flights"}}));
  charts.push_back(make_chart("Average delay", {flights, ChartType::kValue, {"average_delay"}}));
  // Six: the data ends a few flights into the seventh month, which would look like a collapse.
  charts.push_back(
      make_chart("Flights by month",
                 {flights, ChartType::kLine, {"flights"}, {{"date", Grain::kMonth}}, {}, 6}));
  charts.push_back(
      make_chart("Average delay by origin, top 10", {flights,
                                                     ChartType::kBar,
                                                     {"average_delay"},
                                                     {{"origin"}},
                                                     model::ChartSort{"average_delay", true},
                                                     10,
                                                     {},
                                                     {},
                                                     {.horizontal = true}}));
  charts.push_back(
      make_chart("Flights over 15 min late by state", {flights,
                                                       ChartType::kBar,
                                                       {"late_share"},
                                                       {{"origin_state"}},
                                                       model::ChartSort{"late_share", true},
                                                       60,
                                                       {},
                                                       {},
                                                       {.horizontal = true}}));
  charts.push_back(
      make_chart("Flights by hour of day",
                 {flights, ChartType::kBar, {"flights"}, {{"date", Grain::kHourOfDay}}}));
  charts.push_back(
      make_chart("Flights by distance (miles)",
                 {flights, ChartType::kBar, {"flights"}, {{"distance", Grain::kNone, 250.0}}}));
  charts.push_back(make_chart("Top 10 routes", {flights,
                                                ChartType::kTable,
                                                {"flights", "average_delay"},
                                                {{"origin"}, {"destination"}},
                                                model::ChartSort{"flights", true},
                                                10}));
  return charts;
}

std::vector<model::Tile> lay_out(const std::vector<model::Chart>& charts) {
  std::vector<model::Tile> tiles = {{charts[0].id, 0, 0, 3, 2},  {charts[1].id, 3, 0, 3, 2},
                                    {charts[2].id, 6, 0, 6, 4},  {charts[5].id, 0, 2, 6, 4},
                                    {charts[3].id, 6, 4, 6, 5},  {charts[6].id, 0, 6, 6, 5},
                                    {charts[4].id, 0, 11, 6, 3}, {charts[7].id, 6, 9, 6, 5}};
  for (std::size_t i = 0; i < tiles.size(); ++i) tiles[i].id = fmt::format("tile-{}", i + 1);
  return tiles;
}

}  // namespace

DemoContent build_departures(const std::string& database_file) {
  const model::Database database{crypto::new_id<base::DatabaseId>(), "US flights",
                                 model::DatabaseKind::kDuckDb, database_file};
  model::Table flights = build_flights(database.id);
  model::Table airports = build_airports(database.id);
  std::vector<model::Chart> charts = build_charts(flights.id);
  model::Dashboard dashboard{crypto::new_id<base::DashboardId>(),
                             "Departures",
                             "Flights of US airlines by origin, delay and distance.",
                             lay_out(charts),
                             {{"origin", "Origin", flights.id, "origin"}},
                             true};
  return {database,
          {crypto::new_id<base::AttributeId>(), "state", ValueType::kString, false, false},
          std::move(flights),
          std::move(airports),
          std::move(charts),
          std::move(dashboard)};
}

}  // namespace catalog
