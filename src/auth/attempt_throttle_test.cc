#include "auth/attempt_throttle.h"

#include <gtest/gtest.h>

namespace auth {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using std::chrono::seconds;

class Throttle : public ::testing::Test {
 protected:
  Result<Done> attempt(const std::string& name, const std::string& address, Result<Done> outcome) {
    return throttle_.run({name, address}, Code::kWrongCredentials, [&]() -> Result<Done> {
      ++ran_;
      return outcome;
    });
  }
  Result<Done> fail(const std::string& name, const std::string& address) {
    return attempt(name, address, Error{Code::kWrongCredentials, "Wrong."});
  }
  void fail_often(const std::string& name, const std::string& address, int times) {
    for (int time = 0; time < times; ++time) (void)fail(name, address);
  }
  /// Whether a right answer would be let through, and lets it.
  [[nodiscard]] bool passes(const std::string& name, const std::string& address) {
    return attempt(name, address, Done{}).ok();
  }

  base::FixedMonotonicClock clock_;
  AttemptThrottle throttle_{clock_};
  int ran_ = 0;
};

TEST_F(Throttle, AfterFiveFailuresARightAnswerWaitsToo) {
  fail_often("ada@x", "192.0.2.1", 5);
  EXPECT_EQ(ran_, 5);
  const auto refused = attempt("ada@x", "192.0.2.1", Done{});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kTooManyRequests);
  EXPECT_EQ(refused.error().retry_after, seconds{5});
  EXPECT_EQ(refused.error().what.find_first_of("0123456789"), std::string::npos);
  EXPECT_EQ(ran_, 5) << "a refused attempt does no work";
  clock_.advance(seconds{5});
  EXPECT_TRUE(passes("ada@x", "192.0.2.1"));
}

TEST_F(Throttle, TheWaitGrowsToAQuarterOfAnHour) {
  seconds longest{};
  for (int time = 0; time < 18; ++time) {
    const auto outcome = fail("ada@x", "192.0.2.1");
    if (outcome.error().code != Code::kTooManyRequests) continue;
    longest = *outcome.error().retry_after;
    clock_.advance(longest);
    (void)fail("ada@x", "192.0.2.1");
  }
  const auto refused = fail("ada@x", "192.0.2.1");
  EXPECT_EQ(refused.error().retry_after, std::chrono::minutes{15});
}

TEST_F(Throttle, NobodyIsLockedOutByWhatOthersDoElsewhere) {
  fail_often("ada@x", "192.0.2.1", 30);
  EXPECT_FALSE(passes("ADA@X", "192.0.2.1")) << "an email is one name whatever its case";
  EXPECT_TRUE(passes("ada@x", "192.0.2.2"));
  EXPECT_TRUE(passes("max@x", "192.0.2.1"));
  EXPECT_FALSE(passes("ada@x", "192.0.2.1"));
}

TEST_F(Throttle, GuessingAtManyNamesFromOneAddressWaits) {
  for (int name = 0; name < 20; ++name) (void)fail(std::to_string(name) + "@x", "2001:db8::1");
  EXPECT_FALSE(passes("max@x", "2001:db8::1"));
  EXPECT_FALSE(passes("max@x", "2001:db8::ffff:1")) << "the same /64";
  EXPECT_TRUE(passes("max@x", "2001:db8:0:1::1"));
}

TEST_F(Throttle, AnAccountOfOnesOwnDoesNotClearTheAddress) {
  for (int name = 0; name < 19; ++name) {
    (void)fail(std::to_string(name) + "@x", "192.0.2.1");
    EXPECT_TRUE(passes("own@x", "192.0.2.1"));
  }
  (void)fail("19@x", "192.0.2.1");
  EXPECT_FALSE(passes("own@x", "192.0.2.1"));
}

TEST_F(Throttle, SuccessEndsTheFailuresOfTheName) {
  fail_often("ada@x", "192.0.2.1", 4);
  EXPECT_TRUE(passes("ada@x", "192.0.2.1"));
  fail_often("ada@x", "192.0.2.1", 4);
  EXPECT_TRUE(passes("ada@x", "192.0.2.1"));
}

TEST_F(Throttle, WhatTheServerCouldNotDoIsNoFailure) {
  for (int time = 0; time < 50; ++time) {
    const auto outcome = attempt("ada@x", "192.0.2.1", Error{Code::kUnavailable, "Busy."});
    EXPECT_EQ(outcome.error().code, Code::kUnavailable);
  }
  EXPECT_TRUE(passes("ada@x", "192.0.2.1"));
}

TEST_F(Throttle, ManyAtOnceGainNothing) {
  int inside = 0;
  const std::function<Result<Done>()> nested = [&]() -> Result<Done> {
    ++inside;
    (void)throttle_.run({"ada@x", "192.0.2.1"}, Code::kWrongCredentials, nested);
    return Error{Code::kWrongCredentials, "Wrong."};
  };
  (void)throttle_.run({"ada@x", "192.0.2.1"}, Code::kWrongCredentials, nested);
  EXPECT_EQ(inside, 5);
}

TEST_F(Throttle, AWaitTakesItsTimeToTheSecond) {
  fail_often("ada@x", "192.0.2.1", 5);
  EXPECT_FALSE(passes("ada@x", "192.0.2.1"));
  clock_.advance(seconds{4});
  EXPECT_FALSE(passes("ada@x", "192.0.2.1"));
  clock_.advance(seconds{1});
  EXPECT_TRUE(passes("ada@x", "192.0.2.1"));
}

TEST(AddressPrefix, IsTheCustomersPart) {
  EXPECT_EQ(address_prefix("203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(address_prefix("::ffff:203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(address_prefix("2001:db8:1:2:3:4:5:6"), address_prefix("2001:db8:1:2::"));
  EXPECT_NE(address_prefix("2001:db8:1:2::"), address_prefix("2001:db8:1:3::"));
  EXPECT_EQ(address_prefix("fe80::1%eth0"), address_prefix("fe80::2"));
  EXPECT_EQ(address_prefix("unknown"), "unknown");
  EXPECT_EQ(address_prefix(""), "");
}

}  // namespace
}  // namespace auth
