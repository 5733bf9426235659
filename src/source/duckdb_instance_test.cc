// Nothing but the guard's queries reaches a source; if something did, this is what it could not do.

#include "source/duckdb_instance.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/duckdb_test_support.h"

namespace source {
namespace {

using ::testing::HasSubstr;

class LockedInstanceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    make_database(folder_.path("main.db"), {"CREATE TABLE t AS SELECT 1 AS n"});
    make_database(folder_.path("other.db"), {"CREATE TABLE t AS SELECT 'secret' AS n"});
    std::filesystem::create_directory(folder_.path("spill"));
    DuckDbOptions options = options_for(folder_, "main.db");
    options.memory_bytes = 64 << 20;
    auto database = open_locked_instance(options);
    ASSERT_TRUE(database.ok()) << database.error().detail;
    instance_ = std::move(database).value();
    ASSERT_EQ(duckdb_connect(instance_.database.get(), connection_.address()), DuckDBSuccess);
  }
  std::string error_of(const std::string& statement) {
    return run_plain(connection_.get(), statement);
  }
  std::string setting(const std::string& name) {
    std::string value;
    EXPECT_EQ(run_plain(connection_.get(), "SELECT current_setting('" + name + "')", &value), "");
    return value;
  }

  TestFolder folder_;
  LockedInstance instance_;
  ConnectionHandle connection_;
};

TEST_F(LockedInstanceTest, AnswersFromItsOwnFile) { EXPECT_EQ(error_of("SELECT n FROM t"), ""); }

TEST_F(LockedInstanceTest, ReadsNoOtherFile) {
  const std::string other = folder_.path("other.db");
  EXPECT_THAT(error_of("SELECT * FROM read_csv('/etc/passwd')"), HasSubstr("disabled"));
  EXPECT_THAT(error_of("SELECT * FROM read_text('/etc/passwd')"), HasSubstr("disabled"));
  EXPECT_THAT(error_of("SELECT * FROM read_parquet('/etc/passwd')"), HasSubstr("disabled"));
  EXPECT_THAT(error_of("SELECT * FROM glob('/etc/*')"), HasSubstr("disabled"));
  EXPECT_THAT(error_of("SELECT * FROM '/etc/passwd.csv'"), HasSubstr("Error"));
  EXPECT_THAT(error_of("ATTACH '" + other + "' AS other (READ_ONLY)"), HasSubstr("disabled"));
  EXPECT_NE(error_of("ATTACH ':memory:' AS other"), "");
  EXPECT_NE(error_of("SELECT * FROM 'https://example.com/a.csv'"), "");
}

TEST_F(LockedInstanceTest, WritesNothing) {
  const std::string target = folder_.path("copy.csv");
  EXPECT_THAT(error_of("COPY t TO '" + target + "'"), HasSubstr("disabled"));
  EXPECT_NE(error_of("EXPORT DATABASE '" + folder_.path("export") + "'"), "");
  EXPECT_THAT(error_of("CREATE TABLE u (n INTEGER)"), HasSubstr("read-only"));
  EXPECT_THAT(error_of("DELETE FROM t"), HasSubstr("read-only"));
  EXPECT_FALSE(std::filesystem::exists(target));
}

TEST_F(LockedInstanceTest, LoadsNoExtension) {
  EXPECT_NE(error_of("INSTALL httpfs"), "");
  EXPECT_THAT(error_of("LOAD httpfs"), HasSubstr("disabled"));
  EXPECT_NE(error_of("INSTALL excel FROM community"), "");
}

TEST_F(LockedInstanceTest, KeepsItsConfiguration) {
  for (const std::string statement :
       {"SET memory_limit = '8GB'", "SET GLOBAL threads = 9", "PRAGMA threads = 9",
        "RESET memory_limit", "SET enable_external_access = true", "SET temp_directory = '/tmp'",
        "SET max_temp_directory_size = '1TB'", "SET allowed_directories = ['/']",
        "SET lock_configuration = false", "SET profiling_output = '/tmp/profile'",
        "SET autoload_known_extensions = true"}) {
    EXPECT_NE(error_of(statement), "") << statement;
  }
  EXPECT_EQ(setting("memory_limit"), "64.0 MiB");
  EXPECT_EQ(setting("threads"), "2");
  EXPECT_EQ(setting("max_temp_directory_size"), "4.0 GiB");
  EXPECT_EQ(setting("temp_directory"), folder_.path("spill"));
  EXPECT_EQ(setting("access_mode"), "read_only");
  EXPECT_EQ(setting("enable_external_access"), "false");
  EXPECT_EQ(setting("allow_unsigned_extensions"), "false");
  EXPECT_EQ(setting("lock_configuration"), "true");
}

TEST(OpenDuckDb, RefusesWhatIsNoDatabase) {
  const TestFolder folder;
  make_database(folder.path("whole.db"), {"CREATE TABLE t AS FROM range(1000000)"});
  std::filesystem::copy(folder.path("whole.db"), folder.path("cut.db"));
  std::filesystem::resize_file(folder.path("cut.db"), 200'000);
  std::ofstream(folder.path("text.db")) << "hello";
  std::ofstream(folder.path("empty.db")).flush();
  std::filesystem::create_directory(folder.path("folder.db"));
  for (const std::string name : {"missing.db", "cut.db", "text.db", "empty.db", "folder.db"}) {
    const auto opened = open_duckdb(options_for(folder, name));
    ASSERT_FALSE(opened.ok()) << name;
    EXPECT_EQ(opened.error().code, base::Code::kSourceUnavailable) << name;
    EXPECT_THAT(opened.error().what, ::testing::Not(HasSubstr(name)));
    EXPECT_THAT(opened.error().what, ::testing::Not(HasSubstr("Error")));
  }
  EXPECT_TRUE(open_duckdb(options_for(folder, "whole.db")).ok());
  EXPECT_TRUE(std::filesystem::is_empty(folder.path("spill")));
}

TEST(OpenDuckDb, TakesAFileNameAsNothingElse) {
  const TestFolder folder;
  for (const std::string name : {":memory:", "", "md:secret", "https://example.com/a.db"}) {
    EXPECT_FALSE(open_duckdb({name, folder.path("spill"), 64 << 20, 1}).ok()) << name;
  }
}

}  // namespace
}  // namespace source
