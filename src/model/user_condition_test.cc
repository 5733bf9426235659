#include "model/user_condition.h"

#include <gtest/gtest.h>

namespace model {
namespace {

/// The node written again, or where it is wrong.
std::string reread(std::string_view text) {
  const auto node = parse_user_node(base::parse_json(text).value(), "if");
  if (node) return base::render_json(render_user_node(*node));
  EXPECT_EQ(node.error().code, base::Code::kInvalidBody);
  return "refused " + node.error().field;
}

/// Of a condition on the attribute `a` with these members more.
std::string reread_attribute(const std::string& members) {
  return reread(R"({"attribute":"a",)" + members + "}");
}

TEST(UserNode, WhatWasReadIsWrittenTheSame) {
  for (const std::string text :
       {R"({"role":["explorer"]})", R"({"role":["explorer","maker","admin"]})",
        R"({"attribute":"a","operator":"isSet"})", R"({"attribute":"a","operator":"isNotSet"})",
        R"({"attribute":"a","operator":"isEqualTo","type":"string","values":["x"]})",
        R"({"attribute":"a","operator":"isDifferentFrom","type":"boolean","values":[true]})",
        R"({"attribute":"a","operator":"isIn","type":"date","values":["2024-02-29"]})",
        R"({"attribute":"a","operator":"isNotIn","type":"integer","values":[1,2,2]})",
        R"({"attribute":"a","operator":"contains","type":"string","values":[""]})",
        R"({"attribute":"a","operator":"startsWith","type":"string","values":["%"]})",
        R"({"attribute":"a","operator":"isGreaterThan","type":"integer","values":[-1]})",
        R"({"attribute":"a","operator":"isBetween","type":"integer","values":[1,5]})",
        R"({"and":[{"role":["maker"]},{"or":[{"attribute":"a","operator":"isSet"}]}]})"}) {
    EXPECT_EQ(reread(text), text);
  }
}

TEST(UserNode, OneRoleMayStandAlone) {
  EXPECT_EQ(reread(R"({"role":"maker"})"), R"({"role":["maker"]})");
}

TEST(UserNode, RefusesRolesThatAreNoneOrUnknown) {
  EXPECT_EQ(reread(R"({"role":[]})"), "refused if.role");
  EXPECT_EQ(reread(R"({"role":["Maker"]})"), "refused if.role");
  EXPECT_EQ(reread(R"({"role":["maker","root"]})"), "refused if.role");
  EXPECT_EQ(reread(R"({"role":null})"), "refused if.role");
  EXPECT_EQ(reread(R"({"role":["maker"],"attribute":"a"})"), "refused if.attribute");
}

TEST(UserNode, RefusesOperatorsThatDoNotFitTheType) {
  EXPECT_EQ(reread_attribute(R"("operator":"contains","type":"integer","values":[1])"),
            "refused if.operator");
  EXPECT_EQ(reread_attribute(R"("operator":"isIn","type":"boolean","values":[true])"),
            "refused if.operator");
  EXPECT_EQ(reread_attribute(R"("operator":"isGreaterThan","type":"string","values":["a"])"),
            "refused if.operator");
  EXPECT_EQ(reread_attribute(R"("operator":"isBetween","type":"boolean","values":[true,true])"),
            "refused if.operator");
}

TEST(UserNode, ATokenIsTooShortLivedForTheTimeThatHasPassed) {
  EXPECT_EQ(reread_attribute(R"("operator":"isInLastDays","type":"integer","values":[7])"),
            "refused if.operator");
  EXPECT_EQ(reread_attribute(R"("operator":"isInLastDays","type":"date","values":["2024-01-01"])"),
            "refused if.operator");
}

TEST(UserNode, RefusesAnotherNumberOfValuesThanTheOperatorTakes) {
  EXPECT_EQ(reread_attribute(R"("operator":"isEqualTo","type":"string","values":[])"),
            "refused if.values");
  EXPECT_EQ(reread_attribute(R"("operator":"isEqualTo","type":"string","values":["a","b"])"),
            "refused if.values");
  EXPECT_EQ(reread_attribute(R"("operator":"isBetween","type":"integer","values":[1])"),
            "refused if.values");
  EXPECT_EQ(reread_attribute(R"("operator":"isBetween","type":"integer","values":[1,2,3])"),
            "refused if.values");
  EXPECT_EQ(reread_attribute(R"("operator":"isIn","type":"integer","values":[])"),
            "refused if.values");
  EXPECT_EQ(reread_attribute(R"("operator":"isSet","type":"string","values":["a"])"),
            "refused if.type");
  EXPECT_EQ(reread_attribute(R"("operator":"isEqualTo","type":"string")"), "refused if.values");
}

TEST(UserNode, AListHasAtMostAThousandValues) {
  const auto list_of = [](int count) {
    std::string list = "0";
    for (int i = 1; i < count; ++i) list += "," + std::to_string(i);
    return reread_attribute(R"("operator":"isIn","type":"integer","values":[)" + list + "]");
  };
  EXPECT_FALSE(list_of(1000).starts_with("refused"));
  EXPECT_EQ(list_of(1001), "refused if.values");
}

TEST(UserNode, RefusesValuesOfAnotherTypeAndUnknownMembers) {
  EXPECT_EQ(reread_attribute(R"("operator":"isIn","type":"integer","values":[1,"1"])"),
            "refused if.values");
  EXPECT_EQ(reread_attribute(R"("operator":"isEqualTo","type":"integer","values":[1.0])"),
            "refused if.values");
  EXPECT_EQ(reread_attribute(R"("operator":"isEqualTo","type":"date","values":["2023-02-29"])"),
            "refused if.values");
  EXPECT_EQ(reread_attribute(R"("operator":"isEqualTo","type":"string","values":["a\u0000"])"),
            "refused if.values");
  EXPECT_EQ(reread_attribute(R"("operator":"isEqualTo","type":"text","values":["a"])"),
            "refused if.type");
  EXPECT_EQ(reread_attribute(R"("operator":"isSet","sql":"1=1")"), "refused if.sql");
  EXPECT_EQ(reread(R"({"operator":"isSet"})"), "refused if.attribute");
  EXPECT_EQ(reread(R"({"attribute":"a"})"), "refused if.operator");
  EXPECT_EQ(reread("{}"), "refused if.attribute");
}

TEST(UserNode, NamesThePlaceInsideOfGroups) {
  EXPECT_EQ(reread(R"({"or":[{"role":["maker"]},{"and":[{"role":["x"]}]}]})"),
            "refused if.or[1].and[0].role");
  EXPECT_EQ(reread(R"({"and":[]})"), "refused if.and");
}

}  // namespace
}  // namespace model
