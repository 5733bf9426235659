#include "catalog/databases.h"

#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/principal_test_support.h"
#include "catalog/schema_merge.h"
#include "crypto/init.h"
#include "source/duckdb_test_support.h"
#include "store/store_test_support.h"

namespace catalog {
namespace {

using model::ColumnAccess;
using model::Role;
using model::ValueType;
using testing::ElementsAre;
using testing::IsEmpty;

const base::Seconds kNow{std::chrono::seconds(1'800'000'000)};

class DatabasesTest : public ::testing::Test {
 protected:
  DatabasesTest() {
    crypto::init();
    std::filesystem::create_directories(folder_.path("databases"));
    make("shop.duckdb", {"CREATE TABLE orders (id INTEGER, city VARCHAR)"});
  }

  void make(const std::string& file, const std::vector<std::string>& statements) {
    source::make_database(folder_.path("databases/" + file), statements);
  }
  [[nodiscard]] static Caller caller(const base::OrgId& organization, Role role = Role::kMaker) {
    return {auth::user_principal(organization, role),
            {model::ActorKind::kUser, "usr_ada", "ada@acme.example", "192.0.2.7"}};
  }
  template <typename T>
  [[nodiscard]] static std::string outcome(const base::Result<T>& result) {
    if (result) return "ok";
    const std::string code(base::code_name(result.error().code));
    return result.error().field.empty() ? code : code + " " + result.error().field;
  }
  [[nodiscard]] std::string add(const Caller& who, const std::string& name,
                                const std::string& file) {
    return outcome(databases_.add(who, {name, file}, kNow));
  }
  [[nodiscard]] base::DatabaseId shop() {
    return store::expect_value(databases_.add(caller(mine_), {"Shop", "shop.duckdb"}, kNow)).id;
  }
  /// The tables of the organization as "name access: column access, …".
  [[nodiscard]] std::vector<std::string> tables() {
    const auto view = store::expect_value(views_.get(mine_));
    std::vector<std::string> lines;
    for (const auto& [id, table] : view->tables) {
      std::string line = table.name + " " + std::string(model::access_name(table.access)) + ":";
      for (const model::Column& column : table.columns) {
        line += " " + column.name + " " + std::string(model::column_access_name(column.access));
      }
      lines.push_back(line);
    }
    std::ranges::sort(lines);
    return lines;
  }

  source::TestFolder folder_;
  store::TestStore store_;
  base::OrgId mine_ = store::add_organization(store_, auth::kTestOrganization.text());
  base::OrgId theirs_ = store::add_organization(store_, auth::kForeignOrganization.text());
  base::FixedClock clock_{kNow};
  store::OrganizationViews views_{store_.get()};
  query::Sources sources_{{folder_.path(""), 256 << 20, 1, base::Secret("")}};
  query::ResultCache cache_{1 << 20, clock_};
  Databases databases_{store_.get(),
                       views_,
                       sources_,
                       cache_,
                       folder_.path("databases"),
                       base::Secret(std::string(32, 'k'))};
};

TEST_F(DatabasesTest, TheTablesOfANewDatabaseAreHidden) {
  EXPECT_EQ(add(caller(mine_), "Shop", "shop.duckdb"), "ok");
  EXPECT_THAT(tables(), ElementsAre("orders hidden: id visible city visible"));
}

TEST_F(DatabasesTest, OnlyMakersMayDoAnything) {
  const auto explorer = caller(mine_, Role::kExplorer);
  EXPECT_EQ(add(explorer, "Shop", "shop.duckdb"), "forbidden");
  const base::DatabaseId id = shop();
  EXPECT_EQ(outcome(databases_.list_unused_files(explorer.principal)), "forbidden");
  EXPECT_EQ(outcome(databases_.change(explorer, id, {"X", {}}, kNow)), "forbidden");
  EXPECT_EQ(outcome(databases_.remove(explorer, id, kNow)), "forbidden");
  EXPECT_EQ(outcome(databases_.test(explorer.principal, id)), "forbidden");
  EXPECT_EQ(outcome(databases_.refresh(explorer, id, kNow)), "forbidden");
  EXPECT_EQ(outcome(databases_.purge(explorer, id, kNow)), "forbidden");
  EXPECT_EQ(outcome(databases_.add_sql_table(explorer, id, {"a", "A", "SELECT 1 AS a"}, kNow)),
            "forbidden");
}

TEST_F(DatabasesTest, AnotherOrganizationsDatabaseDoesNotExist) {
  const base::DatabaseId id = shop();
  const auto stranger = caller(theirs_, Role::kAdmin);
  EXPECT_EQ(outcome(databases_.change(stranger, id, {"X", {}}, kNow)), "not_found");
  EXPECT_EQ(outcome(databases_.remove(stranger, id, kNow)), "not_found");
  EXPECT_EQ(outcome(databases_.test(stranger.principal, id)), "not_found");
  EXPECT_EQ(outcome(databases_.refresh(stranger, id, kNow)), "not_found");
  EXPECT_EQ(outcome(databases_.purge(stranger, id, kNow)), "not_found");
  EXPECT_EQ(outcome(databases_.add_sql_table(stranger, id, {"a", "A", "SELECT 1 AS a"}, kNow)),
            "not_found");
}

TEST_F(DatabasesTest, AFileThatIsInUseIsAsIfItWereMissing) {
  (void)shop();
  const auto stranger = caller(theirs_);
  const auto used = databases_.add(stranger, {"Mine now", "shop.duckdb"}, kNow);
  const auto missing = databases_.add(stranger, {"Mine now", "none.duckdb"}, kNow);
  ASSERT_FALSE(used.ok());
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(used.error().code, missing.error().code);
  EXPECT_EQ(used.error().what, missing.error().what);
  EXPECT_THAT(store::expect_value(databases_.list_unused_files(stranger.principal)), IsEmpty());
}

TEST_F(DatabasesTest, ARefreshOpensNothing) {
  const base::DatabaseId id = shop();
  make("shop.duckdb",
       {"ALTER TABLE orders ADD COLUMN iban VARCHAR", "CREATE TABLE people (a INTEGER)"});
  const auto changes = databases_.refresh(caller(mine_), id, kNow);
  ASSERT_TRUE(changes.ok());
  EXPECT_THAT(changes->added, testing::UnorderedElementsAre("people", "orders.iban"));
  EXPECT_THAT(tables(), ElementsAre("orders hidden: id visible city visible iban hidden",
                                    "people hidden: a visible"));
}

TEST_F(DatabasesTest, ATableThatIsGoneHasNoColumns) {
  const base::DatabaseId id = shop();
  make("shop.duckdb", {"DROP TABLE orders", "CREATE TABLE people (a INTEGER)"});
  ASSERT_TRUE(databases_.refresh(caller(mine_), id, kNow).ok());
  EXPECT_THAT(tables(), ElementsAre("orders hidden:", "people hidden: a visible"));
  make("shop.duckdb", {"CREATE TABLE orders (id INTEGER)"});
  ASSERT_TRUE(databases_.refresh(caller(mine_), id, kNow).ok());
  EXPECT_THAT(tables(), ElementsAre("orders hidden: id hidden", "people hidden: a visible"));
}

TEST_F(DatabasesTest, ASqlTableFollowsItsStatement) {
  const base::DatabaseId id = shop();
  const auto added = databases_.add_sql_table(caller(mine_), id,
                                              {"towns", "Towns", "SELECT city FROM orders"}, kNow);
  ASSERT_TRUE(added.ok());
  EXPECT_EQ(added->access, model::TableAccess::kHidden);
  EXPECT_EQ(outcome(databases_.add_sql_table(caller(mine_), id,
                                             {"more", "More", "SELECT city FROM towns"}, kNow)),
            "invalid_statement statement");
  EXPECT_EQ(outcome(databases_.add_sql_table(caller(mine_), id,
                                             {"towns", "Again", "SELECT city FROM orders"}, kNow)),
            "conflict name");
  make("shop.duckdb", {"ALTER TABLE orders DROP COLUMN city"});
  ASSERT_TRUE(databases_.refresh(caller(mine_), id, kNow).ok());
  EXPECT_THAT(tables(), ElementsAre("orders hidden: id visible", "towns hidden:"));
}

TEST(SchemaMerge, WhatIsKnownOfAColumnStaysAndItsTypeIsTheDatabases) {
  model::Table table = table_of({"t", {{"a", ValueType::kString}, {"b", ValueType::kString}}},
                                base::DatabaseId("dbs_a"));
  table.columns[0].access = ColumnAccess::kMasked;
  table.columns[0].label = "A";
  SchemaChanges changes;
  EXPECT_TRUE(merge_columns(table, {{"c", ValueType::kDate}, {"a", ValueType::kInteger}}, changes));
  ASSERT_EQ(table.columns.size(), 2U);
  EXPECT_EQ(table.columns[0].access, ColumnAccess::kHidden);
  EXPECT_EQ(table.columns[1].access, ColumnAccess::kMasked);
  EXPECT_EQ(table.columns[1].label, "A");
  EXPECT_EQ(table.columns[1].type, ValueType::kInteger);
  EXPECT_THAT(changes.added, ElementsAre("t.c"));
  ASSERT_EQ(changes.vanished.size(), 1U);
  EXPECT_EQ(changes.vanished[0].column, "b");
  SchemaChanges none;
  EXPECT_FALSE(merge_columns(table, {{"c", ValueType::kDate}, {"a", ValueType::kInteger}}, none));
}

TEST(DatabaseFiles, ANameIsNoPath) {
  for (const std::string_view name : {"a.db", "a b-1_.duckdb"}) {
    EXPECT_TRUE(is_database_file_name(name)) << name;
  }
  for (const std::string_view name : {"", ".db", "../a.db", "a/b.db", "/a.db", "a.csv", "a.db.wal",
                                      "md:a.db", "a\n.db", ".a.db", "a.DB"}) {
    EXPECT_FALSE(is_database_file_name(name)) << name;
  }
  EXPECT_FALSE(is_database_file_name(std::string_view("a\0.db", 5)));
}

}  // namespace
}  // namespace catalog
