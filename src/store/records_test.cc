// What is stored reads the same, and what can not be read is an error.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/organization_view.h"
#include "store/store_test_support.h"

namespace store {
namespace {

using base::Code;
using model::Environment;

class Records : public ::testing::Test {
 protected:
  void run(Sql sql) {
    store_.write([&](Connection& connection) { return connection.run_script(sql); });
  }
  void insert_orders() {
    const base::json::value rule =
        base::parse_json(R"({"column":"city","operator":"isEqualTo","attribute":"location"})")
            .value();
    store_.write([&](Connection& c) -> base::Result<base::Done> {
      RETURN_IF_ERROR(insert_database(
          c, mine_, {base::DatabaseId("dbs_1"), "Shop", model::DatabaseKind::kDuckDb, "s.duckdb"}));
      return insert_table(
          c, mine_,
          {base::TableId("tbl_1"),
           base::DatabaseId("dbs_1"),
           "orders",
           "Orders",
           model::TableAccess::kRestricted,
           {{"city", model::ValueType::kString, model::ColumnAccess::kVisible}},
           {{"rows", "Rows", {model::Aggregate::kCount, "", {}}, {}, {true, 1, "x"}}},
           {{"place", "Place", "city"}},
           {{base::RuleId("rul_1"), "Own city", model::parse_rule_node(rule).value()}}});
    });
  }
  [[nodiscard]] base::Result<std::vector<model::Table>> tables() {
    return store_.get().read([&](Connection& c) { return list_tables(c, mine_); });
  }

  TestStore store_;
  base::OrgId mine_ = add_organization(store_, "org_mine");
  const base::Seconds now_{std::chrono::seconds(1'800'000'000)};
};

TEST_F(Records, AnApiKeyComesBackWhole) {
  model::ApiKey key = make_api_key("key_1", mine_, Environment::kProduction);
  key.expires_at = now_;
  key.scopes = {model::Scope::kIntrospect};
  store_.write([&](Connection& c) { return insert_api_key(c, key, "hash"); });
  const auto found = store_.read([](Connection& c) { return find_api_key_by_secret(c, "hash"); });
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->id, key.id);
  EXPECT_EQ(found->organization, mine_);
  EXPECT_EQ(found->name, key.name);
  EXPECT_EQ(found->environment, Environment::kProduction);
  EXPECT_EQ(found->scopes, key.scopes);
  EXPECT_EQ(found->last_four, "wxyz");
  EXPECT_EQ(found->created_at, key.created_at);
  EXPECT_EQ(found->expires_at, now_);
  EXPECT_EQ(found->last_used_at, std::nullopt);
  EXPECT_EQ(found->revoked_at, std::nullopt);
  EXPECT_FALSE(
      store_.read([](Connection& c) { return find_api_key_by_secret(c, ""); }).has_value());
}

TEST_F(Records, ScopesThatAreUnknownGrantNothing) {
  const model::ApiKey key = make_api_key("key_1", mine_, Environment::kSandbox);
  store_.write([&](Connection& c) { return insert_api_key(c, key, "hash"); });
  run("UPDATE api_keys SET scopes = 'admin  mint,introspect Mint '");
  EXPECT_THAT(store_.read([&](Connection& c) { return find_api_key(c, mine_, key.id); })->scopes,
              ::testing::IsEmpty());
}

TEST_F(Records, TheFirstRevocationStandsAndUsesOnlyGrow) {
  const model::ApiKey key = make_api_key("key_1", mine_, Environment::kSandbox);
  store_.write([&](Connection& c) { return insert_api_key(c, key, "hash"); });
  const base::Seconds later = now_ + std::chrono::hours(1);
  for (const base::Seconds time : {later, now_}) {
    store_.write([&](Connection& c) { return touch_api_key(c, mine_, key.id, time); });
  }
  for (const base::Seconds time : {now_, later}) {
    store_.write([&](Connection& c) { return revoke_api_key(c, mine_, key.id, time); });
  }
  const auto found = store_.read([&](Connection& c) { return find_api_key(c, mine_, key.id); });
  EXPECT_EQ(found->revoked_at, now_);
  EXPECT_EQ(found->last_used_at, later);
}

TEST_F(Records, ATableComesBackWithItsRules) {
  insert_orders();
  const auto found = tables();
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->size(), 1U);
  const model::Table& table = found->front();
  EXPECT_EQ(table.access, model::TableAccess::kRestricted);
  EXPECT_EQ(table.database, base::DatabaseId("dbs_1"));
  ASSERT_NE(table.find_column("city"), nullptr);
  EXPECT_TRUE(table.find_metric("rows")->format.percent);
  EXPECT_EQ(table.find_dimension("place")->column, "city");
  ASSERT_EQ(table.rules.size(), 1U);
  EXPECT_EQ(table.rules[0].name, "Own city");
  EXPECT_TRUE(std::holds_alternative<model::Condition>(table.rules[0].rows.node));
}

TEST_F(Records, ATableWhoseRuleCanNotBeReadIsNotGivenWithoutIt) {
  insert_orders();
  run("UPDATE access_rules SET rows = '{\"and\":[]}'");
  EXPECT_FALSE(tables().ok());
  run("UPDATE access_rules SET rows = 'not json'");
  EXPECT_FALSE(tables().ok());
}

TEST_F(Records, ATableWhoseDefinitionCanNotBeReadIsAnError) {
  insert_orders();
  run("UPDATE tables SET columns = '[{\"name\":\"city\",\"type\":\"blob\"}]'");
  EXPECT_FALSE(tables().ok());
}

TEST_F(Records, TheSchemaAdmitsOnlyKnownWords) {
  insert_orders();
  const auto refused = [&](Sql sql) {
    const auto outcome =
        store_.get().write([&](Connection& connection) { return connection.run_script(sql); });
    return !outcome.ok();
  };
  EXPECT_TRUE(refused("UPDATE tables SET access = 'public'"));
  EXPECT_TRUE(refused("INSERT INTO users VALUES ('org_mine', 'usr_1', 'a@b', 'root', 'x')"));
  EXPECT_TRUE(refused("INSERT INTO users VALUES ('org_none', 'usr_1', 'a@b', 'admin', 'x')"));
  EXPECT_TRUE(refused("INSERT INTO authorized_origins VALUES ('org_mine', 'o', 'x', 'test', 1)"));
}

TEST_F(Records, AnEmailIsOnePersonWhateverItsCase) {
  const model::User user{base::UserId("usr_1"), mine_, "Ada@Acme.example", model::Role::kMaker};
  store_.write([&](Connection& c) { return insert_user(c, user, "hash"); });
  const auto found =
      store_.read([](Connection& c) { return find_user_for_sign_in(c, "ADA@acme.EXAMPLE"); });
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->user.id, user.id);
  EXPECT_EQ(found->user.role, model::Role::kMaker);
  EXPECT_EQ(found->password_hash, "hash");
  const model::User twin{base::UserId("usr_2"), mine_, "ada@acme.example", model::Role::kMaker};
  EXPECT_EQ(
      store_.get().write([&](Connection& c) { return insert_user(c, twin, "x"); }).error().code,
      Code::kConflict);
}

TEST_F(Records, AViewIsThatOfOneMoment) {
  OrganizationViews views(store_.get());
  insert_orders();
  const auto before = views.get(mine_).value();
  EXPECT_EQ(views.get(mine_).value(), before) << "nothing changed";
  EXPECT_EQ(before->tables.size(), 1U);
  EXPECT_EQ(before->organization.name, "org_mine");
  store_.write([&](Connection& c) { return insert_dashboard(c, mine_, make_dashboard("dsh_1")); });
  const auto after = views.get(mine_).value();
  EXPECT_EQ(before->dashboards.size(), 0U);
  EXPECT_EQ(after->dashboards.size(), 1U);
  EXPECT_EQ(views.get(base::OrgId("org_none")).error().code, Code::kNotFound);
}

TEST_F(Records, AViewFollowsAnotherProcess) {
  OrganizationViews views(store_.get());
  EXPECT_TRUE(views.get(mine_).value()->attributes.empty());
  const auto other = expect_value(Store::open(store_.folder().path()));
  ASSERT_TRUE(other
                  ->write([&](Connection& c) {
                    return insert_token_attribute(c, mine_,
                                                  {base::AttributeId("atr_1"), "location",
                                                   model::ValueType::kString, true, true});
                  })
                  .ok());
  store_.get().notice_foreign_changes();
  const auto view = views.get(mine_).value();
  ASSERT_TRUE(view->attributes.contains("location"));
  EXPECT_TRUE(view->attributes.at("location").list);
  EXPECT_TRUE(view->attributes.at("location").required);
}

}  // namespace
}  // namespace store
