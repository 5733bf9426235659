#pragma once

// For the tests of this room: folders, DuckDB files made with the C API, and sealed queries on
// them.

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <sys/resource.h>
#include <utility>
#include <vector>

#include <duckdb.h>
#include <gtest/gtest.h>

#include "auth/principal_factory.h"
#include "guard/guard.h"
#include "model/table.h"
#include "source/duckdb_handles.h"
#include "source/source.h"
#include "sql/tree.h"

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

/// Seals `plan`, whose `from` is replaced, over all rows of the shared table `name`.
inline guard::SealedQuery seal_shared(const std::string& name, std::vector<std::string> columns,
                                      sql::Select plan) {
  const base::OrgId organization("org_test");
  const base::TableId id("tbl_test");
  model::Table table{
      id, base::DatabaseId("dbs_test"), name, name, model::TableAccess::kShared, {}, {}, {}, {}};
  for (std::string& column : columns) {
    table.columns.push_back(
        {std::move(column), model::ValueType::kString, model::ColumnAccess::kVisible});
  }
  plan.from = sql::TableReference{id};
  const std::map<base::TableId, model::Table> tables{{id, table}};
  const guard::Policies::Databases databases{
      {table.database, {table.database, "D", model::DatabaseKind::kDuckDb}}};
  const model::Principal principal = auth::PrincipalFactory::for_user(
      organization, base::UserId("usr_test"), model::Role::kExplorer);
  return guard::seal(plan, principal,
                     guard::Policies(organization, tables, databases, std::chrono::sys_days{}))
      .value();
}

/// All rows of `columns`.
inline guard::SealedQuery seal_columns(const std::string& name,
                                       const std::vector<std::string>& columns) {
  sql::Select plan{{}, sql::TableReference{base::TableId("tbl_test")}};
  for (const std::string& column : columns)
    plan.projections.push_back({sql::column(column), column});
  return seal_shared(name, columns, std::move(plan));
}

inline constexpr Limits kGenerous{100'000, std::chrono::seconds(30)};

inline DuckDbOptions options_for(const TestFolder& folder, const std::string& file) {
  return {folder.path(file), folder.path("spill"), 256 << 20, 2};
}

}  // namespace source
