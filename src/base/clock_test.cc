#include "base/clock.h"

#include <gtest/gtest.h>

namespace base {
namespace {

using std::chrono::seconds;

TEST(Time, IsWrittenAndReadInOneForm) {
  for (const auto& [count, text] : std::vector<std::pair<std::int64_t, std::string>>{
           {0, "1970-01-01T00:00:00Z"},
           {-1, "1969-12-31T23:59:59Z"},
           {951'782'399, "2000-02-28T23:59:59Z"},
           {951'782'400, "2000-02-29T00:00:00Z"},
           {1'767'225'600, "2026-01-01T00:00:00Z"},
           {253'402'300'799, "9999-12-31T23:59:59Z"},
           {-62'167'219'200, "0000-01-01T00:00:00Z"}}) {
    EXPECT_EQ(render_time(Seconds(seconds(count))), text);
    EXPECT_EQ(parse_time(text), Seconds(seconds(count)));
  }
}

TEST(Time, RefusesOtherFormsAndImpossibleMoments) {
  for (const std::string text : {"",
                                 "2026-01-01",
                                 "2026-01-01T00:00:00",
                                 "2026-01-01T00:00:00+00:00",
                                 "2026-01-01T00:00:00.0Z",
                                 "2026-01-01 00:00:00Z",
                                 "2026-01-01t00:00:00z",
                                 "26-01-01T00:00:00Z",
                                 "2026-1-01T00:00:00Z",
                                 "2026-13-01T00:00:00Z",
                                 "2026-00-01T00:00:00Z",
                                 "2026-01-00T00:00:00Z",
                                 "2026-01-32T00:00:00Z",
                                 "2026-02-29T00:00:00Z",
                                 "1900-02-29T00:00:00Z",
                                 "2026-01-01T24:00:00Z",
                                 "2026-01-01T00:60:00Z",
                                 "2026-01-01T00:00:60Z",
                                 "-026-01-01T00:00:00Z",
                                 "+026-01-01T00:00:00Z",
                                 "2026-01-01T00:00:0 Z",
                                 " 026-01-01T00:00:00Z",
                                 "2026-01-01T00:00:00Z "}) {
    EXPECT_EQ(parse_time(text), std::nullopt) << text;
  }
}

TEST(Span, IsTheLargestOneOrTwoUnits) {
  EXPECT_EQ(render_span(seconds(0)), "0 s");
  EXPECT_EQ(render_span(seconds(59)), "59 s");
  EXPECT_EQ(render_span(seconds(60)), "1 min");
  EXPECT_EQ(render_span(seconds(3599)), "59 min");
  EXPECT_EQ(render_span(seconds(3600)), "1 h");
  EXPECT_EQ(render_span(seconds(12'000)), "3 h 20 min");
  EXPECT_EQ(render_span(seconds(86'399)), "23 h 59 min");
  EXPECT_EQ(render_span(seconds(86'400)), "1 day");
  EXPECT_EQ(render_span(seconds(172'800)), "2 days");
}

TEST(FixedClock, StandsStillUntilItIsMoved) {
  FixedClock clock{Seconds(seconds(10))};
  EXPECT_EQ(clock.now(), Seconds(seconds(10)));
  clock.advance(seconds(5));
  EXPECT_EQ(clock.now(), Seconds(seconds(15)));
}

TEST(SystemClock, TellsThePresent) {
  const auto now = std::chrono::system_clock::now();
  EXPECT_LT(std::chrono::abs(SystemClock().now() - now), seconds(2));
}

class SteadySpanTest : public ::testing::Test {
 protected:
  void pass(seconds span) {
    clock_.advance(span);
    monotonic_.advance(span);
  }

  FixedClock clock_{Seconds(seconds(1'800'000'000))};
  FixedMonotonicClock monotonic_;
  SteadySpan span_{clock_, monotonic_};
};

TEST_F(SteadySpanTest, GrowsWhileBothClocksGoAlong) {
  EXPECT_EQ(span_.look(), seconds(0));
  for (int minute = 1; minute <= 120; ++minute) {
    pass(seconds(60));
    EXPECT_EQ(span_.look(), seconds(60) * minute);
  }
}

TEST_F(SteadySpanTest, BeginsAnewWhenTheClockIsSetForwardAndWhenItIsSetRightAgain) {
  pass(std::chrono::hours(2));
  EXPECT_EQ(span_.look(), std::chrono::hours(2));
  clock_.advance(std::chrono::days(3));
  EXPECT_EQ(span_.look(), seconds(0));
  pass(seconds(60));
  EXPECT_EQ(span_.look(), seconds(60));
  clock_.advance(-std::chrono::days(3));
  EXPECT_EQ(span_.look(), seconds(0));
}

TEST_F(SteadySpanTest, BearsThatClocksAreReadOneAfterTheOther) {
  pass(std::chrono::hours(1));
  clock_.advance(seconds(5));
  EXPECT_EQ(span_.look(), std::chrono::hours(1));
  clock_.advance(seconds(-6));
  EXPECT_EQ(span_.look(), seconds(0));
}

}  // namespace
}  // namespace base
