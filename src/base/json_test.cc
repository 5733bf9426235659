#include "base/json.h"

#include <cmath>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace base {
namespace {

std::string outcome(std::string_view text) {
  const auto parsed = parse_json(text);
  if (parsed) return "ok";
  EXPECT_EQ(parsed.error().code, Code::kInvalidJson);
  return parsed.error().field.empty() ? "refused" : "twice " + parsed.error().field;
}

std::string nested(std::size_t depth, std::string_view open, std::string_view close) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += open;
  text += '1';
  for (std::size_t i = 0; i < depth; ++i) text += close;
  return text;
}

TEST(ParseJson, TakesEveryKindOfValue) {
  for (const std::string text :
       {"null", "true", "0", "-1.5e3", R"("")", R"("é\u00e9\n\ud83d\ude00")", "[]", "{}",
        R"( {"a":[1,{"b":null}],"":2} )", "[1,2]\n"}) {
    EXPECT_EQ(outcome(text), "ok") << text;
  }
}

TEST(ParseJson, RefusesWhatIsNoJson) {
  for (const std::string text : {"",          " ",
                                 "{",         "}",
                                 "[1,]",      "{\"a\":}",
                                 "{\"a\" 1}", "{a:1}",
                                 "{'a':1}",   "01",
                                 "+1",        "1.",
                                 ".5",        "0x1",
                                 "NaN",       "Infinity",
                                 "-Infinity", "tru",
                                 "True",      "\"",
                                 "\"\\x\"",   "\"\n\"",
                                 "// c\n1",   "/* c */1",
                                 "[1 2]",     "\xef\xbb\xbf{}"}) {
    EXPECT_EQ(outcome(text), "refused") << text;
  }
}

TEST(ParseJson, RefusesTrailingBytes) {
  for (const std::string text : {"1 1", "{}{}", "[],", "null x", "\"a\"\"b\""}) {
    EXPECT_EQ(outcome(text), "refused") << text;
  }
  EXPECT_EQ(outcome(std::string("1\0", 2)), "refused");
}

TEST(ParseJson, RefusesAMemberThatAppearsTwiceAtAnyDepth) {
  EXPECT_EQ(outcome(R"({"a":1,"a":1})"), "twice a");
  EXPECT_EQ(outcome(R"({"a":1,"b":{"c":1,"d":2,"c":3}})"), "twice c");
  EXPECT_EQ(outcome(R"([[{"x":{"a":1,"\u0061":2}}]])"), "twice a");
  EXPECT_EQ(outcome(R"({"":1,"":2})"), "refused");
  const std::string long_name(2000, 'n');
  EXPECT_NE(outcome("{\"" + long_name + "\":1,\"" + long_name + "\":2}"), "ok");
}

TEST(ParseJson, TakesTheSameMemberOfDifferentObjects) {
  EXPECT_EQ(outcome(R"({"a":{"a":{"a":1}},"b":{"a":1}})"), "ok");
  EXPECT_EQ(outcome(R"([{"a":1},{"a":1}])"), "ok");
  EXPECT_EQ(outcome(R"({"a":1,"A":1})"), "ok");
}

TEST(ParseJson, RefusesTheThirtyThirdLevel) {
  EXPECT_EQ(outcome(nested(32, "[", "]")), "ok");
  EXPECT_EQ(outcome(nested(33, "[", "]")), "refused");
  EXPECT_EQ(outcome(nested(32, "{\"a\":", "}")), "ok");
  EXPECT_EQ(outcome(nested(33, "{\"a\":", "}")), "refused");
  EXPECT_EQ(outcome(nested(10'000, "[", "]")), "refused");
  EXPECT_EQ(outcome(std::string(1'000'000, '[')), "refused");
}

TEST(ParseJson, RefusesInvalidUtf8AndLoneSurrogates) {
  for (const std::string text :
       {"\"\xff\"", "\"\xc3\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"",
        "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800x\"", "{\"\xff\":1}"}) {
    EXPECT_EQ(outcome(text), "refused") << text;
  }
}

TEST(ParseJson, AHugeNumberIsNeverAFiniteOne) {
  for (const std::string text : {"1e400", "-1e400", "1e99999999999"}) {
    const auto parsed = parse_json(text);
    if (parsed) {
      EXPECT_FALSE(std::isfinite(parsed->as_double())) << text;
    }
  }
  EXPECT_TRUE(parse_json("9223372036854775807")->is_int64());
  EXPECT_FALSE(parse_json("9223372036854775808")->is_int64());
}

TEST(AppendJsonString, EscapesWhatWouldEndTheStringOrTheLine) {
  std::string out = "x";
  append_json_string(out, std::string("a\"b\\c\nd\te\0f\x7f/é", 15) + "<script>");
  const auto back = parse_json(out.substr(1));
  ASSERT_TRUE(back.ok()) << out;
  EXPECT_THAT(out, ::testing::Not(::testing::HasSubstr("\n")));
  EXPECT_EQ(std::string(back->as_string()), std::string("a\"b\\c\nd\te\0f\x7f/é", 15) + "<script>");
}

class Reading : public ::testing::Test {
 protected:
  /// "ok", or "field: what" of the first problem.
  template <typename Read>
  [[nodiscard]] static std::string read(std::string_view text, Read read_members) {
    const json::value value = parse_json(text).value();
    ObjectReader reader(value, "");
    read_members(reader);
    const auto finished = reader.finish();
    return finished ? "ok" : finished.error().field + ": " + finished.error().what;
  }
};

TEST_F(Reading, AMemberThatNobodyAskedForIsNamed) {
  const auto ask = [](ObjectReader& reader) { (void)reader.optional_string("a"); };
  EXPECT_EQ(read(R"({"a":"x"})", ask), "ok");
  EXPECT_EQ(read("{}", ask), "ok");
  EXPECT_EQ(read(R"({"a":"x","b":1})", ask), "b: Is not known here.");
  EXPECT_EQ(read(R"({"A":"x"})", ask), "A: Is not known here.");
}

TEST_F(Reading, StringsAreRequiredBoundedAndStrings) {
  const auto ask = [](ObjectReader& reader) { (void)reader.required_string("a", 3); };
  EXPECT_EQ(read(R"({"a":"abc"})", ask), "ok");
  EXPECT_EQ(read("{}", ask), "a: Is required.");
  EXPECT_EQ(read(R"({"a":""})", ask), "a: Must not be empty.");
  EXPECT_EQ(read(R"({"a":"abcd"})", ask), "a: Must have at most 3 bytes.");
  EXPECT_EQ(read(R"({"a":1})", ask), "a: Must be a string.");
  EXPECT_EQ(read(R"({"a":null})", ask), "a: Must be a string.");
}

TEST_F(Reading, NumbersAndFlagsAreOfTheirType) {
  const auto ask = [](ObjectReader& reader) {
    (void)reader.optional_integer("n");
    (void)reader.optional_bool("f");
  };
  EXPECT_EQ(read(R"({"n":-3,"f":false})", ask), "ok");
  for (const std::string number :
       {"1.0", "1e3", R"("1")", "true", "null", "18446744073709551615"}) {
    EXPECT_EQ(read("{\"n\":" + number + "}", ask), "n: Must be a whole number.") << number;
  }
  for (const std::string flag : {"1", R"("true")", "null"}) {
    EXPECT_EQ(read("{\"f\":" + flag + "}", ask), "f: Must be true or false.") << flag;
  }
}

TEST_F(Reading, ListsOfStringsAreBoundedAndMayBeASingleOneWhereSaid) {
  using Single = ObjectReader::Single;
  const auto strict = [](ObjectReader& reader) {
    (void)reader.optional_strings("a", Single::kRefused, 2);
  };
  EXPECT_EQ(read(R"({"a":["x","y"]})", strict), "ok");
  EXPECT_EQ(read(R"({"a":[]})", strict), "ok");
  EXPECT_EQ(read(R"({"a":["x","y","z"]})", strict), "a: Must have at most 2 entries.");
  EXPECT_EQ(read(R"({"a":"x"})", strict), "a: Must be a list of strings.");
  EXPECT_EQ(read(R"({"a":["x",1]})", strict), "a: Must be a list of strings.");
  EXPECT_EQ(read(R"({"a":null})", strict), "a: Must be a list of strings.");
  EXPECT_EQ(read(R"({"a":"x"})",
                 [](ObjectReader& reader) {
                   EXPECT_THAT(reader.optional_strings("a", Single::kAllowed).value(),
                               ::testing::ElementsAre("x"));
                 }),
            "ok");
}

TEST_F(Reading, ObjectsAndListsAreOfTheirType) {
  const auto ask = [](ObjectReader& reader) {
    (void)reader.required_object("o");
    (void)reader.optional_array("l");
    (void)reader.optional_any("x");
  };
  EXPECT_EQ(read(R"({"o":{},"l":[],"x":null})", ask), "ok");
  EXPECT_EQ(read("{}", ask), "o: Is required.");
  EXPECT_EQ(read(R"({"o":[]})", ask), "o: Must be an object.");
  EXPECT_EQ(read(R"({"o":{},"l":{}})", ask), "l: Must be a list.");
}

TEST_F(Reading, KeepsTheFirstProblem) {
  EXPECT_EQ(read(R"({"b":1,"z":1})",
                 [](ObjectReader& reader) {
                   (void)reader.required_string("a");
                   (void)reader.required_string("b");
                   reader.refuse("c", "Late.");
                   EXPECT_TRUE(reader.failed());
                 }),
            "a: Is required.");
}

TEST_F(Reading, NamesAnInnerMemberByItsWholePath) {
  const json::value value = parse_json(R"({"y":1})").value();
  ObjectReader reader(value, "user.attributes");
  EXPECT_EQ(reader.path_of("x"), "user.attributes.x");
  const auto finished = reader.finish();
  ASSERT_FALSE(finished.ok());
  EXPECT_EQ(finished.error().field, "user.attributes.y");
  EXPECT_EQ(finished.error().code, Code::kInvalidBody);
}

TEST_F(Reading, WhatIsNoObjectIsRefusedWhateverIsAsked) {
  for (const std::string text : {"[]", "null", "1", R"("x")"}) {
    EXPECT_EQ(read(text, [](ObjectReader& reader) { (void)reader.optional_string("a"); }),
              ": Expected a JSON object.");
  }
}

TEST(Json, ANumberIsTheNearestDouble) {
  const std::string digits = "2" + std::string(126, '3');
  for (const std::string& text :
       {digits, digits + ".5", std::string("2.5e-3"), std::string("-1E+10"), std::string("0.1"),
        std::string("123456789.123456789e-30")}) {
    const auto parsed = parse_json("[1,-2," + text + "]");
    ASSERT_TRUE(parsed.ok()) << text;
    EXPECT_EQ(parsed->at(2).to_number<double>(), std::strtod(text.c_str(), nullptr)) << text;
  }
}

}  // namespace
}  // namespace base
