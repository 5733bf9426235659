#include "auth/generational_cache.h"

#include <gtest/gtest.h>

namespace auth {
namespace {

class GenerationalCacheTest : public ::testing::Test {
 protected:
  void insert(int number) {
    cache_.insert(std::to_string(number), std::make_shared<const int>(number));
  }
  [[nodiscard]] bool has(int number) {
    const auto found = cache_.find(std::to_string(number));
    return found != nullptr && *found == number;
  }

  GenerationalCache<int> cache_{10};
};

TEST_F(GenerationalCacheTest, KeepsWhatIsUsedThroughAFloodAndStaysBounded) {
  insert(0);
  for (int number = 1; number < 1000; ++number) {
    insert(number);
    EXPECT_TRUE(has(0)) << number;
    EXPECT_TRUE(has(number));
    EXPECT_LE(cache_.size(), 10U);
  }
}

TEST_F(GenerationalCacheTest, LetsTheUnusedGoAndNeverAllAtOnce) {
  for (int number = 0; number < 100; ++number) {
    insert(number);
    EXPECT_GE(cache_.size(), std::min<std::size_t>(static_cast<std::size_t>(number) + 1, 5));
  }
  EXPECT_FALSE(has(0));
  for (int number = 95; number < 100; ++number) EXPECT_TRUE(has(number)) << number;
}

TEST_F(GenerationalCacheTest, ReplacesAndClears) {
  insert(1);
  cache_.insert("1", std::make_shared<const int>(2));
  EXPECT_EQ(*cache_.find("1"), 2);
  for (int number = 10; number < 16; ++number) insert(number);
  cache_.insert("1", std::make_shared<const int>(3));
  EXPECT_EQ(*cache_.find("1"), 3) << "not what the older generation had";
  cache_.clear();
  EXPECT_EQ(cache_.find("1"), nullptr);
  EXPECT_EQ(cache_.size(), 0U);
}

}  // namespace
}  // namespace auth
