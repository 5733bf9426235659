#include "docs/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace docs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(Page, HasATitleASummaryAndHeadingsWithIds) {
  const Page page = make_page("tokens",
                              "# Embed *tokens*\n\nWho holds\none, sees.\n\n## A `state`\n"
                              "\n### token_expired\n\n## A state\n");
  EXPECT_EQ(page.title, "Embed tokens");
  EXPECT_EQ(page.summary, "Who holds one, sees.");
  std::vector<std::string> ids;
  for (const Section& section : page.sections) ids.push_back(section.id);
  EXPECT_THAT(ids, ElementsAre("embed-tokens", "a-state", "token_expired", "a-state-2"));
  EXPECT_THAT(page.html, HasSubstr("<h2 id=\"a-state-2\">A state</h2>"));
  EXPECT_EQ(page.sections[0].text, "Who holds one, sees.\n");
  EXPECT_EQ(make_page("empty", "").title, "empty");
  EXPECT_EQ(make_page("row", "# Row-level *security*").sections[0].id, "row-level-security");
}

TEST(Page, LinksBetweenFilesLeadToPages) {
  const Page page =
      make_page("a", "[a](rules.md#lists) [b](rules.md) [c](https://x.example/a.md) [d](../a.md)");
  EXPECT_THAT(page.html, HasSubstr("href=\"/docs/rules#lists\""));
  EXPECT_THAT(page.html, HasSubstr("href=\"/docs/rules\""));
  EXPECT_THAT(page.html, HasSubstr("href=\"https://x.example/a.md\""));
  EXPECT_THAT(page.html, HasSubstr("href=\"../a.md\""));
}

TEST(Page, NothingInItRuns) {
  const Page page =
      make_page("a",
                "<script>alert(1)</script>\n\n# <img src=x onerror=alert(1)>\n\n"
                "[x](javascript:alert(1)) <b onclick=alert(1)>x</b>\n\n```\n<i>\n```\n");
  EXPECT_THAT(page.html, Not(HasSubstr("<script")));
  EXPECT_THAT(page.html, Not(HasSubstr("<img")));
  EXPECT_THAT(page.html, Not(HasSubstr("onclick")));
  EXPECT_THAT(page.html, Not(HasSubstr("javascript:")));
  EXPECT_THAT(page.html, HasSubstr("&lt;i&gt;"));
}

TEST(Page, AKeyboardCanScrollCode) {
  const Page page = make_page("a", "```sh\ncurl\n```\n");
  EXPECT_THAT(page.html, HasSubstr("<pre tabindex=\"0\"><code class=\"language-sh\">curl"));
}

TEST(Page, TablesAreTables) {
  EXPECT_THAT(make_page("a", "| a | b |\n|---|---|\n| 1 | 2 |\n").html, HasSubstr("<td>1</td>"));
}

}  // namespace
}  // namespace docs
