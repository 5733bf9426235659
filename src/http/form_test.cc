#include "http/form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

std::string refusal_of(std::string_view body) {
  const auto form = parse_form(body);
  if (form) return "read";
  EXPECT_EQ(form.error().code, base::Code::kInvalidBody);
  return "refused " + form.error().field;
}

TEST(Form, DecodesNamesAndValues) {
  EXPECT_THAT(parse_form("token=a.b.c&token_type_hint=access_token").value(),
              ElementsAre(Pair("token", "a.b.c"), Pair("token_type_hint", "access_token")));
  EXPECT_THAT(parse_form("a+b=%2B%26+%3D").value(), ElementsAre(Pair("a b", "+& =")));
  EXPECT_THAT(parse_form("a").value(), ElementsAre(Pair("a", "")));
  EXPECT_THAT(parse_form("a=b=c").value(), ElementsAre(Pair("a", "b=c")));
  EXPECT_THAT(parse_form("").value(), IsEmpty());
}

TEST(Form, EndsWhereTheBodyEnds) {
  const std::string more = "token=abc&token=def";
  EXPECT_THAT(parse_form(std::string_view(more).substr(0, 8)).value(),
              ElementsAre(Pair("token", "ab")));
  EXPECT_THAT(parse_form(std::string_view(more).substr(0, 0)).value(), IsEmpty());
}

TEST(Form, RefusesBadEscapesAndNamesThatAppearTwice) {
  for (const std::string body : {"a=%", "a=%4", "a=%zz", "a=\xff", "a=b\n", "a b=c"}) {
    EXPECT_EQ(refusal_of(body), "refused ") << body;
  }
  EXPECT_EQ(refusal_of(std::string_view("a=\0", 3)), "refused ");
  EXPECT_EQ(refusal_of("token=a&token=b"), "refused token");
  EXPECT_EQ(refusal_of("token=a&%74oken=b"), "refused token");
}

}  // namespace
}  // namespace http
