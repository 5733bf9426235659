#include "model/theme.h"

#include <gtest/gtest.h>

namespace model {
namespace {

std::string reread(const std::string& text) {
  const auto theme = parse_theme(base::parse_json(text).value());
  if (theme) return base::render_json(*theme);
  EXPECT_EQ(theme.error().code, base::Code::kInvalidBody);
  return "refused " + theme.error().field;
}

TEST(Theme, IsColoursNumbersAndFonts) {
  const std::string theme =
      R"({"colors":["#336699","#ABCDEF"],"background":"#ffffff","accent":"#000000",)"
      R"("font":"\"Open Sans\", Arial, sans-serif","radius":8,"density":"compact",)"
      R"("dark":{"colors":["#112233"],"text":"#eeeeee"}})";
  EXPECT_EQ(reread(theme), theme);
  EXPECT_EQ(reread("{}"), "{}");
}

TEST(Theme, SaysNothingElseToAPage) {
  for (const std::string color : {"red", "#33669", "#33669g", "#336699;", "url(//evil)",
                                  "#336699}body{", "var(--x)", "#336699/**/"}) {
    EXPECT_EQ(reread(R"({"accent":")" + color + R"("})"), "refused theme.accent") << color;
    EXPECT_EQ(reread(R"({"colors":[")" + color + R"("]})"), "refused theme.colors") << color;
    EXPECT_EQ(reread(R"({"dark":{"text":")" + color + R"("}})"), "refused theme.dark.text");
  }
  for (const std::string font :
       {"a;b", "a}b", "a{b", "url(x)", "a\\\\b", "a/*b", "<b>", "a:b", ""}) {
    EXPECT_EQ(reread(R"({"font":")" + font + R"("})"), "refused theme.font") << font;
  }
  EXPECT_EQ(reread(R"({"radius":"8px"})"), "refused theme.radius");
  EXPECT_EQ(reread(R"({"radius":65})"), "refused theme.radius");
  EXPECT_EQ(reread(R"({"radius":-1})"), "refused theme.radius");
  EXPECT_EQ(reread(R"({"density":"wide"})"), "refused theme.density");
  EXPECT_EQ(reread(R"({"css":"*{}"})"), "refused theme.css");
  EXPECT_EQ(reread(R"({"dark":{"font":"Arial"}})"), "refused theme.dark.font");
}

TEST(Theme, TakesWhatItLeavesOutFromTheOneBelow) {
  const auto object = [](const std::string& text) {
    return base::parse_json(text).value().get_object();
  };
  const auto below = object(R"({"accent":"#111111","radius":4,"dark":{"text":"#eeeeee"}})");
  const auto above = object(R"({"accent":"#222222","dark":{"accent":"#333333"}})");
  EXPECT_EQ(base::render_json(merge_themes(below, above)),
            R"({"accent":"#222222","radius":4,"dark":{"text":"#eeeeee","accent":"#333333"}})");
  EXPECT_EQ(merge_themes(below, {}), below);
  EXPECT_EQ(merge_themes({}, above), above);
}

}  // namespace
}  // namespace model
