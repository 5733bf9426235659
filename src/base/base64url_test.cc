#include "base/base64url.h"

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Base64url, IsThatOfTheRfcWithoutPadding) {
  const std::vector<std::pair<std::string, std::string>> pairs = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff\xfe", "-__-"}};
  for (const auto& [bytes, text] : pairs) {
    EXPECT_EQ(render_base64url(bytes), text);
    EXPECT_EQ(parse_base64url(text), bytes);
  }
}

TEST(Base64url, EveryByteStringComesBack) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(parse_base64url(render_base64url(bytes)), bytes);
    bytes += static_cast<char>(i * 7);
  }
}

TEST(Base64url, RefusesEveryOtherEncodingOfTheSameBytes) {
  for (const std::string text : {"Zg==", "Zg=", "Zm8=", "Zm9v=", "Zg\n", " Zg", "Z g", "Z", "Zm9vY",
                                 "-_+/", "+/+/", "Zm9v.", "Zm9v\xc3\xa9", "Zm9!"}) {
    EXPECT_EQ(parse_base64url(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_base64url(std::string("Zm9\0", 4)), std::nullopt);
}

TEST(Base64url, RefusesUnusedBitsThatAreNotZero) {
  for (const char last : std::string("hijklmnopqrstuv")) {
    EXPECT_EQ(parse_base64url(std::string("Z") + last), std::nullopt) << last;
  }
  EXPECT_EQ(parse_base64url("Zm9"), std::nullopt);
  EXPECT_EQ(parse_base64url("Zm-"), std::nullopt);
  EXPECT_EQ(parse_base64url("Zm8"), "fo");
}

TEST(Base64, IsThatOfTheRfcWithPadding) {
  EXPECT_EQ(parse_base64(""), "");
  EXPECT_EQ(parse_base64("Zg=="), "f");
  EXPECT_EQ(parse_base64("Zm8="), "fo");
  EXPECT_EQ(parse_base64("Zm9v"), "foo");
  EXPECT_EQ(parse_base64("+/+/"), "\xfb\xff\xbf");
  for (const std::string text : {"Zg", "Zg=", "Zg===", "Z===", "====", "=", "Zm9v=", "Zh==", "-_-_",
                                 "Zm9v\n", " Zm9v", "Zg==Zg==", "Z=g="}) {
    EXPECT_EQ(parse_base64(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace base
