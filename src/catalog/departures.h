#pragma once

// The demo's content as values: tables with their rule, charts, and the dashboard *Departures*.
// Used by demo.cc only.

#include <vector>

#include "model/attribute.h"
#include "model/chart.h"
#include "model/dashboard.h"
#include "model/database.h"
#include "model/table.h"

namespace catalog {

struct DemoContent {
  model::Database database;
  model::TokenAttribute state;
  model::Table flights;
  model::Table airports;
  std::vector<model::Chart> charts;
  model::Dashboard dashboard;
};

/// With fresh ids. The database's file is `database_file` under the data directory.
[[nodiscard]] DemoContent build_departures(const std::string& database_file);

}  // namespace catalog
