#include "guard/column_filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "guard/guard_test_support.h"

namespace guard {
namespace {

using auth::embed_principal;
using auth::scalar_attribute;
using model::ColumnAccess;
using model::Role;

/// A column `amount` of this JSON: {"access", "exceptions"}.
model::Column amount(const std::string& members) {
  const std::string text = R"([{"name":"amount","type":"numeric",)" + members + "}]";
  return model::parse_columns(base::parse_json(text).value()).value().front();
}

model::Principal token(Role role, model::AttributeValues attributes) {
  return embed_principal(auth::kTestOrganization, role, std::move(attributes));
}

model::Principal of_team(const std::string& team) {
  return token(Role::kExplorer, {{"team", scalar_attribute(team)}});
}

const std::string kForMakers = R"({"if":{"role":["maker"]},"access":"visible"})";
const std::string kForSales =
    R"({"if":{"attribute":"team","operator":"isEqualTo","type":"string","values":["sales"]},)"
    R"("access":"masked"})";

TEST(ColumnAccess, IsItsOwnWhereNoExceptionApplies) {
  const auto explorer = token(Role::kExplorer, {});
  EXPECT_EQ(column_access(amount(R"("access":"visible")"), explorer), ColumnAccess::kVisible);
  EXPECT_EQ(column_access(amount(R"("access":"masked")"), explorer), ColumnAccess::kMasked);
  EXPECT_EQ(column_access(amount(R"("access":"hidden")"), explorer), ColumnAccess::kHidden);
  const model::Column column = amount(R"("access":"hidden","exceptions":[)" + kForMakers + "]");
  EXPECT_EQ(column_access(column, explorer), ColumnAccess::kHidden);
  EXPECT_EQ(column_access(column, token(Role::kMaker, {})), ColumnAccess::kVisible);
}

TEST(ColumnAccess, TheFirstExceptionThatAppliesDecides) {
  const model::Column column = amount(R"("access":"visible","exceptions":[)" + kForSales + "," +
                                      R"({"if":{"role":["explorer"]},"access":"hidden"}])");
  EXPECT_EQ(column_access(column, of_team("sales")), ColumnAccess::kMasked);
  EXPECT_EQ(column_access(column, of_team("support")), ColumnAccess::kHidden);
  const auto maker = token(Role::kMaker, {{"team", scalar_attribute(std::string("support"))}});
  EXPECT_EQ(column_access(column, maker), ColumnAccess::kVisible);
}

TEST(ColumnAccess, AnExceptionThatCanNotBeDecidedHides) {
  const model::Column column = amount(R"("access":"visible","exceptions":[)" + kForSales + "]");
  EXPECT_EQ(column_access(column, token(Role::kExplorer, {})), ColumnAccess::kHidden);
  const auto mistyped = token(Role::kExplorer, {{"team", scalar_attribute(std::int64_t{1})}});
  EXPECT_EQ(column_access(column, mistyped), ColumnAccess::kHidden);
  const model::Column decided_before =
      amount(R"("access":"hidden","exceptions":[)" + kForMakers + "," + kForSales + "]");
  EXPECT_EQ(column_access(decided_before, token(Role::kMaker, {})), ColumnAccess::kVisible);
  EXPECT_EQ(column_access(decided_before, token(Role::kExplorer, {})), ColumnAccess::kHidden);
}

model::Table with_amount(const std::string& members) {
  model::Table table = orders_table({});
  table.access = model::TableAccess::kShared;
  table.columns[2] = amount(members);
  return table;
}

base::Result<SealedQuery> ask_for_amount(const model::Table& table,
                                         const model::Principal& principal) {
  const Tables tables = tables_of({table});
  return seal({{{sql::column("amount"), "amount"}}, sql::TableReference{kOrders}}, principal,
              policies_of(tables));
}

TEST(HiddenColumn, IsRefusedInTheSameWordsAsOneThatNeverWas) {
  const auto explorer = token(Role::kExplorer, {});
  const auto hidden = ask_for_amount(with_amount(R"("access":"hidden")"), explorer);
  model::Table without = with_amount(R"("access":"visible")");
  without.columns.erase(without.columns.begin() + 2);
  const auto unknown = ask_for_amount(without, explorer);
  EXPECT_EQ(refusal_of(hidden), "not_found");
  EXPECT_EQ(refusal_of(unknown), "not_found");
  EXPECT_EQ(hidden.error().what, unknown.error().what);
  EXPECT_THAT(hidden.error().what, ::testing::Not(::testing::HasSubstr("amount")));
}

TEST(HiddenColumn, IsNotInTheQueryButInTheDecision) {
  const auto sealed = seal_orders(with_amount(R"("access":"hidden")"), token(Role::kExplorer, {}));
  ASSERT_TRUE(sealed.ok());
  EXPECT_THAT(sealed->statement().text, ::testing::Not(::testing::HasSubstr("amount")));
  EXPECT_THAT(sealed->decision().tables.front().hidden_columns, ::testing::ElementsAre("amount"));
}

TEST(HiddenColumn, ARuleMayTestIt) {
  model::Table table = with_amount(R"("access":"hidden")");
  table.access = model::TableAccess::kRestricted;
  table.rules = orders_table({R"({"column":"amount","operator":"isLessThan",)"
                              R"("type":"numeric","values":[5]})"})
                    .rules;
  EXPECT_EQ(filter_of(seal_orders(table, token(Role::kExplorer, {}))), R"(("amount" < $1))");
}

TEST(MaskedColumn, IsAMaskAroundTheRules) {
  model::Table table = with_amount(R"("access":"masked")");
  table.access = model::TableAccess::kRestricted;
  table.rules = orders_table({R"({"column":"amount","operator":"isLessThan",)"
                              R"("type":"numeric","values":[5]})"})
                    .rules;
  const auto sealed = ask_for_amount(table, token(Role::kExplorer, {}));
  ASSERT_TRUE(sealed.ok());
  EXPECT_THAT(sealed->statement().text,
              ::testing::HasSubstr(R"(CAST(NULL AS DOUBLE) AS "amount")"));
  EXPECT_THAT(sealed->statement().text, ::testing::HasSubstr(R"(WHERE ("amount" < $1)) AS "t")"));
  EXPECT_THAT(sealed->decision().tables.front().masked_columns, ::testing::ElementsAre("amount"));
}

TEST(MaskedColumn, HasAMaskOfItsOwnType) {
  using model::ValueType;
  EXPECT_TRUE(std::holds_alternative<sql::Bound>(mask_of(ValueType::kString)->node));
  for (const auto type : {ValueType::kInteger, ValueType::kNumeric, ValueType::kBoolean,
                          ValueType::kDate, ValueType::kDatetime}) {
    EXPECT_EQ(std::get<sql::Null>(mask_of(type)->node).type, type);
  }
}

TEST(Columns, ATableOfWhichNoneMayBeSeenIsRefused) {
  model::Table table = orders_table({});
  table.access = model::TableAccess::kShared;
  for (model::Column& column : table.columns) column.access = ColumnAccess::kHidden;
  const Tables tables = tables_of({table});
  const sql::Select count{{{sql::call(sql::Function::kCount, {}), "rows"}},
                          sql::TableReference{kOrders}};
  EXPECT_EQ(refusal_of(seal(count, token(Role::kExplorer, {}), policies_of(tables))), "no_rule");
}

TEST(Columns, ThoseWhoWriteTheRulesSeeAllAndTokensWithTheirRoleDoNot) {
  const model::Table table = with_amount(R"("access":"hidden")");
  for (const Role role : {Role::kMaker, Role::kAdmin}) {
    const auto user = auth::user_principal(auth::kTestOrganization, role);
    EXPECT_TRUE(ask_for_amount(table, user).ok());
    EXPECT_EQ(refusal_of(ask_for_amount(table, token(role, {}))), "not_found");
  }
  const auto explorer = auth::user_principal(auth::kTestOrganization, Role::kExplorer);
  EXPECT_EQ(refusal_of(ask_for_amount(table, explorer)), "not_found");
}

TEST(SeenColumns, AreThoseThatAreNotHiddenInOrder) {
  model::Table table = with_amount(R"("access":"masked")");
  table.columns[0].access = ColumnAccess::kHidden;
  std::string seen;
  for (const SeenColumn& column : seen_columns(table, token(Role::kExplorer, {}))) {
    seen += column.column->name + (column.masked ? " masked, " : ", ");
  }
  EXPECT_EQ(seen, "city, amount masked, paid, day, at, ");
}

}  // namespace
}  // namespace guard
