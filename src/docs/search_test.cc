#include "docs/search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace docs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class SearchTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::vector<std::string> ask(const Question& question) {
    std::vector<std::string> places;
    auto passages = search_->ask(question);
    EXPECT_TRUE(passages.ok());
    if (!passages) return places;
    for (const Passage& passage : *passages) {
      places.push_back(passage.page->name + "#" + passage.section->id);
    }
    return places;
  }
  [[nodiscard]] std::string best(std::string_view text) {
    const auto places = ask({text});
    return places.empty() ? "none" : places.front();
  }

  std::vector<Page> pages_{
      make_page("keys",
                "# API keys\n\nThey open the server.\n\n## Roll a key\n\nMakes another "
                "secret; the old one works for an overlap.\n\n## Limits\n\nHow often.\n"),
      make_page("tokens",
                "# Embed tokens\n\nWho holds one, sees.\n\n## Revoke\n\nEnds a token "
                "within one second.\n\n## Limits\n\nHow large.\n"),
      // A word counts by how few pages have it, so there have to be some.
      make_page("charts", "# Charts\n\nA line.\n\n## Bars\n\nThey stand.\n\n## Pies\n\nRound.\n"),
      make_page("origins", "# Origins\n\nScheme and host.\n\n## Ports\n\nA number.\n"),
      make_page("themes", "# Themes\n\nColours.\n\n## Night\n\nDark.\n")};
  std::unique_ptr<Search> search_ = std::move(Search::over(pages_)).value();
};

TEST_F(SearchTest, FindsASectionByItsWordsAndByThoseOfOthers) {
  EXPECT_EQ(best("How do I roll a key?"), "keys#roll-a-key");
  EXPECT_EQ(best("rotating the secrets"), "keys#roll-a-key");
  EXPECT_EQ(best("ban a JWT"), "tokens#revoke");
  const auto passages = search_->ask({"overlap"});
  ASSERT_TRUE(passages.ok());
  EXPECT_EQ(passages->front().excerpt, "Makes another secret; the old one works for an overlap.\n");
}

TEST_F(SearchTest, ThePageAtHandAndTheGoalWeighIn) {
  EXPECT_EQ(ask({"limits", "", &pages_[0]}).front(), "keys#limits");
  EXPECT_EQ(ask({"limits", "", &pages_[1]}).front(), "tokens#limits");
  EXPECT_EQ(ask({"limits", "smaller tokens"}).front(), "tokens#limits");
  EXPECT_EQ(ask({"limits", "an overlap of keys"}).front(), "keys#limits");
}

TEST_F(SearchTest, WhatDoesNotFitFindsNothing) {
  for (const std::string_view text :
       {"", "how do I", "volcano", "???", "\xff\xfe", "quelle heure"}) {
    EXPECT_THAT(ask({text}), IsEmpty()) << text;
  }
}

TEST_F(SearchTest, NothingInAQuestionIsSyntax) {
  for (const std::string_view text :
       {"\"", "key\" OR \"x", "NEAR(key, 5)", "title:key", "key*", "-key", "key AND", "(", "^key",
        "'; DROP TABLE passages; --"}) {
    EXPECT_TRUE(search_->ask({text}).ok()) << text;
  }
  EXPECT_EQ(best("roll"), "keys#roll-a-key");
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "key ";
  EXPECT_TRUE(search_->ask({many}).ok());
}

}  // namespace
}  // namespace docs
