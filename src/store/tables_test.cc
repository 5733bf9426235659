#include "store/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/store_test_support.h"

namespace store {
namespace {

using base::Code;
using base::Done;
using base::Result;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

base::json::value json_of(std::string_view text) { return base::parse_json(text).value(); }

model::Table orders() {
  model::AccessRule rule =
      model::parse_access_rule(
          json_of(R"({"name":"Own city","if":{"role":["explorer"]},"rows":)"
                  R"({"column":"city","operator":"isEqualTo","attribute":"location"}})"),
          "", base::RuleId("rul_1"))
          .value();
  model::Table table{
      base::TableId("tbl_1"),
      base::DatabaseId("dbs_1"),
      "orders",
      "Orders",
      model::TableAccess::kRestricted,
      model::parse_columns(json_of(R"([{"name":"city","type":"string","access":"masked",)"
                                   R"("exceptions":[{"if":{"role":["maker"]},"access":"visible"}],)"
                                   R"("label":"City","description":"Where"}])"))
          .value(),
      {},
      {},
      {std::move(rule)}};
  table.description = "What was ordered";
  return table;
}

class TablesOfAStore : public ::testing::Test {
 protected:
  TablesOfAStore() {
    store_.write([&](Connection& c) -> Result<Done> {
      RETURN_IF_ERROR(insert_database(
          c, mine_, {base::DatabaseId("dbs_1"), "Shop", model::DatabaseKind::kDuckDb, "s.duckdb"}));
      return insert_table(c, mine_, orders());
    });
  }
  template <typename Body>
  [[nodiscard]] std::string outcome_of(Body body) {
    const auto result = store_.get().write(std::move(body));
    return std::string(result ? "done" : base::code_name(result.error().code));
  }
  [[nodiscard]] std::string update(const base::OrgId& organization, const model::Table& table) {
    return outcome_of([&](Connection& c) { return update_table(c, organization, table); });
  }
  [[nodiscard]] model::Table stored() {
    return store_.read([&](Connection& c) { return list_tables(c, mine_); }).at(0);
  }

  TestStore store_;
  base::OrgId mine_ = add_organization(store_, "org_mine");
  base::OrgId theirs_ = add_organization(store_, "org_theirs");
};

TEST_F(TablesOfAStore, ComeBackWithTheIfOfTheirRulesAndTheAccessOfTheirColumns) {
  const model::Table table = stored();
  EXPECT_EQ(table.version, 1);
  EXPECT_EQ(table.description, "What was ordered");
  EXPECT_EQ(table.statement, std::nullopt);
  ASSERT_THAT(table.rules, SizeIs(1));
  EXPECT_EQ(base::render_json(model::render_access_rule(table.rules[0])),
            base::render_json(model::render_access_rule(orders().rules[0])));
  EXPECT_TRUE(table.rules[0].applies_if.has_value());
  EXPECT_EQ(base::render_json(model::render_columns(table.columns)),
            base::render_json(model::render_columns(orders().columns)));
  EXPECT_EQ(table.columns[0].access, model::ColumnAccess::kMasked);
}

TEST_F(TablesOfAStore, AreReplacedWithTheirRulesByTheNextVersion) {
  model::Table next = orders();
  next.version = 2;
  next.label = "Sales";
  next.access = model::TableAccess::kShared;
  next.statement = "SELECT 1 AS city";
  next.rules.clear();
  EXPECT_EQ(update(mine_, next), "done");
  EXPECT_EQ(stored().version, 2);
  EXPECT_EQ(stored().label, "Sales");
  EXPECT_EQ(stored().access, model::TableAccess::kShared);
  EXPECT_EQ(stored().statement, "SELECT 1 AS city");
  EXPECT_THAT(stored().rules, IsEmpty());
  next.version = 3;
  next.statement.reset();
  next.rules = orders().rules;
  EXPECT_EQ(update(mine_, next), "done");
  EXPECT_EQ(stored().statement, std::nullopt);
  EXPECT_THAT(stored().rules, SizeIs(1));
}

TEST_F(TablesOfAStore, TwoChangesOfOneVersionAreAConflictAndTheFirstStands) {
  model::Table first = orders();
  model::Table second = orders();
  first.version = second.version = 2;
  first.label = "First";
  second.label = "Second";
  second.rules.clear();
  EXPECT_EQ(update(mine_, first), "done");
  EXPECT_EQ(update(mine_, second), "conflict");
  EXPECT_EQ(stored().label, "First");
  EXPECT_THAT(stored().rules, SizeIs(1));
  for (const std::int64_t wrong : {0, 1, 2, 4}) {
    second.version = wrong;
    EXPECT_EQ(update(mine_, second), "conflict") << wrong;
  }
}

TEST_F(TablesOfAStore, AChangeOfAnotherOrganizationFindsNothing) {
  model::Table changed = orders();
  changed.version = 2;
  changed.access = model::TableAccess::kShared;
  changed.rules.clear();
  EXPECT_EQ(update(theirs_, changed), "not_found");
  EXPECT_EQ(outcome_of([&](Connection& c) { return delete_table(c, theirs_, changed.id); }),
            "not_found");
  EXPECT_EQ(stored().access, model::TableAccess::kRestricted);
  EXPECT_THAT(stored().rules, SizeIs(1));
  changed.id = base::TableId("tbl_none");
  EXPECT_EQ(update(mine_, changed), "not_found");
}

TEST_F(TablesOfAStore, ARuleOfAnotherTableCanNotBeTakenOver) {
  model::Table twin = orders();
  twin.id = base::TableId("tbl_2");
  twin.name = "returns";
  EXPECT_EQ(outcome_of([&](Connection& c) { return insert_table(c, mine_, twin); }), "conflict");
  EXPECT_THAT(stored().rules, SizeIs(1));
}

TEST_F(TablesOfAStore, GoWithTheirRulesAndVersions) {
  const base::TableId id = orders().id;
  store_.write([&](Connection& c) -> Result<Done> {
    RETURN_IF_ERROR(insert_table_version(c, mine_, id, {1, base::Seconds{}, "ada", "made", "{}"}));
    return delete_table(c, mine_, id);
  });
  EXPECT_THAT(store_.read([&](Connection& c) { return list_tables(c, mine_); }), IsEmpty());
  EXPECT_THAT(store_.read([&](Connection& c) { return list_table_versions(c, mine_, id); }),
              IsEmpty());
  EXPECT_EQ(outcome_of([&](Connection& c) { return delete_table(c, mine_, id); }), "not_found");
  EXPECT_EQ(outcome_of([&](Connection& c) { return insert_table(c, mine_, orders()); }), "done");
}

TEST_F(TablesOfAStore, VersionsAreListedNewestFirstAndOnlyToTheirOrganization) {
  const base::Seconds now{std::chrono::seconds(1'800'000'000)};
  const base::TableId id = orders().id;
  const auto without_version = [&](const base::OrgId& organization) {
    return store_.read([&](Connection& c) { return list_tables_without_version(c, organization); });
  };
  EXPECT_THAT(without_version(mine_), ElementsAre(id));
  EXPECT_THAT(without_version(theirs_), IsEmpty());
  store_.write([&](Connection& c) -> Result<Done> {
    RETURN_IF_ERROR(insert_table_version(c, mine_, id, {1, now, "ada", "made", R"({"a":1})"}));
    return insert_table_version(c, mine_, id, {2, now, "bob", "rule added", "{}"});
  });
  const auto versions =
      store_.read([&](Connection& c) { return list_table_versions(c, mine_, id); });
  EXPECT_THAT(without_version(mine_), IsEmpty());
  ASSERT_THAT(versions, SizeIs(2));
  EXPECT_EQ(versions[0].version, 2);
  EXPECT_EQ(versions[1].version, 1);
  EXPECT_EQ(versions[1].at, now);
  EXPECT_EQ(versions[1].actor_name, "ada");
  EXPECT_EQ(versions[1].summary, "made");
  EXPECT_EQ(versions[1].definition, R"({"a":1})");
  EXPECT_THAT(store_.read([&](Connection& c) { return list_table_versions(c, theirs_, id); }),
              IsEmpty());
  EXPECT_EQ(outcome_of([&](Connection& c) {
              return insert_table_version(c, mine_, id, {2, now, "eve", "again", "{}"});
            }),
            "conflict");
}

TEST_F(TablesOfAStore, WhoseIfCanNotBeReadAreAnErrorAndNotARuleForNobodyOrAll) {
  const auto unreadable = [&](Sql sql) {
    store_.write([&](Connection& c) { return c.run_script(sql); });
    return !store_.get().read([&](Connection& c) { return list_tables(c, mine_); }).ok();
  };
  EXPECT_TRUE(unreadable("UPDATE access_rules SET applies_if = '{}'"));
  EXPECT_TRUE(unreadable("UPDATE access_rules SET applies_if = 'null'"));
  EXPECT_TRUE(unreadable("UPDATE access_rules SET applies_if = ' '"));
  EXPECT_FALSE(unreadable("UPDATE access_rules SET applies_if = ''"));
  EXPECT_TRUE(
      unreadable("UPDATE tables SET columns = '[{\"name\":\"city\",\"type\":\"string\"}]'"));
}

}  // namespace
}  // namespace store
