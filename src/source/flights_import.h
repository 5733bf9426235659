#pragma once

// Builds the DuckDB file of the demo database *US flights* from the files of `vega-datasets`.

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace source {

/// Tables of the file that import_flights makes.
inline constexpr std::string_view kFlightsTable = "flights";
inline constexpr std::string_view kAirportsTable = "airports";

/// Reads `demo_files`/flights-3m.parquet and airports.csv and writes `target` in one step (a
/// unfinished file beside it, then a rename), flights sorted by origin state, then date, because
/// that is what the rule tests. `progress` gets short sentences for a terminal. Nothing is left
/// behind on failure. kSourceUnavailable: a file is missing or damaged (`what` names it by its name
/// only); kStorageFull: the disk is full; kStorageFailed: a file can not be written for another
/// reason.
[[nodiscard]] base::Result<base::Done> import_flights(
    const std::string& demo_files, const std::string& target,
    const std::string& temporary_directory, const std::function<void(std::string_view)>& progress);

}  // namespace source
