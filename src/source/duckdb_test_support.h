#pragma once

// For the tests of this room: folders, and DuckDB files made with the C API.

#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <duckdb.h>
#include <gtest/gtest.h>

#include "source/duckdb_handles.h"
#include "source/sealed_test_support.h"
#include "source/source.h"

namespace source {

/// A folder that goes with the test.
class TestFolder {
 public:
  TestFolder() {
    std::string name = std::filesystem::temp_directory_path() / "aracari-source-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] std::string path(const std::string& name) const { return path_ / name; }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      found.push_back(entry.path().filename());
    }
    return found;
  }

 private:
  std::filesystem::path path_;
};

/// The driver's error of `statement`, empty when it ran; its first cell, of a type that is
/// not nested, in `cell`.
inline std::string run_plain(duckdb_connection connection, const std::string& statement,
                             std::string* cell = nullptr) {
  ResultHandle result;
  if (duckdb_query(connection, statement.c_str(), result.address()) != DuckDBSuccess) {
    return duckdb_result_error(result.address());
  }
  if (cell != nullptr) {
    const TextHandle text(duckdb_value_varchar(result.address(), 0, 0));
    *cell = text.get() == nullptr ? "no text" : text.get();
  }
  return "";
}

inline void make_database(const std::string& file, const std::vector<std::string>& statements) {
  DatabaseHandle database;
  ConnectionHandle connection;
  ASSERT_EQ(duckdb_open(file.c_str(), database.address()), DuckDBSuccess);
  ASSERT_EQ(duckdb_connect(database.get(), connection.address()), DuckDBSuccess);
  for (const std::string& statement : statements) {
    ASSERT_EQ(run_plain(connection.get(), statement), "");
  }
}

inline DuckDbOptions options_for(const TestFolder& folder, const std::string& file) {
  return {folder.path(file), folder.path("spill"), 256 << 20, 2};
}

}  // namespace source
