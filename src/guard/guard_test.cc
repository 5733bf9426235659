#include "guard/guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "guard/guard_test_support.h"

namespace guard {
namespace {

using auth::embed_principal;
using auth::kForeignOrganization;
using auth::kTestOrganization;
using auth::user_principal;
using model::Role;

const std::string kCityRule = R"({"column":"city","operator":"isEqualTo","attribute":"location"})";

model::Principal viewer_of(const std::string& city) {
  return embed_principal({{"location", auth::scalar_attribute(city)}});
}

model::Table shared_orders() {
  model::Table table = orders_table({});
  table.access = model::TableAccess::kShared;
  return table;
}

base::Result<SealedQuery> seal_plan(const sql::Select& plan, const model::Table& table) {
  const Tables tables = tables_of({table});
  return seal(plan, viewer_of("Paris"), policies_of(tables));
}

TEST(Guard, ReplacesTheTableByItsAllowedRows) {
  const auto sealed = seal_orders(orders_table({kCityRule}), viewer_of("Paris"));
  ASSERT_TRUE(sealed.ok());
  EXPECT_EQ(sealed->statement().text,
            R"(SELECT "id" AS "id" FROM (SELECT "id" AS "id", "city" AS "city", )"
            R"("amount" AS "amount", "paid" AS "paid", "day" AS "day", "at" AS "at" )"
            R"(FROM "orders" WHERE (CAST("city" AS VARCHAR) = $1)) AS "t")");
  EXPECT_THAT(sealed->statement().arguments, ::testing::ElementsAre(model::Value("Paris")));
  EXPECT_EQ(sealed->organization(), kTestOrganization);
  EXPECT_EQ(sealed->database(), base::DatabaseId("dbs_shop"));
}

TEST(Guard, WhatHasAQueryExplainedHoldsTheWholeQuery) {
  const auto sealed = seal_orders(orders_table({kCityRule}), viewer_of("Paris"));
  ASSERT_TRUE(sealed.ok());
  const sql::Statement& statement = sealed->statement();
  EXPECT_EQ(sealed->plan_statement().text, "EXPLAIN " + statement.text);
  EXPECT_EQ(sealed->profile_statement().text, "EXPLAIN (ANALYZE, FORMAT json) " + statement.text);
  EXPECT_EQ(sealed->plan_statement().arguments, statement.arguments);
  EXPECT_EQ(sealed->profile_statement().arguments, statement.arguments);
}

TEST(Guard, OnlyThoseWhoSeeAllRowsMaySeePlans) {
  EXPECT_TRUE(may_see_plan(user_principal(kTestOrganization, Role::kMaker)));
  EXPECT_TRUE(may_see_plan(user_principal(kTestOrganization, Role::kAdmin)));
  EXPECT_FALSE(may_see_plan(user_principal(kTestOrganization, Role::kExplorer)));
  EXPECT_FALSE(may_see_plan(viewer_of("Paris")));
}

TEST(Guard, SaysWhichRuleAndAttributeDecided) {
  const auto sealed = seal_orders(orders_table({kCityRule}), viewer_of("Paris"));
  ASSERT_TRUE(sealed.ok());
  const Decision& decision = sealed->decision();
  ASSERT_EQ(decision.tables.size(), 1U);
  const TableDecision& orders = decision.tables.front();
  EXPECT_FALSE(orders.all_rows_by_role);
  EXPECT_EQ(orders.name, "orders");
  ASSERT_EQ(orders.rules.size(), 1U);
  EXPECT_TRUE(orders.rules[0].applied);
  ASSERT_EQ(orders.conditions.size(), 1U);
  EXPECT_EQ(orders.conditions[0].rule_name, "A rule");
  EXPECT_EQ(orders.conditions[0].column, "city");
  ASSERT_EQ(orders.conditions[0].operands.size(), 1U);
  EXPECT_EQ(orders.conditions[0].operands[0].attribute, "location");
  EXPECT_THAT(orders.conditions[0].operands[0].values,
              ::testing::ElementsAre(model::Value("Paris")));
}

TEST(Guard, KeepsThePlansOwnConditionOutsideTheRules) {
  sql::Select plan = plan_ids();
  plan.where = sql::call(
      sql::Function::kOr,
      {sql::call(sql::Function::kEqual, {sql::column("city"), sql::bound(std::string("x"))}),
       sql::call(sql::Function::kEqual, {sql::bound(true), sql::bound(true)})});
  const auto sealed = seal_plan(plan, orders_table({kCityRule}));
  ASSERT_TRUE(sealed.ok());
  EXPECT_THAT(
      sealed->statement().text,
      ::testing::HasSubstr(
          R"(WHERE (CAST("city" AS VARCHAR) = $1)) AS "t" WHERE ((CAST("city" AS VARCHAR) = $2) OR )"));
}

/// The ids of those orders whose `column` is among that column's values of `from`.
sql::Select plan_among(const std::string& column, const base::TableId& from) {
  sql::Select values{{{sql::column(column), column}}, sql::TableReference{from}};
  values.limit_rows = 3;
  sql::Select plan = plan_ids();
  plan.where =
      sql::among(sql::column("city"), std::make_shared<const sql::Select>(std::move(values)));
  return plan;
}

TEST(Guard, AQueryInsideOfAnExpressionIsHeldToTheSameRules) {
  sql::Select plan = plan_among("city", kOrders);
  // As deep as expressions go, and in a projection as well.
  plan.projections.push_back(
      {sql::call(sql::Function::kWhen,
                 {sql::call(sql::Function::kAnd, {plan.where, plan.where}), sql::column("city")}),
       "top"});
  const auto sealed = seal_plan(plan, orders_table({kCityRule}));
  ASSERT_TRUE(sealed.ok());
  const std::string& text = sealed->statement().text;
  const auto count_of = [&](std::string_view wanted) {
    std::size_t count = 0;
    for (auto at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) {
      ++count;
    }
    return count;
  };
  EXPECT_EQ(count_of("FROM \"orders\""), 4U) << text;
  EXPECT_EQ(count_of("FROM \"orders\" WHERE (CAST(\"city\" AS VARCHAR) = $1)) AS \"t\""), 4U)
      << text;
  EXPECT_EQ(sealed->decision().tables.size(), 1U) << "one table, decided once";
}

TEST(Guard, AQueryInsideOfAnExpressionOpensNothing) {
  EXPECT_EQ(refusal_of(seal_plan(plan_among("city", base::TableId("tbl_none")), shared_orders())),
            "not_found");
  EXPECT_EQ(refusal_of(seal_plan(plan_among("none", kOrders), shared_orders())), "not_found");
  model::Table table = shared_orders();
  table.columns[3].access = model::ColumnAccess::kHidden;
  EXPECT_EQ(refusal_of(seal_plan(plan_among("paid", kOrders), table)), "not_found");
  sql::Select hidden = plan_among("id", kOrders);
  hidden.where = sql::among(sql::column("paid"), std::get<sql::Among>(hidden.where->node).values);
  EXPECT_EQ(refusal_of(seal_plan(hidden, table)), "not_found");
  hidden.where = nullptr;
  hidden.last = sql::call(sql::Function::kIsNotSet, {sql::column("paid")});
  EXPECT_EQ(refusal_of(seal_plan(hidden, table)), "not_found") << "of the order";
  hidden.last = nullptr;
  hidden.where = sql::among(sql::column("city"),
                            std::make_shared<const sql::Select>(sql::Select{
                                {{sql::column("city"), "city"}}, sql::PhysicalTable{"orders"}}));
  EXPECT_EQ(refusal_of(seal_plan(hidden, table)), "internal") << "a physical table";
}

TEST(Guard, AnAdminAndAMakerWhoSignedInSeeAllRows) {
  for (const Role role : {Role::kAdmin, Role::kMaker}) {
    const auto sealed =
        seal_orders(orders_table({kCityRule}), user_principal(kTestOrganization, role));
    ASSERT_TRUE(sealed.ok());
    EXPECT_EQ(filter_of(sealed), "all rows");
    EXPECT_TRUE(sealed->decision().tables.front().all_rows_by_role);
  }
}

TEST(Guard, AnAdminSeesAHiddenTable) {
  model::Table table = orders_table({});
  table.access = model::TableAccess::kHidden;
  const auto sealed = seal_orders(table, user_principal(kTestOrganization, Role::kAdmin));
  EXPECT_EQ(filter_of(sealed), "all rows");
}

TEST(Guard, AnExplorerWhoSignedInIsSubjectToTheRulesAndHasNoAttributes) {
  const auto explorer = user_principal(kTestOrganization, Role::kExplorer);
  EXPECT_EQ(refusal_of(seal_orders(orders_table({kCityRule}), explorer)),
            "attribute_missing user.attributes.location");
  EXPECT_EQ(filter_of(seal_orders(shared_orders(), explorer)), "all rows");
}

TEST(Guard, ATokenIsBoundByTheRulesWhateverItsRole) {
  for (const Role role : {Role::kExplorer, Role::kMaker, Role::kAdmin}) {
    const auto bare =
        auth::PrincipalFactory::for_embed(kTestOrganization, role, auth::embed_identity({}));
    EXPECT_EQ(refusal_of(seal_orders(orders_table({kCityRule}), bare)),
              "attribute_missing user.attributes.location");
    const auto equipped = auth::PrincipalFactory::for_embed(
        kTestOrganization, role,
        auth::embed_identity({{"location", auth::scalar_attribute(std::string("Paris"))}}));
    const auto sealed = seal_orders(orders_table({kCityRule}), equipped);
    EXPECT_EQ(filter_of(sealed), R"((CAST("city" AS VARCHAR) = $1))");
    EXPECT_FALSE(sealed->decision().tables.front().all_rows_by_role);
  }
}

TEST(Guard, RefusesAPrincipalOfAnotherOrganizationAsIfTheTableWereUnknown) {
  const auto foreign =
      seal_orders(shared_orders(), user_principal(kForeignOrganization, Role::kAdmin));
  sql::Select plan = plan_ids();
  plan.from = sql::TableReference{base::TableId("tbl_none")};
  const auto unknown = seal_plan(plan, shared_orders());
  EXPECT_EQ(refusal_of(foreign), "not_found");
  EXPECT_EQ(refusal_of(unknown), "not_found");
  EXPECT_EQ(foreign.error().what, unknown.error().what);
}

TEST(Guard, RefusesAPlanThatNamesAPhysicalTable) {
  sql::Select plan = plan_ids();
  plan.from = sql::PhysicalTable{"orders"};
  EXPECT_EQ(refusal_of(seal_plan(plan, shared_orders())), "internal");
  sql::Select outer = plan_ids();
  outer.from = std::make_shared<const sql::Select>(plan);
  const auto nested = seal_plan(outer, shared_orders());
  EXPECT_EQ(refusal_of(nested), "internal");
  EXPECT_THAT(nested.error().what, ::testing::Not(::testing::HasSubstr("orders")));
}

TEST(Guard, SealsTheTableOfANestedSelect) {
  sql::Select outer = plan_ids();
  outer.from = std::make_shared<const sql::Select>(plan_ids());
  const auto sealed = seal_plan(outer, orders_table({kCityRule}));
  ASSERT_TRUE(sealed.ok());
  EXPECT_THAT(sealed->statement().text,
              ::testing::HasSubstr(
                  R"(FROM "orders" WHERE (CAST("city" AS VARCHAR) = $1)) AS "t") AS "t")"));
}

TEST(Guard, RefusesColumnsThatTheTableDoesNotHave) {
  const sql::Expression secret = sql::column("margin");
  sql::Select projected = plan_ids();
  projected.projections.push_back({secret, "margin"});
  sql::Select inside_a_call = plan_ids();
  inside_a_call.projections.push_back({sql::call(sql::Function::kSum, {secret}), "sum"});
  sql::Select filtered = plan_ids();
  filtered.where = sql::call(sql::Function::kEqual, {secret, sql::bound(1.0)});
  for (const sql::Select& plan : {projected, inside_a_call, filtered}) {
    const auto sealed = seal_plan(plan, shared_orders());
    EXPECT_EQ(refusal_of(sealed), "not_found");
    EXPECT_THAT(sealed.error().what, ::testing::Not(::testing::HasSubstr("margin")));
  }
}

TEST(Guard, ANestedSelectHidesTheColumnsItDoesNotProject) {
  sql::Select outer{{{sql::column("city"), "city"}},
                    std::make_shared<const sql::Select>(plan_ids())};
  EXPECT_EQ(refusal_of(seal_plan(outer, shared_orders())), "not_found");
}

TEST(Guard, TheSameRulesAndAttributesGiveTheSameQuery) {
  const auto first = seal_orders(orders_table({kCityRule}), viewer_of("Paris"));
  const auto second = seal_orders(orders_table({kCityRule}), viewer_of("Paris"));
  const auto other = seal_orders(orders_table({kCityRule}), viewer_of("Lyon"));
  ASSERT_TRUE(first.ok() && second.ok() && other.ok());
  EXPECT_EQ(first->statement().text, second->statement().text);
  EXPECT_EQ(first->statement().arguments, second->statement().arguments);
  EXPECT_NE(first->statement().arguments, other->statement().arguments);
}

TEST(LockedAttributes, AreThoseThatTheRulesUsedOnceEach) {
  const Tables tables = tables_of({orders_table(
      {kCityRule,
       R"({"or":[{"column":"city","operator":"isEqualTo","attribute":"location"},)"
       R"({"column":"paid","operator":"isEqualTo","type":"boolean","values":[true]}]})"})});
  const auto locked = find_locked_attributes(viewer_of("Paris"), policies_of(tables), {kOrders});
  ASSERT_EQ(locked.size(), 1U);
  EXPECT_EQ(locked[0].attribute, "location");
  EXPECT_THAT(locked[0].values, ::testing::ElementsAre(model::Value("Paris")));
}

TEST(LockedAttributes, AreNoneForThoseWhoSeeAllRowsAndForUnknownTables) {
  const Tables tables = tables_of({orders_table({kCityRule})});
  const Policies policies = policies_of(tables);
  EXPECT_THAT(
      find_locked_attributes(user_principal(kTestOrganization, Role::kAdmin), policies, {kOrders}),
      ::testing::IsEmpty());
  EXPECT_THAT(find_locked_attributes(viewer_of("Paris"), policies, {base::TableId("tbl_none")}),
              ::testing::IsEmpty());
}

model::Principal viewer_in(model::Environment environment) {
  model::EmbedIdentity identity =
      auth::embed_identity({{"location", auth::scalar_attribute(std::string("Paris"))}});
  identity.environment = environment;
  return auth::PrincipalFactory::for_embed(kTestOrganization, Role::kExplorer, std::move(identity));
}

base::Result<SealedQuery> count_orders(const model::Principal& principal,
                                       const model::Principal& asker) {
  const Tables tables = tables_of({orders_table({kCityRule})});
  return seal_row_counts(kOrders, principal, asker, policies_of(tables));
}

TEST(GuardRowCounts, CountsAllRowsAndThoseThatTheRulesLeave) {
  const auto maker = user_principal(kTestOrganization, Role::kMaker);
  const auto sealed = count_orders(viewer_of("Paris"), maker);
  ASSERT_TRUE(sealed.ok());
  EXPECT_EQ(
      sealed->statement().text,
      R"(SELECT count(*) AS "before", count(*) FILTER (WHERE (CAST("city" AS VARCHAR) = $1)) AS "after" )"
      R"(FROM "orders")");
}

TEST(GuardRowCounts, AreForThoseWhoMayHaveThemExplained) {
  const auto sandbox = viewer_in(model::Environment::kSandbox);
  const auto production = viewer_in(model::Environment::kProduction);
  const auto maker = user_principal(kTestOrganization, Role::kMaker);
  const auto explorer = user_principal(kTestOrganization, Role::kExplorer);
  EXPECT_EQ(refusal_of(count_orders(sandbox, sandbox)), "sealed");
  EXPECT_EQ(refusal_of(count_orders(production, maker)), "sealed");
  EXPECT_EQ(refusal_of(count_orders(production, production)), "forbidden");
  EXPECT_EQ(refusal_of(count_orders(sandbox, explorer)), "forbidden");
}

TEST(GuardRowCounts, NeitherOfTheTwoIsOfAnotherOrganization) {
  const auto maker = user_principal(kTestOrganization, Role::kMaker);
  const auto stranger = user_principal(kForeignOrganization, Role::kMaker);
  EXPECT_EQ(refusal_of(count_orders(maker, stranger)), "not_found");
  EXPECT_EQ(refusal_of(count_orders(stranger, maker)), "not_found");
}

}  // namespace
}  // namespace guard
