// Data of earlier versions, as later ones find it.

#include "store/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store_test_support.h"

namespace store {
namespace {

class VersionTwo : public ::testing::Test {
 protected:
  VersionTwo() {
    EXPECT_TRUE(migrate_to(connection_, 2).ok());
    EXPECT_TRUE(connection_
                    .run_script(R"sql(
INSERT INTO organizations VALUES ('org_mine', 'Mine', 1);
INSERT INTO databases (organization_id, id, name, file)
  VALUES ('org_mine', 'dbs_1', 'Shop', 'shop.duckdb');
INSERT INTO tables (organization_id, id, database_id, name, label, access, columns, metrics,
  dimensions) VALUES
  ('org_mine', 'tbl_1', 'dbs_1', 'orders', 'Orders', 'restricted',
   '[{"name":"ci\"ty","type":"string"},{"name":"id","type":"integer"}]', '[]', '[]'),
  ('org_mine', 'tbl_2', 'dbs_1', 'empty', 'Empty', 'hidden', '[]', '[]', '[]');
INSERT INTO access_rules (organization_id, id, table_id, name, rows) VALUES
  ('org_mine', 'rul_1', 'tbl_1', 'Own city',
   '{"column":"ci\"ty","operator":"isEqualTo","attribute":"location"}');
INSERT INTO charts VALUES ('org_mine', 'cht_1', 'Chart',
  '{"table":"tbl_1","type":"value","metrics":["rows"],"dimensions":[],"limitRows":1}');
INSERT INTO dashboards VALUES ('org_mine', 'dsh_1', 'Dashboard', '', '[]', '[]');
)sql")
                    .ok());
  }
  [[nodiscard]] std::int64_t number(Sql sql) {
    Query query = connection_.query(sql);
    return query.next().value() ? query.integer(0) : -1;
  }

  base::TestFolder folder_;
  Connection connection_ = expect_value(Connection::open(folder_.path("a.db")));
  base::OrgId mine_{"org_mine"};
};

TEST_F(VersionTwo, IsWhatTheTestStandsOn) {
  EXPECT_EQ(number("PRAGMA user_version"), 2);
  EXPECT_EQ(number("SELECT count(*) FROM pragma_table_info('tables') WHERE name = 'version'"), 0);
}

TEST_F(VersionTwo, KeepsItsTablesWhoseColumnsStayVisible) {
  ASSERT_TRUE(migrate(connection_).ok());
  const auto tables = expect_value(list_tables(connection_, mine_));
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_TRUE(tables[0].columns.empty());
  EXPECT_EQ(tables[0].access, model::TableAccess::kHidden);
  const model::Table& orders = tables[1];
  EXPECT_EQ(orders.access, model::TableAccess::kRestricted);
  EXPECT_EQ(orders.version, 1);
  EXPECT_EQ(orders.statement, std::nullopt);
  ASSERT_EQ(orders.columns.size(), 2U);
  EXPECT_EQ(orders.columns[0].name, "ci\"ty");
  EXPECT_EQ(orders.columns[1].type, model::ValueType::kInteger);
  for (const model::Column& column : orders.columns) {
    EXPECT_EQ(column.access, model::ColumnAccess::kVisible);
  }
}

TEST_F(VersionTwo, KeepsItsRulesWhichApplyToEverybody) {
  ASSERT_TRUE(migrate(connection_).ok());
  const model::Table orders = expect_value(list_tables(connection_, mine_)).at(1);
  ASSERT_EQ(orders.rules.size(), 1U);
  EXPECT_FALSE(orders.rules[0].applies_if.has_value());
  EXPECT_EQ(base::render_json(model::render_rule_node(orders.rules[0].rows)),
            R"({"column":"ci\"ty","operator":"isEqualTo","attribute":"location"})");
}

TEST_F(VersionTwo, KeepsItsDatabasesAsFiles) {
  ASSERT_TRUE(migrate(connection_).ok());
  const auto databases = expect_value(list_databases(connection_, mine_));
  ASSERT_EQ(databases.size(), 1U);
  EXPECT_EQ(databases[0].kind, model::DatabaseKind::kDuckDb);
  EXPECT_EQ(databases[0].file, "shop.duckdb");
  EXPECT_FALSE(databases[0].postgres || databases[0].sandbox);
}

TEST_F(VersionTwo, OnlyTheDemosFileIsTakenForOurs) {
  ASSERT_TRUE(connection_
                  .run_script(R"sql(
INSERT INTO organizations VALUES ('org_demo', 'Demo', 1);
INSERT INTO databases (organization_id, id, name, file) VALUES
  ('org_demo', 'dbs_2', 'US flights', 'us-flights.duckdb'),
  ('org_demo', 'dbs_3', 'Other', 'other.duckdb'),
  ('org_mine', 'dbs_4', 'US flights', 'us-flights.duckdb');
)sql")
                  .ok());
  ASSERT_TRUE(migrate(connection_).ok());
  const auto imported = expect_value(list_imported_databases(connection_));
  ASSERT_EQ(imported.size(), 1U);
  EXPECT_EQ(imported[0].organization, base::OrgId("org_demo"));
  EXPECT_EQ(imported[0].database.id, base::DatabaseId("dbs_2"));
}

TEST_F(VersionTwo, KeepsItsDashboardsWhereTheyWereSeen) {
  ASSERT_TRUE(migrate(connection_).ok());
  EXPECT_EQ(number("SELECT published FROM dashboards"), 1);
}

TEST_F(VersionTwo, AMigrationThatFailsChangesNothing) {
  ASSERT_TRUE(connection_.run_script("UPDATE tables SET columns = 'not json'").ok());
  EXPECT_FALSE(migrate(connection_).ok());
  EXPECT_EQ(number("PRAGMA user_version"), 2);
  EXPECT_EQ(number("SELECT count(*) FROM pragma_table_info('tables') WHERE name = 'version'"), 0);
  ASSERT_TRUE(connection_.run_script("UPDATE tables SET columns = '[]'").ok());
  EXPECT_TRUE(migrate(connection_).ok());
}

}  // namespace
}  // namespace store
