#include "guard/row_filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "guard/guard_test_support.h"

namespace guard {
namespace {

using auth::embed_principal;
using auth::list_attribute;
using auth::scalar_attribute;
using model::AttributeValues;
using model::Value;
using model::ValueType;

const std::string kEqualRule = R"({"column":"city","operator":"isEqualTo","attribute":"location"})";
const std::string kInRule = R"({"column":"city","operator":"isIn","attribute":"location"})";
const std::string kIdRule = R"({"column":"id","operator":"isIn","attribute":"numbers"})";

AttributeValues located(model::AttributeValue value) { return {{"location", std::move(value)}}; }

/// The filter of a restricted table with `rules` for a token with `attributes`, or the refusal.
std::string filter_for(const std::vector<std::string>& rules, AttributeValues attributes) {
  return filter_of(seal_orders(orders_table(rules), embed_principal(std::move(attributes))));
}

std::vector<Value> arguments_for(const std::string& rule, AttributeValues attributes) {
  const auto sealed = seal_orders(orders_table({rule}), embed_principal(std::move(attributes)));
  return sealed ? sealed->statement().arguments : std::vector<Value>();
}

TEST(RowFilter, ASharedTableGivesAllRowsToATokenWithoutAttributes) {
  model::Table table = orders_table({});
  table.access = model::TableAccess::kShared;
  EXPECT_EQ(filter_of(seal_orders(table, embed_principal({}))), "all rows");
}

TEST(RowFilter, AHiddenTableIsRefusedEvenWithRulesAndAttributes) {
  model::Table table = orders_table({kEqualRule});
  table.access = model::TableAccess::kHidden;
  const auto principal = embed_principal(located(scalar_attribute(std::string("Paris"))));
  EXPECT_EQ(refusal_of(seal_orders(table, principal)), "no_rule");
}

TEST(RowFilter, ARestrictedTableWithoutRulesIsRefused) {
  EXPECT_EQ(filter_for({}, located(scalar_attribute(std::string("Paris")))), "no_rule");
}

TEST(RowFilter, AnAbsentAttributeIsRefusedByName) {
  EXPECT_EQ(filter_for({kEqualRule}, {}), "attribute_missing user.attributes.location");
  EXPECT_EQ(filter_for({kInRule}, {}), "attribute_missing user.attributes.location");
  EXPECT_EQ(filter_for({kEqualRule}, {{"Location", scalar_attribute(std::string("Paris"))}}),
            "attribute_missing user.attributes.location");
}

TEST(RowFilter, AnEmptyListIsRefusedByName) {
  EXPECT_EQ(filter_for({kInRule}, located(list_attribute(ValueType::kString, {}))),
            "attribute_missing user.attributes.location");
  EXPECT_EQ(filter_for({kEqualRule}, located(list_attribute(ValueType::kString, {}))),
            "attribute_missing user.attributes.location");
}

TEST(RowFilter, AnotherTypeThanTheColumnIsRefusedByName) {
  const std::vector<Value> wrong{std::int64_t{75}, 75.0, true, model::Date{}, model::Datetime{}};
  for (const Value& value : wrong) {
    EXPECT_EQ(filter_for({kEqualRule}, located(scalar_attribute(value))),
              "attribute_type user.attributes.location");
    EXPECT_EQ(filter_for({kInRule}, located(list_attribute(ValueType::kString,
                                                           {std::string("Paris"), value}))),
              "attribute_type user.attributes.location");
  }
}

TEST(RowFilter, TextIsNotTakenForANumberNorANumberForTheWholeNumberItRoundsTo) {
  EXPECT_EQ(filter_for({kIdRule}, {{"numbers", scalar_attribute(std::string("7"))}}),
            "attribute_type user.attributes.numbers");
  EXPECT_EQ(filter_for({kIdRule}, {{"numbers", scalar_attribute(7.0)}}),
            "attribute_type user.attributes.numbers");
}

TEST(RowFilter, AListWhereOneValueIsNeededIsRefusedByName) {
  EXPECT_EQ(
      filter_for({kEqualRule}, located(list_attribute(ValueType::kString, {std::string("Paris"),
                                                                           std::string("Lyon")}))),
      "attribute_type user.attributes.location");
}

TEST(RowFilter, AListOfOneServesIsEqualToAndAScalarServesIsIn) {
  EXPECT_EQ(
      filter_for({kEqualRule}, located(list_attribute(ValueType::kString, {std::string("Paris")}))),
      R"((CAST("city" AS VARCHAR) = $1))");
  EXPECT_EQ(filter_for({kInRule}, located(scalar_attribute(std::string("Paris")))),
            R"((CAST("city" AS VARCHAR) IN ($1)))");
}

TEST(RowFilter, BindsEveryValueOfAList) {
  const AttributeValues attributes =
      located(list_attribute(ValueType::kString, {std::string("Paris"), std::string("Lyon")}));
  EXPECT_EQ(filter_for({kInRule}, attributes), R"((CAST("city" AS VARCHAR) IN ($1, $2)))");
  EXPECT_THAT(arguments_for(kInRule, attributes),
              ::testing::ElementsAre(Value("Paris"), Value("Lyon")));
}

TEST(RowFilter, AWholeNumberServesANumericColumnAsTheNumberItIs) {
  const std::string rule = R"({"column":"amount","operator":"isEqualTo","attribute":"limit"})";
  EXPECT_THAT(arguments_for(rule, {{"limit", scalar_attribute(std::int64_t{12})}}),
              ::testing::ElementsAre(Value(12.0)));
}

TEST(RowFilter, AWholeNumberThatWouldBeRoundedIsRefused) {
  const std::string rule = R"({"column":"amount","operator":"isEqualTo","attribute":"limit"})";
  constexpr std::int64_t kFirstRounded = (std::int64_t{1} << 53) + 1;
  EXPECT_EQ(filter_for({rule}, {{"limit", scalar_attribute(kFirstRounded)}}),
            "attribute_type user.attributes.limit");
  EXPECT_EQ(filter_for({rule}, {{"limit", scalar_attribute(kFirstRounded - 1)}}),
            R"(("amount" = $1))");
}

TEST(RowFilter, SeveralRulesAllApply) {
  const std::string paid =
      R"({"column":"paid","operator":"isEqualTo","type":"boolean","values":[true]})";
  EXPECT_EQ(filter_for({kEqualRule, paid}, located(scalar_attribute(std::string("Paris")))),
            R"(((CAST("city" AS VARCHAR) = $1) AND ("paid" = $2)))");
}

TEST(RowFilter, OneRuleThatCanNotBeMetRefusesTheQuery) {
  const std::string paid =
      R"({"column":"paid","operator":"isEqualTo","type":"boolean","values":[true]})";
  EXPECT_EQ(filter_for({paid, kEqualRule}, {}), "attribute_missing user.attributes.location");
}

TEST(RowFilter, OrStandsOnlyInsideTheGroupThatTheAuthorDrew) {
  const std::string group =
      R"({"or":[{"column":"city","operator":"isEqualTo","attribute":"location"},)"
      R"({"and":[{"column":"paid","operator":"isEqualTo","type":"boolean","values":[true]},)"
      R"({"column":"id","operator":"isIn","type":"integer","values":[1,2]}]}]})";
  EXPECT_EQ(
      filter_for({group, kIdRule}, {{"location", scalar_attribute(std::string("Paris"))},
                                    {"numbers", scalar_attribute(std::int64_t{1})}}),
      R"((((CAST("city" AS VARCHAR) = $1) OR (("paid" = $2) AND ("id" IN ($3, $4)))) AND ("id" IN ($3))))");
}

TEST(RowFilter, AMissingAttributeRefusesEvenWhereAnotherBranchOfAnOrWouldHold) {
  const std::string group =
      R"({"or":[{"column":"paid","operator":"isEqualTo","type":"boolean","values":[true]},)"
      R"({"column":"city","operator":"isEqualTo","attribute":"location"}]})";
  EXPECT_EQ(filter_for({group}, {}), "attribute_missing user.attributes.location");
}

model::Table with_rule(model::RuleNode rows) {
  model::Table table = orders_table({});
  table.rules.push_back({base::RuleId("rul_test"), "A rule", std::move(rows)});
  return table;
}

TEST(RowFilter, ARuleThatIsNotWholeIsRefused) {
  using model::Condition;
  using model::RuleOperator;
  const auto principal = embed_principal({});
  const model::RuleNode empty_group{model::Group{model::Junction::kAnd, {}}};
  const model::RuleNode inside{model::Group{model::Junction::kOr, {empty_group}}};
  const model::RuleNode no_value{
      Condition{"city", RuleOperator::kIn, {model::ConstantOperand{{}}}}};
  const model::RuleNode no_column{
      Condition{"gone", RuleOperator::kIn, {model::ConstantOperand{{std::string("x")}}}}};
  for (const model::RuleNode& node : {empty_group, inside, no_value, no_column}) {
    const auto sealed = seal_orders(with_rule(node), principal);
    EXPECT_EQ(refusal_of(sealed), "no_rule");
    EXPECT_THAT(sealed.error().what, ::testing::Not(::testing::HasSubstr("gone")));
  }
}

TEST(RowFilter, AConstantThatDoesNotFitIsTheRulesFaultAndNoAttributes) {
  using model::Condition;
  using model::RuleOperator;
  const model::RuleNode other_type{
      Condition{"city", RuleOperator::kEqual, {model::ConstantOperand{{true}}}}};
  const model::RuleNode two_values{Condition{
      "id", RuleOperator::kEqual, {model::ConstantOperand{{std::int64_t{1}, std::int64_t{2}}}}}};
  for (const model::RuleNode& node : {other_type, two_values}) {
    EXPECT_EQ(refusal_of(seal_orders(with_rule(node), embed_principal({}))), "no_rule");
  }
}

TEST(RowFilter, TextOfATokenNeverBecomesSql) {
  const std::string evil = R"(x' OR '1'='1"; DROP TABLE orders; --)";
  const auto sealed =
      seal_orders(orders_table({kEqualRule}), embed_principal(located(scalar_attribute(evil))));
  ASSERT_TRUE(sealed.ok());
  EXPECT_THAT(sealed->statement().text, ::testing::Not(::testing::HasSubstr("DROP")));
  EXPECT_THAT(sealed->statement().arguments, ::testing::ElementsAre(Value(evil)));
}

}  // namespace
}  // namespace guard
