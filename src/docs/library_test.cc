#include "docs/library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace docs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> names_of(const std::vector<const Page*>& pages) {
  std::vector<std::string> names;
  for (const Page* page : pages) names.push_back(page->name);
  return names;
}

TEST(Library, FindsPagesByNameAndByNamesLikeIt) {
  const Library library({{"access-rules", "# Rules"}, {"errors", "# Errors"}, {"embed", "# E"}});
  ASSERT_NE(library.find("errors"), nullptr);
  EXPECT_EQ(library.find("errors")->title, "Errors");
  EXPECT_EQ(library.find("error"), nullptr);
  EXPECT_THAT(names_of(library.find_like("eror")), ElementsAre("errors"));
  EXPECT_THAT(names_of(library.find_like("acess-ruls")), ElementsAre("access-rules"));
  EXPECT_THAT(names_of(library.find_like("rules")), ElementsAre("access-rules"));
  EXPECT_THAT(names_of(library.find_like("")), IsEmpty());
  EXPECT_THAT(names_of(library.find_like(std::string(100'000, 'x'))), IsEmpty());
}

}  // namespace
}  // namespace docs
