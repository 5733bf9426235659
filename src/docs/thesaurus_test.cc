#include "docs/thesaurus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace docs {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST(Thesaurus, KeepsTheWordsThatSayWhatAQuestionIsAbout) {
  const auto meanings = meanings_of("How do I zip the FOOBAR, please?");
  ASSERT_THAT(meanings, SizeIs(2));
  EXPECT_THAT(meanings[0].asked, ElementsAre("zip"));
  EXPECT_THAT(meanings[0].ours, IsEmpty());
  EXPECT_THAT(meanings[1].asked, ElementsAre("foobar"));
  EXPECT_THAT(meanings_of("how do I"), IsEmpty());
  EXPECT_THAT(meanings_of("\xff ??? \""), SizeIs(1));
}

TEST(Thesaurus, FindsOurWordsWhateverTheEnding) {
  for (const std::string_view asked : {"rotate", "rotates", "rotated", "rotating", "Rotation"}) {
    const auto meanings = meanings_of(asked);
    ASSERT_THAT(meanings, SizeIs(1)) << asked;
    EXPECT_THAT(meanings[0].ours, Contains("roll")) << asked;
  }
  EXPECT_THAT(meanings_of("jwt")[0].ours, Not(Contains("jwt")));
}

TEST(Thesaurus, WordsOfOneMeaningCountOnce) {
  const auto meanings = meanings_of("sample code snippet");
  ASSERT_THAT(meanings, SizeIs(1));
  EXPECT_THAT(meanings[0].asked, ElementsAre("sample", "code", "snippet"));
}

TEST(Thesaurus, SeveralWordsMayBeOne) {
  EXPECT_THAT(meanings_of("back up the disk")[0].asked, ElementsAre("backup"));
}

TEST(Thesaurus, ALongQuestionIsCut) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "w" + std::to_string(i) + ' ';
  EXPECT_THAT(meanings_of(text), SizeIs(24));
}

}  // namespace
}  // namespace docs
