#include "guard/attribute_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "guard/guard_test_support.h"

namespace guard {
namespace {

using auth::embed_principal;
using auth::list_attribute;
using auth::scalar_attribute;
using model::Value;
using model::ValueType;

constexpr std::int64_t kExact = std::int64_t{1} << 53;

const std::vector<Value> kOneOfEach{std::string("7"),    std::int64_t{7},        7.0, true,
                                    model::Date(kToday), model::Datetime(kToday)};

TEST(FitValue, FitsItsOwnTypeAndWholeNumbersFitNumeric) {
  for (const Value& value : kOneOfEach) {
    for (const Value& other : kOneOfEach) {
      const ValueType type = model::type_of(other);
      const auto fitted = fit_value(value, type);
      const bool widened =
          std::holds_alternative<std::int64_t>(value) && type == ValueType::kNumeric;
      EXPECT_EQ(fitted.has_value(), model::type_of(value) == type || widened)
          << model::type_name(model::type_of(value)) << " as " << model::type_name(type);
      EXPECT_EQ(fitted.value_or(other), other);
    }
  }
}

TEST(FitValue, ANumberThatWouldLoseDigitsDoesNotFit) {
  for (const std::int64_t sign : {1, -1}) {
    EXPECT_TRUE(fit_value(sign * kExact, ValueType::kNumeric).has_value());
    EXPECT_FALSE(fit_value(sign * (kExact + 1), ValueType::kNumeric).has_value());
    EXPECT_TRUE(fit_value(sign * (kExact + 1), ValueType::kInteger).has_value());
  }
}

TEST(AttributeValues, AreThoseOfTheTokenInOrderAndOfTheTypeAskedFor) {
  const auto principal = embed_principal(
      {{"numbers", list_attribute(ValueType::kInteger, {std::int64_t{2}, std::int64_t{1}})}});
  EXPECT_THAT(attribute_values(principal, "numbers", ValueType::kInteger).value(),
              ::testing::ElementsAre(Value(std::int64_t{2}), Value(std::int64_t{1})));
  EXPECT_THAT(attribute_values(principal, "numbers", ValueType::kNumeric).value(),
              ::testing::ElementsAre(Value(2.0), Value(1.0)));
}

TEST(AttributeValues, AreRefusedByNameWhereTheTokenHasNone) {
  const auto principal = embed_principal({{"empty", list_attribute(ValueType::kString, {})},
                                          {"Place", scalar_attribute(std::string("x"))}});
  for (const std::string name : {"place", "", "empty", "Place "}) {
    const auto values = attribute_values(principal, name, ValueType::kString);
    EXPECT_EQ(refusal_of(values), "attribute_missing user.attributes." + name);
    EXPECT_FALSE(has_attribute(principal, name));
  }
  EXPECT_TRUE(has_attribute(principal, "Place"));
}

TEST(AttributeValues, ASignedInUserHasNone) {
  for (const auto role : {model::Role::kExplorer, model::Role::kMaker, model::Role::kAdmin}) {
    const auto user = auth::user_principal(auth::kTestOrganization, role);
    EXPECT_EQ(refusal_of(attribute_values(user, "place", ValueType::kString)),
              "attribute_missing user.attributes.place");
    EXPECT_FALSE(has_attribute(user, "place"));
  }
}

TEST(AttributeValues, OneThatDoesNotFitRefusesTheWholeList) {
  const auto principal = embed_principal(
      {{"numbers", list_attribute(ValueType::kInteger, {std::int64_t{1}, kExact + 1})}});
  EXPECT_TRUE(attribute_values(principal, "numbers", ValueType::kInteger).ok());
  const auto values = attribute_values(principal, "numbers", ValueType::kNumeric);
  EXPECT_EQ(refusal_of(values), "attribute_type user.attributes.numbers");
  EXPECT_THAT(values.error().what,
              ::testing::AllOf(::testing::HasSubstr("“numbers”"),
                               ::testing::Not(::testing::HasSubstr("9007199254740993"))));
}

}  // namespace
}  // namespace guard
