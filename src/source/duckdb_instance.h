#pragma once

// DuckDB instances and the few statements of our own that configure them or import into them. Only
// a string literal is a statement here; everything else is bound. For this room only.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "source/duckdb_handles.h"
#include "source/literal.h"
#include "source/source.h"

namespace source {

/// Runs `statement` with `arguments` bound to $1, $2, … The error is kSourceUnavailable with the
/// driver's text in `detail`.
[[nodiscard]] base::Result<base::Done> run_literal(const ConnectionHandle& connection,
                                                   Literal statement,
                                                   const std::vector<std::string>& arguments = {});

[[nodiscard]] base::Result<ConnectionHandle> connect(const DatabaseHandle& database);

/// Options of duckdb_open_ext by name, applied in order.
using OpenOptions = std::vector<std::pair<const char*, std::string>>;

/// Opens or creates `file`, an absolute path. kSourceUnavailable, also where the library is not the
/// version that we know.
[[nodiscard]] base::Result<DatabaseHandle> open_instance(const std::string& file,
                                                         const OpenOptions& options);

/// A locked instance, and a connection to it whose profiles tell row groups (duckdb_profile.h).
struct LockedInstance {
  DatabaseHandle database;
  ConnectionHandle profiled;
};

/// Opens `options.file` for `open_duckdb`: read-only, in UTC, and with its configuration locked.
/// The one place outside of the file that statements may still touch is
/// `options.temporary_directory`.
[[nodiscard]] base::Result<LockedInstance> open_locked_instance(const DuckDbOptions& options);

/// "The database could not answer." with the driver's text for the log.
[[nodiscard]] base::Error driver_error(const char* driver_text);

}  // namespace source
