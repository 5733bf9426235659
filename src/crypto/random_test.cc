#include "crypto/random.h"

#include <set>

#include <gtest/gtest.h>

#include "crypto/init.h"

namespace crypto {
namespace {

TEST(Random, HasTheLengthAndAlphabetAskedFor) {
  init();
  EXPECT_EQ(random_bytes(33).size(), 33U);
  EXPECT_EQ(random_bytes(0), "");
  const std::string letters = random_alphanumeric(5000);
  EXPECT_EQ(std::set<char>(letters.begin(), letters.end()).size(), 62U);
  const std::string base32 = random_base32(5000);
  EXPECT_EQ(std::set<char>(base32.begin(), base32.end()).size(), 32U);
  EXPECT_EQ(base32.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"), std::string::npos);
}

TEST(Random, NewIdsTellTheirKindAndAreNeverAlike) {
  init();
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(new_id<base::DashboardId>().text());
  EXPECT_EQ(ids.size(), 1000U);
  EXPECT_TRUE(ids.begin()->starts_with("dsh_"));
  EXPECT_EQ(ids.begin()->size(), 24U);
}

}  // namespace
}  // namespace crypto
