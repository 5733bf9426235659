#include "catalog/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/principal_test_support.h"
#include "catalog/table_definition.h"
#include "crypto/init.h"
#include "store/audit.h"
#include "store/store_test_support.h"

namespace catalog {
namespace {

using model::ColumnAccess;
using model::Role;
using model::ValueType;
using testing::ElementsAre;

const base::TableId kOrders("tbl_orders");
const base::Seconds kNow{std::chrono::seconds(1'800'000'000)};

model::Table orders(const std::string& id, const std::string& database) {
  model::Table table{base::TableId(id),
                     base::DatabaseId(database),
                     "orders",
                     "Orders",
                     model::TableAccess::kHidden,
                     {},
                     {},
                     {},
                     {}};
  table.columns = {{"city", ValueType::kString, ColumnAccess::kVisible},
                   {"amount", ValueType::kNumeric, ColumnAccess::kVisible},
                   {"secret", ValueType::kString, ColumnAccess::kVisible}};
  return table;
}

class Tables : public ::testing::Test {
 protected:
  Tables() {
    crypto::init();
    add(mine_, "dbs_mine", kOrders.text());
    add(theirs_, "dbs_theirs", "tbl_theirs");
    store_.write([&](store::Connection& connection) -> base::Result<base::Done> {
      RETURN_IF_ERROR(store::insert_token_attribute(
          connection, mine_,
          {base::AttributeId("atr_city"), "location", ValueType::kString, false, false}));
      return store::insert_token_attribute(
          connection, mine_,
          {base::AttributeId("atr_age"), "age", ValueType::kInteger, true, false});
    });
    EXPECT_TRUE(keep_first_versions(store_.get(), kNow).ok());
  }

  void add(const base::OrgId& organization, const std::string& database, const std::string& table) {
    store_.write([&](store::Connection& connection) -> base::Result<base::Done> {
      RETURN_IF_ERROR(store::insert_database(
          connection, organization,
          {base::DatabaseId(database), "Shop", model::DatabaseKind::kDuckDb, database + ".db"}));
      return store::insert_table(connection, organization, orders(table, database));
    });
  }

  [[nodiscard]] std::shared_ptr<const store::OrganizationView> view() {
    return store::expect_value(views_.get(mine_));
  }
  [[nodiscard]] static Caller caller(Role role) {
    return {auth::user_principal(auth::kTestOrganization, role),
            {model::ActorKind::kUser, "usr_ada", "ada@acme.example", "192.0.2.7"}};
  }

  /// "stored", or the refusal of this body.
  [[nodiscard]] std::string change(const std::string& body, const std::string& id = kOrders.text(),
                                   Role role = Role::kMaker) {
    const auto seen = view();
    const Caller who = caller(role);
    const TableEdit edit{who, *seen, base::TableId(id), kNow};
    const auto planned = plan_change(store_.get(), edit, base::parse_json(body).value());
    if (!planned) return refusal(planned.error());
    const auto stored =
        store_change(store_.get(), edit, model::AuditAction::kTableChanged, *planned);
    return stored ? "stored" : refusal(stored.error());
  }
  [[nodiscard]] std::string restore(std::int64_t version) {
    const auto seen = view();
    const Caller who = caller(Role::kMaker);
    const TableEdit edit{who, *seen, kOrders, kNow};
    const std::string body = R"({"version":)" + std::to_string(table().version) + "}";
    const auto planned = plan_restore(store_.get(), edit, version, base::parse_json(body).value());
    if (!planned) return refusal(planned.error());
    const auto stored =
        store_change(store_.get(), edit, model::AuditAction::kTableRestored, *planned);
    return stored ? "stored" : refusal(stored.error());
  }
  /// The refusal of one rule, written as JSON.
  [[nodiscard]] std::string change_rule(const std::string& rows) {
    return change(R"({"version":)" + std::to_string(table().version) +
                  R"(,"rules":[{"name":"R","rows":)" + rows + "}]}");
  }
  [[nodiscard]] model::Table table() { return view()->tables.at(kOrders); }

  static std::string refusal(const base::Error& error) {
    return std::string(base::code_name(error.code)) +
           (error.field.empty() ? "" : " " + error.field);
  }

  store::TestStore store_;
  base::OrgId mine_ = store::add_organization(store_, auth::kTestOrganization.text());
  base::OrgId theirs_ = store::add_organization(store_, auth::kForeignOrganization.text());
  store::OrganizationViews views_{store_.get()};
};

TEST_F(Tables, AChangeIsStoredWithItsVersionAndItsAuditEvent) {
  EXPECT_EQ(change(R"({"version":1,"label":"All orders","access":"restricted",
      "columns":[{"name":"secret","access":"masked"}],
      "rules":[{"name":"City","rows":{"column":"city","operator":"isEqualTo","attribute":"location"}}]})"),
            "stored");
  const model::Table stored = table();
  EXPECT_EQ(stored.version, 2);
  EXPECT_EQ(stored.label, "All orders");
  EXPECT_EQ(stored.access, model::TableAccess::kRestricted);
  EXPECT_EQ(stored.find_column("secret")->access, ColumnAccess::kMasked);
  EXPECT_EQ(stored.find_column("city")->access, ColumnAccess::kVisible);
  ASSERT_EQ(stored.rules.size(), 1U);
  const auto versions =
      list_versions(store_.get(), caller(Role::kMaker).principal, *view(), kOrders);
  ASSERT_TRUE(versions.ok());
  ASSERT_EQ(versions->size(), 2U);
  EXPECT_EQ(versions->front().version, 2);
  EXPECT_EQ(versions->front().actor_name, "ada@acme.example");
  const auto events = store_.read([&](store::Connection& connection) {
    return store::list_audit_events_after(connection, mine_, {}, std::nullopt, 100);
  });
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].event.action, model::AuditAction::kTableChanged);
  EXPECT_EQ(events[0].event.subject.id, kOrders.text());
}

TEST_F(Tables, OfBeforeVersionsGetTheirFirstOneOnce) {
  ASSERT_EQ(change(R"({"version":1,"access":"shared"})"), "stored");
  ASSERT_TRUE(keep_first_versions(store_.get(), kNow).ok());
  const auto versions =
      list_versions(store_.get(), caller(Role::kMaker).principal, *view(), kOrders);
  ASSERT_TRUE(versions.ok());
  ASSERT_EQ(versions->size(), 2U);
  EXPECT_EQ(versions->back().version, 1);
  EXPECT_EQ(versions->back().summary, "As it came in");
  EXPECT_EQ(restore(1), "stored");
  EXPECT_EQ(table().access, model::TableAccess::kHidden);
}

TEST_F(Tables, WhoSawAnOlderVersionIsToldWhoChangedIt) {
  ASSERT_EQ(change(R"({"version":1,"label":"A"})"), "stored");
  const auto seen = view();
  const Caller who = caller(Role::kMaker);
  const auto planned = plan_change(store_.get(), {who, *seen, kOrders, kNow},
                                   base::parse_json(R"({"version":1,"label":"B"})").value());
  ASSERT_FALSE(planned.ok());
  EXPECT_EQ(planned.error().code, base::Code::kConflict);
  EXPECT_THAT(planned.error().what, testing::HasSubstr("ada@acme.example"));
  EXPECT_EQ(table().label, "A");
}

TEST_F(Tables, OfTwoWhoSawTheSameVersionOneWins) {
  const auto seen = view();
  const Caller who = caller(Role::kMaker);
  const TableEdit edit{who, *seen, kOrders, kNow};
  const auto body = base::parse_json(R"({"version":1,"label":"A"})").value();
  const auto first = plan_change(store_.get(), edit, body);
  const auto second = plan_change(store_.get(), edit, body);
  ASSERT_TRUE(first.ok() && second.ok());
  const auto action = model::AuditAction::kTableChanged;
  EXPECT_TRUE(store_change(store_.get(), edit, action, *first).ok());
  const auto late = store_change(store_.get(), edit, action, *second);
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code, base::Code::kConflict);
  EXPECT_EQ(table().version, 2);
}

TEST_F(Tables, OnlyMakersOfTheOrganizationChangeATable) {
  const std::string body = R"({"version":1,"access":"shared"})";
  EXPECT_EQ(change(body, kOrders.text(), Role::kExplorer), "forbidden");
  EXPECT_EQ(change(body, "tbl_theirs"), "not_found");
  EXPECT_EQ(change(body, "tbl_none"), "not_found");
  EXPECT_EQ(change(body, kOrders.text(), Role::kAdmin), "stored");
}

TEST_F(Tables, ARuleHasToFitItsColumnAndTheRegisteredAttributes) {
  EXPECT_EQ(change_rule(R"({"column":"city","operator":"isIn","attribute":"location"})"), "stored");
  EXPECT_EQ(change_rule(R"({"column":"amount","operator":"isBetween",
      "from":{"attribute":"age"},"to":{"type":"numeric","values":[9.5]}})"),
            "stored");
  EXPECT_EQ(change_rule(R"({"column":"town","operator":"isSet"})"),
            "invalid_body rules[0].rows.column");
  EXPECT_EQ(change_rule(R"({"column":"amount","operator":"contains","attribute":"location"})"),
            "invalid_body rules[0].rows.operator");
  EXPECT_EQ(change_rule(R"({"and":[{"column":"city","operator":"isSet"},
      {"column":"city","operator":"isEqualTo","attribute":"place"}]})"),
            "invalid_body rules[0].rows.and[1].attribute");
  EXPECT_EQ(change_rule(R"({"column":"amount","operator":"isEqualTo","attribute":"location"})"),
            "invalid_body rules[0].rows.attribute");
  EXPECT_EQ(
      change_rule(R"({"column":"city","operator":"isEqualTo","type":"integer","values":[1]})"),
      "invalid_body rules[0].rows.values");
  EXPECT_EQ(change_rule(R"({"column":"amount","operator":"isBetween",
      "from":{"attribute":"age"},"to":{"attribute":"location"}})"),
            "invalid_body rules[0].rows.to.attribute");
}

TEST_F(Tables, ConditionsOnTheUserNeedRegisteredAttributes) {
  const std::string rows = R"("rows":{"column":"city","operator":"isSet"}}]})";
  EXPECT_EQ(change(R"({"version":1,"rules":[{"name":"R","if":{"attribute":"place",
      "operator":"isSet"},)" +
                   rows),
            "invalid_body rules[0].if.attribute");
  EXPECT_EQ(change(R"({"version":1,"rules":[{"name":"R","if":{"attribute":"age",
      "operator":"isEqualTo","type":"string","values":["x"]},)" +
                   rows),
            "invalid_body rules[0].if.attribute");
  EXPECT_EQ(change(R"({"version":1,"columns":[{"name":"city","access":"visible","exceptions":[
      {"if":{"attribute":"place","operator":"isSet"},"access":"hidden"}]}]})"),
            "invalid_body columns[0].exceptions[0].if.attribute");
}

TEST_F(Tables, NothingOfABodyIsTakenOnTrust) {
  EXPECT_EQ(change(R"({"label":"A"})"), "invalid_body version");
  EXPECT_EQ(change(R"({"version":1,"access":"open"})"), "invalid_body access");
  EXPECT_EQ(change(R"({"version":1,"label":""})"), "invalid_body label");
  EXPECT_EQ(change(R"({"version":1,"name":"other"})"), "invalid_body name");
  EXPECT_EQ(change(R"({"version":1,"statement":"SELECT 1"})"), "invalid_body statement");
  EXPECT_EQ(change(R"({"version":1,"columns":[{"name":"town","access":"visible"}]})"),
            "invalid_body columns[0].name");
  EXPECT_EQ(change(R"({"version":1,"columns":[{"name":"city"}]})"),
            "invalid_body columns[0].access");
  EXPECT_EQ(change(R"({"version":1,"dimensions":[{"name":"a","label":"A","column":"town"}]})"),
            "invalid_body dimensions[0].column");
  EXPECT_EQ(change(R"({"version":1,"dimensions":[{"name":"a","label":"A","column":"city"},
      {"name":"a","label":"B","column":"city"}]})"),
            "invalid_body dimensions[1].name");
  EXPECT_EQ(change(R"({"version":1,"metrics":[{"name":"a","label":"A",
      "measure":{"aggregate":"sum","column":"city"}}]})"),
            "invalid_body metrics[0].measure.column");
  EXPECT_EQ(table().version, 1);
}

TEST_F(Tables, TheTypeOfAColumnIsNotTheBodys) {
  EXPECT_EQ(
      change(R"({"version":1,"columns":[{"name":"city","access":"visible","type":"integer"}]})"),
      "stored");
  EXPECT_EQ(table().find_column("city")->type, ValueType::kString);
}

TEST_F(Tables, ARuleIdOfAnotherTableIsRefused) {
  EXPECT_EQ(change(R"({"version":1,"rules":[{"id":"rul_other","name":"R",
      "rows":{"column":"city","operator":"isSet"}}]})"),
            "invalid_body rules[0].id");
}

TEST_F(Tables, RestoringBringsBackRulesAndOpensNoColumnThatCameLater) {
  ASSERT_EQ(change_rule(R"({"column":"city","operator":"isEqualTo","attribute":"location"})"),
            "stored");
  const base::RuleId rule = table().rules.at(0).id;
  ASSERT_EQ(change(R"({"version":2,"rules":[],"access":"shared"})"), "stored");
  model::Table later = table();
  store_.write([&](store::Connection& connection) {
    later.version += 1;
    later.columns.push_back({"iban", ValueType::kString, ColumnAccess::kVisible});
    std::erase_if(later.columns, [](const auto& column) { return column.name == "secret"; });
    return store::update_table(connection, mine_, later);
  });
  EXPECT_EQ(restore(2), "stored");
  EXPECT_EQ(table().version, 5);
  ASSERT_EQ(table().rules.size(), 1U);
  EXPECT_EQ(table().rules[0].id, rule);
  EXPECT_EQ(table().access, model::TableAccess::kHidden);
  EXPECT_EQ(table().find_column("iban")->access, ColumnAccess::kHidden);
  EXPECT_EQ(table().find_column("secret"), nullptr);
  EXPECT_EQ(restore(99), "not_found");
}

TEST_F(Tables, SeveralTablesChangeTogetherOrNotAtAll) {
  const auto change_all = [&](const std::vector<base::TableId>& ids, model::TableAccess access) {
    const auto changed =
        change_access(store_.get(), caller(Role::kMaker), *view(), ids, access, kNow);
    return changed ? "stored" : refusal(changed.error());
  };
  using enum model::TableAccess;
  EXPECT_EQ(change_all({kOrders, base::TableId("tbl_theirs")}, kShared), "not_found");
  EXPECT_EQ(table().access, kHidden);
  EXPECT_EQ(change_all({kOrders}, kRestricted), "invalid_body access");
  EXPECT_EQ(change_all({kOrders, kOrders}, kShared), "invalid_body ids");
  EXPECT_EQ(change_all({}, kShared), "invalid_body ids");
  EXPECT_EQ(change_all({kOrders}, kShared), "stored");
  EXPECT_EQ(table().access, kShared);
}

TEST_F(Tables, ATableThatItsDatabaseHasIsNotRemoved) {
  const auto seen = view();
  const Caller who = caller(Role::kMaker);
  const auto removed = remove_table(store_.get(), {who, *seen, kOrders, kNow});
  ASSERT_FALSE(removed.ok());
  EXPECT_EQ(removed.error().code, base::Code::kConflict);
}

TEST(TableCheck, ATableIsUndecidedUntilSomebodySaysWhoSeesWhat) {
  model::Table table = orders("tbl_a", "dbs_a");
  EXPECT_FALSE(model::is_undecided(table, {}));
  table.access = model::TableAccess::kRestricted;
  EXPECT_TRUE(model::is_undecided(table, {}));
  table.rules = {
      {base::RuleId("rul_a"), "R",
       model::parse_rule_node(base::parse_json(R"({"column":"city","operator":"isSet"})").value())
           .value()}};
  EXPECT_FALSE(model::is_undecided(table, {}));
  table.columns.erase(table.columns.begin());
  EXPECT_TRUE(model::is_undecided(table, {}));
  EXPECT_THAT(model::gone_columns(table), ElementsAre("city"));
}

}  // namespace
}  // namespace catalog
