#pragma once

// For the tests of this room: folders, and DuckDB files made with the C API.

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/resource.h>
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

/// Runs plain statements, for the expected numbers.
class PlainConnection {
 public:
  explicit PlainConnection(const char* file) {
    duckdb_open(file, database_.address());
    duckdb_connect(database_.get(), connection_.address());
  }
  std::string answer(const std::string& statement) {
    std::string cell;
    EXPECT_EQ(run_plain(connection_.get(), statement, &cell), "");
    return cell;
  }

 private:
  DatabaseHandle database_;
  ConnectionHandle connection_;
};

/// Lets files grow to `bytes` only, as a full disk would.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limited{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limited);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  void (*handler_)(int);
  rlimit before_{};
};

inline DuckDbOptions options_for(const TestFolder& folder, const std::string& file) {
  return {folder.path(file), folder.path("spill"), 256 << 20, 2};
}

}  // namespace source
