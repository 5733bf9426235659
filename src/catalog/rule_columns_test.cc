#include "catalog/rule_columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace catalog {
namespace {

using model::ColumnAccess;
using model::ValueType;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

model::AccessRule rule(const std::string& json) {
  return {base::RuleId("rul_a"), "Rule",
          model::parse_rule_node(base::parse_json(json).value()).value()};
}

model::Table orders(const std::vector<std::string>& rules) {
  model::Table table{base::TableId("tbl_orders"),
                     base::DatabaseId("dbs_a"),
                     "orders",
                     "Orders",
                     model::TableAccess::kRestricted,
                     {},
                     {},
                     {},
                     {}};
  for (const auto& [name, type] :
       {std::pair("city", ValueType::kString), std::pair("shop", ValueType::kString),
        std::pair("amount", ValueType::kInteger), std::pair("made", ValueType::kDate),
        std::pair("sold", ValueType::kDatetime)}) {
    table.columns.push_back({name, type, ColumnAccess::kVisible});
  }
  for (const std::string& json : rules) table.rules.push_back(rule(json));
  return table;
}

const std::string kCity = R"({"column":"city","operator":"isEqualTo","attribute":"city"})";
const std::string kShop = R"({"column":"shop","operator":"isIn","attribute":"shops"})";
const std::string kAmount = R"({"column":"amount","operator":"isLessThan","attribute":"most"})";
const std::string kNotCity = R"({"column":"city","operator":"isDifferentFrom","attribute":"city"})";
const std::string kGone = R"({"column":"gone","operator":"isEqualTo","attribute":"city"})";
const std::string kPrefix = R"({"column":"shop","operator":"startsWith","attribute":"shop"})";
const std::string kLately =
    R"({"column":"sold","operator":"isInLastDays","type":"integer","values":[30]})";

std::string both(const std::string& a, const std::string& b) {
  return R"({"and":[)" + a + "," + b + "]}";
}
std::string either(const std::string& a, const std::string& b) {
  return R"({"or":[)" + a + "," + b + "]}";
}

TEST(RuleColumns, ValuesComeBeforeBoundsAndOftenBeforeSeldom) {
  EXPECT_THAT(rule_columns(orders({kAmount, kShop, kCity, kCity})),
              ElementsAre("city", "shop", "amount"));
  EXPECT_THAT(rule_columns(orders({either(kAmount, both(kShop, kCity))})),
              ElementsAre("shop", "city", "amount"));
}

TEST(RuleColumns, WhatSkipsNothingIsLeftOut) {
  EXPECT_THAT(rule_columns(orders({kNotCity, kGone})), IsEmpty());
  EXPECT_THAT(rule_columns(orders({})), IsEmpty());
}

TEST(LayoutColumns, TheMainDateComesLast) {
  EXPECT_THAT(layout_columns(orders({kAmount, kCity})), ElementsAre("city", "amount", "made"));
  EXPECT_THAT(layout_columns(orders({})), ElementsAre("made"));
  model::Table by_dimension = orders({kCity});
  by_dimension.dimensions = {{"where", "Where", "city"}, {"when", "When", "sold"}};
  EXPECT_THAT(layout_columns(by_dimension), ElementsAre("city", "sold"));
  EXPECT_THAT(layout_columns(orders({kLately, kCity})), ElementsAre("city", "sold", "made"));
}

TEST(LayoutColumns, ASqlTableHasNoneAndNeitherHasATableWithoutRulesAndDates) {
  model::Table defined = orders({kCity});
  defined.statement = "SELECT 1";
  EXPECT_THAT(layout_columns(defined), IsEmpty());
  model::Table plain = orders({});
  plain.columns.resize(3);
  EXPECT_THAT(layout_columns(plain), IsEmpty());
}

TEST(SuggestIndexes, OneForRulesThatApplyTogether) {
  EXPECT_THAT(suggest_indexes(orders({kCity, kShop})),
              ElementsAre(R"(CREATE INDEX ON "orders" ("city", "shop", "made"))"));
  EXPECT_THAT(suggest_indexes(orders({both(kAmount, kCity)})),
              ElementsAre(R"(CREATE INDEX ON "orders" ("city", "amount"))"));
}

TEST(SuggestIndexes, OneForEachSideOfAnOr) {
  EXPECT_THAT(suggest_indexes(orders({either(kCity, kShop)})),
              ElementsAre(R"(CREATE INDEX ON "orders" ("city", "made"))",
                          R"(CREATE INDEX ON "orders" ("shop", "made"))"));
}

TEST(SuggestIndexes, OneForARuleThatAppliesToSome) {
  model::Table table = orders({kCity, kShop});
  const auto node = base::parse_json(
      R"({"attribute":"vip","operator":"isEqualTo","type":"boolean","values":[true]})");
  table.rules[1].applies_if = model::parse_user_node(node.value(), "").value();
  EXPECT_THAT(suggest_indexes(table), ElementsAre(R"(CREATE INDEX ON "orders" ("city", "made"))",
                                                  R"(CREATE INDEX ON "orders" ("shop", "made"))"));
}

TEST(SuggestIndexes, NamesAreQuoted) {
  model::Table table = orders({R"({"column":"a\"b","operator":"isEqualTo","attribute":"city"})"});
  table.columns = {{"a\"b", ValueType::kString, ColumnAccess::kVisible}};
  table.name = "sales.or\"ders; DROP";
  EXPECT_THAT(suggest_indexes(table),
              ElementsAre(R"(CREATE INDEX ON "sales"."or""ders; DROP" ("a""b"))"));
}

TEST(SuggestIndexes, NoneWhereNoneHelps) {
  EXPECT_THAT(suggest_indexes(orders({kNotCity})), IsEmpty());
  EXPECT_THAT(suggest_indexes(orders({kPrefix})), IsEmpty());
  EXPECT_THAT(suggest_indexes(orders({})), IsEmpty());
}

}  // namespace
}  // namespace catalog
