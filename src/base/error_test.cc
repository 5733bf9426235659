#include "base/error.h"

#include <set>

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Code, EachHasANameOfItsOwnAndATitle) {
  std::set<std::string_view> names;
  const int last = static_cast<int>(Code::kInternal);
  for (int i = 0; i <= last; ++i) {
    const auto code = static_cast<Code>(i);
    names.insert(code_name(code));
    EXPECT_FALSE(code_title(code).empty());
    EXPECT_EQ(code_name(code).find_first_not_of("abcdefghijklmnopqrstuvwxyz_"),
              std::string_view::npos);
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(last) + 1);
}

}  // namespace
}  // namespace base
