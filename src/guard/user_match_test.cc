#include "guard/user_match.h"

#include <gtest/gtest.h>

#include "guard/guard_test_support.h"

namespace guard {
namespace {

using auth::embed_principal;
using auth::list_attribute;
using auth::scalar_attribute;
using model::AttributeValues;
using model::Role;
using model::ValueType;

/// "holds", "not", or the refusal, of a condition written as JSON.
std::string match(const std::string& text, const model::Principal& principal) {
  const auto node = model::parse_user_node(base::parse_json(text).value(), "if");
  if (!node) return "not parsed " + node.error().field;
  const auto held = matches(*node, principal);
  if (!held) return refusal_of(held);
  return *held ? "holds" : "not";
}

/// Of `{"attribute": "a", "operator": op, "type": type, "values": values}`.
std::string match_a(const std::string& op, const std::string& type, const std::string& values,
                    const model::AttributeValue& attribute) {
  return match(R"({"attribute":"a","operator":")" + op + R"(","type":")" + type + R"(","values":)" +
                   values + "}",
               embed_principal({{"a", attribute}}));
}

model::AttributeValue text(const std::string& value) { return scalar_attribute(value); }
model::AttributeValue number(std::int64_t value) { return scalar_attribute(value); }
model::AttributeValue texts(std::vector<model::Value> values) {
  return list_attribute(ValueType::kString, std::move(values));
}

TEST(UserMatch, ARoleIsThatOfTheTokenOrTheUser) {
  const std::string makers = R"({"role":["maker","admin"]})";
  for (const Role role : {Role::kExplorer, Role::kMaker, Role::kAdmin}) {
    const std::string expected = role == Role::kExplorer ? "not" : "holds";
    EXPECT_EQ(match(makers, embed_principal(auth::kTestOrganization, role, {})), expected);
    EXPECT_EQ(match(makers, auth::user_principal(auth::kTestOrganization, role)), expected);
  }
}

TEST(UserMatch, EachOperatorComparesTheAttributeWithTheConstant) {
  EXPECT_EQ(match_a("isEqualTo", "string", R"(["x"])", text("x")), "holds");
  EXPECT_EQ(match_a("isEqualTo", "string", R"(["x"])", text("X")), "not");
  EXPECT_EQ(match_a("isDifferentFrom", "string", R"(["x"])", text("X")), "holds");
  EXPECT_EQ(match_a("isDifferentFrom", "string", R"(["x"])", text("x")), "not");
  EXPECT_EQ(match_a("contains", "string", R"(["b"])", text("abc")), "holds");
  EXPECT_EQ(match_a("contains", "string", R"(["%"])", text("abc")), "not");
  EXPECT_EQ(match_a("contains", "string", R"([""])", text("")), "holds");
  EXPECT_EQ(match_a("startsWith", "string", R"(["ab"])", text("abc")), "holds");
  EXPECT_EQ(match_a("startsWith", "string", R"(["bc"])", text("abc")), "not");
  EXPECT_EQ(match_a("isEqualTo", "boolean", "[false]", scalar_attribute(false)), "holds");
}

TEST(UserMatch, NumbersAndTimesHaveAnOrderWithBothBoundsInside) {
  const auto around = [](const std::string& op) {
    std::string outcome;
    for (const std::int64_t value : {4, 5, 6}) {
      outcome += match_a(op, "integer", "[5]", number(value)) == "holds" ? 'y' : 'n';
    }
    return outcome;
  };
  EXPECT_EQ(around("isGreaterThan"), "nny");
  EXPECT_EQ(around("isGreaterOrEqual"), "nyy");
  EXPECT_EQ(around("isLessThan"), "ynn");
  EXPECT_EQ(around("isLessOrEqual"), "yyn");
  EXPECT_EQ(match_a("isBetween", "integer", "[5,6]", number(5)), "holds");
  EXPECT_EQ(match_a("isBetween", "integer", "[5,6]", number(6)), "holds");
  EXPECT_EQ(match_a("isBetween", "integer", "[5,6]", number(7)), "not");
  EXPECT_EQ(match_a("isBetween", "integer", "[6,5]", number(5)), "not");
  EXPECT_EQ(match_a("isLessThan", "date", R"(["2026-11-26"])", scalar_attribute(kToday)), "holds");
  EXPECT_EQ(match_a("isLessThan", "date", R"(["2026-11-25"])", scalar_attribute(kToday)), "not");
}

TEST(UserMatch, OfAListIsInAsksForOneInCommonAndIsNotInForNone) {
  const auto both = texts({std::string("x"), std::string("y")});
  EXPECT_EQ(match_a("isIn", "string", R"(["y","z"])", both), "holds");
  EXPECT_EQ(match_a("isIn", "string", R"(["z"])", both), "not");
  EXPECT_EQ(match_a("isNotIn", "string", R"(["y","z"])", both), "not");
  EXPECT_EQ(match_a("isNotIn", "string", R"(["z"])", both), "holds");
  EXPECT_EQ(match_a("isIn", "string", R"(["x"])", text("x")), "holds");
}

TEST(UserMatch, OtherOperatorsNeedExactlyOneValue) {
  const auto both = texts({std::string("x"), std::string("y")});
  for (const std::string op : {"isEqualTo", "isDifferentFrom", "contains", "startsWith"}) {
    EXPECT_EQ(match_a(op, "string", R"(["x"])", both), "attribute_type user.attributes.a") << op;
    EXPECT_NE(match_a(op, "string", R"(["x"])", texts({std::string("x")})),
              "attribute_type user.attributes.a");
  }
}

TEST(UserMatch, AWholeNumberFitsANumericConstantAndNothingElseFits) {
  EXPECT_EQ(match_a("isEqualTo", "numeric", "[7]", number(7)), "holds");
  EXPECT_EQ(match_a("isEqualTo", "integer", "[7]", scalar_attribute(7.0)),
            "attribute_type user.attributes.a");
  EXPECT_EQ(match_a("isEqualTo", "string", R"(["7"])", number(7)),
            "attribute_type user.attributes.a");
  EXPECT_EQ(match_a("isDifferentFrom", "string", R"(["7"])", number(7)),
            "attribute_type user.attributes.a");
  EXPECT_EQ(
      match_a("isNotIn", "date", R"(["2026-11-25"])", scalar_attribute(model::Datetime(kToday))),
      "attribute_type user.attributes.a");
}

TEST(UserMatch, OnlyIsSetAndIsNotSetMayAskWhetherAnAttributeIsThere) {
  const std::string set = R"({"attribute":"a","operator":"isSet"})";
  const std::string not_set = R"({"attribute":"a","operator":"isNotSet"})";
  for (const AttributeValues& none : {AttributeValues{}, AttributeValues{{"a", texts({})}}}) {
    const auto principal = embed_principal(none);
    EXPECT_EQ(match(set, principal), "not");
    EXPECT_EQ(match(not_set, principal), "holds");
    for (const std::string op : {"isEqualTo", "isDifferentFrom", "isIn", "isNotIn"}) {
      EXPECT_EQ(
          match(R"({"attribute":"a","operator":")" + op + R"(","type":"string","values":["x"]})",
                principal),
          "attribute_missing user.attributes.a");
    }
  }
  EXPECT_EQ(match(set, embed_principal({{"a", text("")}})), "holds");
  EXPECT_EQ(match(not_set, embed_principal({{"a", text("")}})), "not");
  EXPECT_EQ(match(set, auth::user_principal(auth::kTestOrganization, Role::kExplorer)), "not");
}

TEST(UserMatch, GroupsJoinAndEveryNodeIsLookedAt) {
  const std::string yes = R"({"role":["explorer"]})";
  const std::string no = R"({"role":["admin"]})";
  const std::string lost =
      R"({"attribute":"a","operator":"isEqualTo","type":"string","values":["x"]})";
  const auto joined = [&](const std::string& junction, const std::string& first,
                          const std::string& second) {
    return match(R"({")" + junction + R"(":[)" + first + "," + second + "]}", embed_principal({}));
  };
  EXPECT_EQ(joined("and", yes, yes), "holds");
  EXPECT_EQ(joined("and", yes, no), "not");
  EXPECT_EQ(joined("and", no, yes), "not");
  EXPECT_EQ(joined("or", no, yes), "holds");
  EXPECT_EQ(joined("or", yes, no), "holds");
  EXPECT_EQ(joined("or", no, no), "not");
  EXPECT_EQ(joined("or", yes, lost), "attribute_missing user.attributes.a");
  EXPECT_EQ(joined("or", lost, yes), "attribute_missing user.attributes.a");
  EXPECT_EQ(joined("and", no, lost), "attribute_missing user.attributes.a");
}

TEST(UserMatch, AConditionThatIsNotWholeIsRefused) {
  const auto principal = embed_principal({{"a", number(1)}});
  const model::UserNode no_values{
      model::UserCondition(model::AttributeCondition{"a", model::RuleOperator::kIn, {}})};
  const model::UserNode half_a_range{model::UserCondition(
      model::AttributeCondition{"a", model::RuleOperator::kBetween, {std::int64_t{1}}})};
  const model::UserNode empty_group{model::UserGroup{model::Junction::kAnd, {}}};
  for (const model::UserNode& node : {no_values, half_a_range, empty_group}) {
    EXPECT_EQ(refusal_of(matches(node, principal)), "no_rule");
  }
}

TEST(UserMatch, NoRoleIsNobody) {
  const model::UserNode nobody{model::UserCondition(model::RoleCondition{})};
  const auto admin = embed_principal(auth::kTestOrganization, Role::kAdmin, {});
  EXPECT_FALSE(matches(nobody, admin).value());
}

}  // namespace
}  // namespace guard
