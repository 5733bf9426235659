#include "source/duckdb_instance.h"

#include <filesystem>
#include <string_view>

#include <duckdb.h>

#include "source/duckdb_profile.h"

namespace source {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

// The C API is stable within a minor version; the header is read with this one in mind.
constexpr std::string_view kKnownVersion = "v1.5.";

/// What a person can do something about, from the driver's text.
std::string_view why_not_opened(std::string_view driver_text) {
  const auto tells = [&](std::string_view words) {
    return driver_text.find(words) != std::string_view::npos;
  };
  if (tells("not a valid DuckDB database")) return "The file is not a database.";
  if (tells("version number")) return "The file was written by another version of the engine.";
  if (tells("Could not set lock")) return "Another program is writing to the file.";
  if (tells("Permission denied")) return "The file may not be read.";
  return "The database can not be opened.";
}

}  // namespace

Error driver_error(const char* driver_text) {
  return {Code::kSourceUnavailable, "The database could not answer.",
          driver_text == nullptr ? "no driver text" : driver_text};
}

Result<Done> run_literal(const ConnectionHandle& connection, Literal statement,
                         const std::vector<std::string>& arguments) {
  PreparedHandle prepared;
  if (duckdb_prepare(connection.get(), statement.text(), prepared.address()) != DuckDBSuccess) {
    return driver_error(duckdb_prepare_error(prepared.get()));
  }
  for (idx_t i = 0; i < arguments.size(); ++i) {
    if (duckdb_bind_varchar_length(prepared.get(), i + 1, arguments[i].data(),
                                   arguments[i].size()) != DuckDBSuccess) {
      return driver_error("argument not bound");
    }
  }
  ResultHandle result;
  if (duckdb_execute_prepared(prepared.get(), result.address()) != DuckDBSuccess) {
    return driver_error(duckdb_result_error(result.address()));
  }
  return Done{};
}

Result<ConnectionHandle> connect(const DatabaseHandle& database) {
  ConnectionHandle connection;
  if (duckdb_connect(database.get(), connection.address()) != DuckDBSuccess) {
    return driver_error("no connection");
  }
  return connection;
}

Result<DatabaseHandle> open_instance(const std::string& file, const OpenOptions& options) {
  const std::string_view version = duckdb_library_version();
  if (!version.starts_with(kKnownVersion)) {
    return Error{Code::kSourceUnavailable, "The database engine has an unknown version.",
                 std::string(version)};
  }
  ConfigHandle config;
  if (duckdb_create_config(config.address()) != DuckDBSuccess) return driver_error("no config");
  for (const auto& [name, value] : options) {
    if (duckdb_set_config(config.get(), name, value.c_str()) != DuckDBSuccess) {
      return driver_error(name);
    }
  }
  DatabaseHandle database;
  TextHandle problem;
  if (duckdb_open_ext(file.c_str(), database.address(), config.get(), problem.address()) !=
      DuckDBSuccess) {
    const std::string text = problem.get() == nullptr ? "" : problem.get();
    return Error{Code::kSourceUnavailable, std::string(why_not_opened(text)), text};
  }
  return database;
}

Result<LockedInstance> open_locked_instance(const DuckDbOptions& options) {
  std::error_code problem;
  // An absolute path can not be taken for the name of a remote database ("md:…").
  const std::filesystem::path file = std::filesystem::absolute(options.file, problem);
  if (problem || !std::filesystem::is_regular_file(file, problem)) {
    return Error{Code::kSourceUnavailable, "The database file is missing.", options.file};
  }
  ASSIGN_OR_RETURN(
      DatabaseHandle database,
      open_instance(file, {
                              {"access_mode", "READ_ONLY"},
                              {"memory_limit", std::to_string(options.memory_bytes) + "B"},
                              {"threads", std::to_string(options.threads)},
                              {"temp_directory", options.temporary_directory},
                              {"preserve_insertion_order", "false"},
                              {"allow_community_extensions", "false"},
                              {"allow_unsigned_extensions", "false"},
                              {"allow_persistent_secrets", "false"},
                              {"autoinstall_known_extensions", "false"},
                              {"autoload_known_extensions", "false"},
                              // After temp_directory, which it forbids to set.
                              {"enable_external_access", "false"},
                          }));
  ASSIGN_OR_RETURN(ConnectionHandle connection, connect(database));
  RETURN_IF_ERROR(enable_scan_profile(connection));
  // DuckDB 1.5 ignores this one among the options of duckdb_open_ext.
  RETURN_IF_ERROR(run_literal(connection, "SET GLOBAL max_temp_directory_size = '4GiB'"));
  // Otherwise that of the machine, by which TIMESTAMPTZ would compare with moments and have its
  // day.
  RETURN_IF_ERROR(run_literal(connection, "SET GLOBAL TimeZone = 'UTC'"));
  RETURN_IF_ERROR(run_literal(connection, "SET GLOBAL lock_configuration = true"));
  return LockedInstance{std::move(database), std::move(connection)};
}

}  // namespace source
