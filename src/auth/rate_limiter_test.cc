#include "auth/rate_limiter.h"

#include <array>

#include <gtest/gtest.h>

namespace auth {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class RateLimiterTest : public ::testing::Test {
 protected:
  RateLimiter limiter_;
  const RateLimiter::Moment now_{std::chrono::hours(1)};
};

TEST_F(RateLimiterTest, AMinutesWorthMayComeAtOnceAndNoMore) {
  for (std::int64_t left = 59; left >= 0; --left) {
    const RateDecision decision = limiter_.admit("key_1", 60, now_);
    ASSERT_TRUE(decision.admitted);
    EXPECT_EQ(decision.limit, 60);
    EXPECT_EQ(decision.remaining, left);
    EXPECT_EQ(decision.until_full, seconds(60 - left));
  }
  const RateDecision refused = limiter_.admit("key_1", 60, now_);
  EXPECT_FALSE(refused.admitted);
  EXPECT_EQ(refused.remaining, 0);
  EXPECT_EQ(refused.retry_after, seconds(1));
  EXPECT_TRUE(limiter_.admit("key_2", 60, now_).admitted) << "others are not touched";
}

TEST_F(RateLimiterTest, WhatIsRefusedDoesNotCount) {
  ASSERT_TRUE(limiter_.admit("key_1", 1, now_).admitted);
  for (int time = 0; time < 100; ++time) EXPECT_FALSE(limiter_.admit("key_1", 1, now_).admitted);
  EXPECT_FALSE(limiter_.admit("key_1", 1, now_ + milliseconds(59'999)).admitted);
  EXPECT_TRUE(limiter_.admit("key_1", 1, now_ + minutes(1)).admitted);
}

TEST_F(RateLimiterTest, ComesBackSteadily) {
  for (int time = 0; time < 600; ++time) ASSERT_TRUE(limiter_.admit("key_1", 600, now_).admitted);
  for (int time = 1; time <= 100; ++time) {
    const auto moment = now_ + milliseconds(100) * time;
    EXPECT_TRUE(limiter_.admit("key_1", 600, moment).admitted) << time;
    EXPECT_FALSE(limiter_.admit("key_1", 600, moment).admitted) << time;
  }
}

TEST_F(RateLimiterTest, AChildThatIsRefusedCostsItsParentNothing) {
  const std::array limits{RateLimit{"child", 2}, RateLimit{"parent", 60}};
  for (int time = 0; time < 2; ++time) ASSERT_TRUE(limiter_.admit(limits, now_).admitted);
  for (int time = 0; time < 100; ++time) {
    const RateDecision refused = limiter_.admit(limits, now_);
    ASSERT_FALSE(refused.admitted);
    EXPECT_EQ(refused.limit, 2);
  }
  EXPECT_EQ(limiter_.admit("parent", 60, now_).remaining, 57) << "two of the child and this one";
}

TEST_F(RateLimiterTest, AParentThatRefusesCostsItsChildNothing) {
  const std::array limits{RateLimit{"child", 60}, RateLimit{"parent", 1}};
  const RateDecision first = limiter_.admit(limits, now_);
  EXPECT_TRUE(first.admitted);
  EXPECT_EQ(first.limit, 60) << "what a key is told is its own limit";
  EXPECT_EQ(first.remaining, 59);
  for (int time = 0; time < 100; ++time) {
    const RateDecision refused = limiter_.admit(limits, now_);
    ASSERT_FALSE(refused.admitted);
    EXPECT_EQ(refused.limit, 1);
  }
  EXPECT_EQ(limiter_.admit("child", 60, now_).remaining, 58);
}

TEST_F(RateLimiterTest, ForgetsWhoeverUsesNothing) {
  for (int key = 0; key < 1000; ++key) {
    (void)limiter_.admit("key_" + std::to_string(key), 60, now_);
  }
  EXPECT_EQ(limiter_.names_for_test(), 1000U);
  (void)limiter_.admit("key_a", 60, now_ + minutes(2));
  EXPECT_EQ(limiter_.names_for_test(), 1U);
}

TEST_F(RateLimiterTest, ForgetsNobodyWhoseMinuteIsNotOver) {
  ASSERT_TRUE(limiter_.admit("key_a", 60, now_).admitted) << "looks for whom to forget";
  const auto used_up = now_ + seconds(59);
  for (int time = 0; time < 60; ++time) {
    ASSERT_TRUE(limiter_.admit("key_1", 60, used_up).admitted);
  }
  ASSERT_TRUE(limiter_.admit("key_a", 60, now_ + minutes(1)).admitted) << "looks again";
  EXPECT_TRUE(limiter_.admit("key_1", 60, now_ + minutes(1)).admitted) << "a second has passed";
  EXPECT_FALSE(limiter_.admit("key_1", 60, now_ + minutes(1)).admitted);
}

}  // namespace
}  // namespace auth
