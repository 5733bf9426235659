#include "store/databases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store_test_support.h"

namespace store {
namespace {

using base::Code;
using ::testing::IsEmpty;
using ::testing::SizeIs;

model::PostgresSettings settings_of(const std::string& host) {
  return {.host = host,
          .port = 5432,
          .database = "shop",
          .database_attribute = "tenant",
          .user = "reader",
          .sealed_password = "c2VhbGVk",
          .tls = model::TlsMode::kVerifyCa,
          .ca_certificate = "PEM"};
}

model::Database warehouse() {
  return {.id = base::DatabaseId("dbs_1"),
          .name = "Warehouse",
          .kind = model::DatabaseKind::kPostgres,
          .postgres = settings_of("live.example"),
          .sandbox = settings_of("test.example"),
          .freshness = std::chrono::seconds(5)};
}

class Databases : public ::testing::Test {
 protected:
  template <typename Body>
  [[nodiscard]] Code refusal_of(Body body) {
    const auto result = store_.get().write(std::move(body));
    return result ? Code::kInternal : result.error().code;
  }
  [[nodiscard]] std::vector<model::Database> list(const base::OrgId& organization) {
    return store_.read([&](Connection& c) { return list_databases(c, organization); });
  }
  void insert(const model::Database& database) {
    store_.write([&](Connection& c) { return insert_database(c, mine_, database); });
  }

  TestStore store_;
  base::OrgId mine_ = add_organization(store_, "org_mine");
  base::OrgId theirs_ = add_organization(store_, "org_theirs");
};

TEST_F(Databases, ComeBackWhole) {
  insert(warehouse());
  const auto found = list(mine_);
  ASSERT_THAT(found, SizeIs(1));
  const model::Database& database = found.front();
  EXPECT_EQ(database.id, base::DatabaseId("dbs_1"));
  EXPECT_EQ(database.name, "Warehouse");
  EXPECT_EQ(database.kind, model::DatabaseKind::kPostgres);
  EXPECT_EQ(database.freshness, std::chrono::seconds(5));
  ASSERT_TRUE(database.postgres && database.sandbox);
  EXPECT_EQ(database.postgres->host, "live.example");
  EXPECT_EQ(database.postgres->database_attribute, "tenant");
  EXPECT_EQ(database.postgres->sealed_password, "c2VhbGVk");
  EXPECT_EQ(database.postgres->tls, model::TlsMode::kVerifyCa);
  EXPECT_EQ(database.postgres->ca_certificate, "PEM");
  EXPECT_EQ(database.sandbox->host, "test.example");
  EXPECT_FALSE(database.imported);
}

TEST_F(Databases, OnlyImportedOnesAreListedAsSuch) {
  insert(warehouse());
  model::Database imported{base::DatabaseId("dbs_2"), "Ours", model::DatabaseKind::kDuckDb,
                           "ours.duckdb"};
  imported.imported = true;
  insert(imported);
  imported.name = "Renamed";
  imported.imported = false;  // Nobody makes a file theirs, or ours, later.
  store_.write([&](Connection& c) { return update_database(c, mine_, imported); });
  const auto found = store_.read([](Connection& c) { return list_imported_databases(c); });
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found.front().organization, mine_);
  EXPECT_EQ(found.front().database.name, "Renamed");
  EXPECT_TRUE(found.front().database.imported);
}

TEST_F(Databases, OfFilesHaveNoConnection) {
  insert({base::DatabaseId("dbs_2"), "Files", model::DatabaseKind::kDuckDb, "f.duckdb"});
  const auto found = list(mine_);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found.front().file, "f.duckdb");
  EXPECT_FALSE(found.front().postgres || found.front().sandbox);
}

TEST_F(Databases, ChangeButTheirKindStays) {
  insert(warehouse());
  model::Database changed = warehouse();
  changed.name = "Lake";
  changed.kind = model::DatabaseKind::kDuckDb;
  changed.postgres->host = "new.example";
  changed.sandbox.reset();
  changed.freshness = std::chrono::seconds(0);
  store_.write([&](Connection& c) { return update_database(c, mine_, changed); });
  const auto found = list(mine_);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found.front().name, "Lake");
  EXPECT_EQ(found.front().kind, model::DatabaseKind::kPostgres);
  EXPECT_EQ(found.front().postgres->host, "new.example");
  EXPECT_FALSE(found.front().sandbox.has_value());
  EXPECT_EQ(found.front().freshness, std::chrono::seconds(0));
}

TEST_F(Databases, OfOneOrganizationHaveDifferentNames) {
  insert(warehouse());
  model::Database twin = warehouse();
  twin.id = base::DatabaseId("dbs_2");
  EXPECT_EQ(refusal_of([&](Connection& c) { return insert_database(c, mine_, twin); }),
            Code::kConflict);
  store_.write([&](Connection& c) { return insert_database(c, theirs_, twin); });
  EXPECT_THAT(list(mine_), SizeIs(1));
}

TEST_F(Databases, AnotherOrganizationNeitherSeesNorChangesThem) {
  insert(warehouse());
  model::Database changed = warehouse();
  changed.postgres->host = "evil.example";
  EXPECT_THAT(list(theirs_), IsEmpty());
  EXPECT_EQ(refusal_of([&](Connection& c) { return update_database(c, theirs_, changed); }),
            Code::kNotFound);
  EXPECT_EQ(refusal_of([&](Connection& c) { return delete_database(c, theirs_, changed.id); }),
            Code::kNotFound);
  ASSERT_THAT(list(mine_), SizeIs(1));
  EXPECT_EQ(list(mine_).front().postgres->host, "live.example");
}

TEST_F(Databases, GoWithTheirTablesAndRulesAndTheVersionsOfThem) {
  insert(warehouse());
  const base::json::value rule =
      base::parse_json(R"({"column":"city","operator":"isSet"})").value();
  const model::Table orders{
      base::TableId("tbl_1"),
      base::DatabaseId("dbs_1"),
      "orders",
      "Orders",
      model::TableAccess::kRestricted,
      {{"city", model::ValueType::kString, model::ColumnAccess::kVisible}},
      {},
      {},
      {{base::RuleId("rul_1"), "Some city", model::parse_rule_node(rule).value()}}};
  store_.write([&](Connection& c) -> base::Result<base::Done> {
    RETURN_IF_ERROR(insert_table(c, mine_, orders));
    return insert_table_version(c, mine_, orders.id, {1, base::Seconds{}, "ada", "made", "{}"});
  });
  EXPECT_EQ(refusal_of([&](Connection& c) {
              return delete_database(c, theirs_, base::DatabaseId("dbs_1"));
            }),
            Code::kNotFound);
  EXPECT_THAT(store_.read([&](Connection& c) { return list_tables(c, mine_); }), SizeIs(1));
  store_.write([&](Connection& c) { return delete_database(c, mine_, base::DatabaseId("dbs_1")); });
  EXPECT_THAT(list(mine_), IsEmpty());
  EXPECT_THAT(store_.read([&](Connection& c) { return list_tables(c, mine_); }), IsEmpty());
  EXPECT_THAT(store_.read([&](Connection& c) { return list_table_versions(c, mine_, orders.id); }),
              IsEmpty());
  insert(warehouse());
  store_.write([&](Connection& c) { return insert_table(c, mine_, orders); });
}

TEST_F(Databases, WithPasswordsAreThoseOfEveryOrganization) {
  insert(warehouse());
  insert({base::DatabaseId("dbs_2"), "Files", model::DatabaseKind::kDuckDb, "f.duckdb"});
  model::Database theirs = warehouse();
  theirs.id = base::DatabaseId("dbs_3");
  theirs.postgres.reset();
  store_.write([&](Connection& c) { return insert_database(c, theirs_, theirs); });
  std::vector<std::string> found;
  for (const SealedPasswords& each :
       store_.read([](Connection& c) { return list_databases_with_passwords(c); })) {
    found.push_back(each.organization.text() + " " + each.database.id.text());
  }
  EXPECT_THAT(found, ::testing::UnorderedElementsAre("org_mine dbs_1", "org_theirs dbs_3"));
}

TEST_F(Databases, WhoseSettingsCanNotBeReadAreAnError) {
  insert(warehouse());
  const auto unreadable = [&](Sql sql) {
    store_.write([&](Connection& c) { return c.run_script(sql); });
    return !store_.get().read([&](Connection& c) { return list_databases(c, mine_); }).ok();
  };
  EXPECT_TRUE(unreadable("UPDATE databases SET postgres = '{}'"));
  EXPECT_TRUE(unreadable("UPDATE databases SET postgres = 'not json'"));
  EXPECT_TRUE(unreadable("UPDATE databases SET postgres = '', sandbox = '[]'"));
}

}  // namespace
}  // namespace store
