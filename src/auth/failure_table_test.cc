#include "auth/failure_table.h"

#include <gtest/gtest.h>

namespace auth {
namespace {

using std::chrono::seconds;

constexpr FailureLimits kLimits{3, seconds{5}, seconds{60}, seconds{600}};

class FailureTableTest : public ::testing::Test {
 protected:
  void fail(const std::string& key, int times, seconds now) {
    for (int time = 0; time < times; ++time) table_.add(key, now);
  }
  [[nodiscard]] std::int64_t wait(const std::string& key, seconds now) const {
    return table_.wait_of(key, now).count();
  }
  FailureTable table_{kLimits, 4};
};

TEST_F(FailureTableTest, TheWaitDoublesUpToTheLongest) {
  fail("a", 2, seconds{100});
  EXPECT_EQ(wait("a", seconds{100}), 0);
  for (const int expected : {5, 10, 20, 40, 60, 60}) {
    fail("a", 1, seconds{100});
    EXPECT_EQ(wait("a", seconds{100}), expected);
  }
  fail("a", 100, seconds{100});
  EXPECT_EQ(wait("a", seconds{100}), 60);
  EXPECT_EQ(wait("a", seconds{159}), 1);
  EXPECT_EQ(wait("a", seconds{160}), 0);
  EXPECT_EQ(wait("b", seconds{100}), 0);
}

TEST_F(FailureTableTest, ForgetsWhatIsLongAgoAndWhatItIsTold) {
  fail("a", 3, seconds{100});
  fail("a", 1, seconds{701});
  EXPECT_EQ(wait("a", seconds{701}), 0);
  fail("a", 2, seconds{701});
  EXPECT_EQ(wait("a", seconds{701}), 5);
  table_.forget("a");
  table_.forget("a");
  EXPECT_EQ(wait("a", seconds{701}), 0);
  EXPECT_EQ(table_.size(), 0U);
}

TEST_F(FailureTableTest, TakingBackLeavesWhatWasThere) {
  fail("a", 3, seconds{100});
  fail("a", 1, seconds{106});
  EXPECT_EQ(wait("a", seconds{106}), 10);
  table_.take_back("a");
  EXPECT_EQ(wait("a", seconds{104}), 1);
  fail("b", 1, seconds{106});
  table_.take_back("b");
  table_.take_back("b");
  EXPECT_EQ(table_.size(), 1U);
}

TEST_F(FailureTableTest, StrangersDoNotFreeWhoWaits) {
  fail("guesser", 3, seconds{100});
  for (int stranger = 0; stranger < 50; ++stranger) {
    fail("stranger " + std::to_string(stranger), 2, seconds{101});
  }
  EXPECT_EQ(table_.size(), 4U);
  EXPECT_EQ(wait("guesser", seconds{101}), 4);
}

TEST_F(FailureTableTest, FullOfThoseWhoWaitTheOldestGoes) {
  for (const std::string key : {"a", "b", "c", "d"}) fail(key, 3, seconds{100});
  fail("e", 3, seconds{101});
  EXPECT_EQ(table_.size(), 4U);
  EXPECT_EQ(wait("a", seconds{101}), 0);
  EXPECT_EQ(wait("b", seconds{101}), 4);
  EXPECT_EQ(wait("e", seconds{101}), 5);
}

TEST_F(FailureTableTest, WhoWaitedLongAgoMakesRoomForNewFailures) {
  for (const std::string key : {"a", "b", "c", "d"}) fail(key, 3, seconds{100});
  for (int time = 0; time < 3; ++time) {
    for (const std::string key : {"e", "f", "g", "h"}) fail(key, 1, seconds{701});
  }
  for (const std::string key : {"e", "f", "g", "h"}) EXPECT_EQ(wait(key, seconds{701}), 5) << key;
}

}  // namespace
}  // namespace auth
