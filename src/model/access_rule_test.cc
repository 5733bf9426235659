#include "model/access_rule.h"

#include <gtest/gtest.h>

namespace model {
namespace {

/// The node written again, or what is wrong with it.
std::string reread(std::string_view text) {
  const auto node = parse_rule_node(base::parse_json(text).value());
  if (node) return base::render_json(render_rule_node(*node));
  EXPECT_EQ(node.error().code, base::Code::kInvalidBody);
  return "refused " + node.error().field;
}

TEST(RuleNode, WhatWasReadIsWrittenTheSame) {
  for (const std::string text :
       {R"({"column":"city","operator":"isEqualTo","attribute":"location"})",
        R"({"column":"city","operator":"isIn","attribute":"location"})",
        R"({"column":"id","operator":"isIn","type":"integer","values":[1,-2]})",
        R"({"column":"paid","operator":"isEqualTo","type":"boolean","values":[false]})",
        R"({"column":"day","operator":"isIn","type":"date","values":["2026-01-01"]})",
        R"({"and":[{"column":"a","operator":"isIn","attribute":"b"}]})",
        R"({"or":[{"column":"a","operator":"isIn","attribute":"b"},)"
        R"({"and":[{"column":"c","operator":"isEqualTo","attribute":"d"}]}]})"}) {
    EXPECT_EQ(reread(text), text);
  }
}

TEST(RuleNode, RefusesUnknownOperatorsAndMembers) {
  EXPECT_EQ(reread(R"({"column":"c","operator":"isNot","attribute":"a"})"), "refused operator");
  EXPECT_EQ(reread(R"({"column":"c","operator":"=","attribute":"a"})"), "refused operator");
  EXPECT_EQ(reread(R"({"column":"c","attribute":"a"})"), "refused operator");
  EXPECT_EQ(reread(R"({"operator":"isIn","attribute":"a"})"), "refused column");
  EXPECT_EQ(reread(R"({"column":"","operator":"isIn","attribute":"a"})"), "refused column");
  EXPECT_EQ(reread(R"({"column":"c","operator":"isIn","attribute":"a","sql":"1=1"})"),
            "refused sql");
  EXPECT_EQ(reread(R"({"column":"c","operator":"isIn","attribute":null})"), "refused attribute");
}

TEST(RuleNode, ComparesWithAnAttributeOrWithConstantsAndNotWithBoth) {
  EXPECT_EQ(
      reread(R"({"column":"c","operator":"isIn","attribute":"a","type":"string","values":["x"]})"),
      "refused type");
  EXPECT_EQ(reread(R"({"column":"c","operator":"isIn"})"), "refused type");
}

TEST(RuleNode, RefusesConstantsThatAreNoneOrOfAnotherType) {
  EXPECT_EQ(reread(R"({"column":"c","operator":"isIn","type":"string","values":[]})"),
            "refused values");
  EXPECT_EQ(reread(R"({"column":"c","operator":"isIn","type":"string"})"), "refused values");
  EXPECT_EQ(reread(R"({"column":"c","operator":"isIn","type":"string","values":"x"})"),
            "refused values");
  EXPECT_EQ(reread(R"({"column":"c","operator":"isIn","type":"string","values":["x",1]})"),
            "refused values");
  EXPECT_EQ(reread(R"({"column":"c","operator":"isIn","type":"string","values":[null]})"),
            "refused values");
  EXPECT_EQ(reread(R"({"column":"c","operator":"isIn","type":"text","values":["x"]})"),
            "refused type");
}

TEST(RuleNode, AGroupIsOneListOfAtLeastOneNode) {
  for (const std::string text :
       {"{}", "[]", "null", R"("x")", R"({"and":[]})", R"({"or":[]})", R"({"and":{}})",
        R"({"and":null})", R"({"not":[]})",
        R"({"and":[{"column":"a","operator":"isIn","attribute":"b"}],"or":[]})",
        R"({"or":[{"column":"a","operator":"isIn","attribute":"b"}],"column":"a"})",
        R"({"and":[{"column":"a","operator":"isIn","attribute":"b"},{"or":[]}]})",
        R"({"and":[true]})"}) {
    EXPECT_TRUE(reread(text).starts_with("refused")) << text;
  }
}

TEST(TableAccess, HasANameEachWayAndNoOther) {
  for (const auto access : {TableAccess::kHidden, TableAccess::kShared, TableAccess::kRestricted}) {
    EXPECT_EQ(parse_access(access_name(access)).value(), access);
  }
  for (const std::string name : {"", "Shared", "public", "all"}) {
    EXPECT_FALSE(parse_access(name).ok()) << name;
  }
}

}  // namespace
}  // namespace model
