#include "http/exports.h"

#include <gtest/gtest.h>

namespace http {
namespace {

TEST(Exports, AreBoundedForEachOrganizationAndForAll) {
  Exports exports({3, 2, std::chrono::seconds(1), ""});
  const base::OrgId mine("org_mine");
  const base::OrgId theirs("org_theirs");
  auto first = exports.begin(mine);
  const auto second = exports.begin(mine);
  ASSERT_TRUE(first.ok() && second.ok());
  const auto third = exports.begin(mine);
  ASSERT_FALSE(third.ok());
  EXPECT_EQ(third.error().code, base::Code::kTooManyRequests);
  EXPECT_TRUE(third.error().retry_after.has_value());
  const auto other = exports.begin(theirs);
  ASSERT_TRUE(other.ok()) << "one does not take the place of another";
  EXPECT_FALSE(exports.begin(theirs).ok()) << "more than all may have";
  first->reset();
  EXPECT_TRUE(exports.begin(theirs).ok());
  EXPECT_TRUE(exports.begin(mine).ok()) << "what is not held is free again";
}

}  // namespace
}  // namespace http
