#include "base/time_zone.h"

#include <gtest/gtest.h>

namespace base {
namespace {

using namespace std::chrono;  // NOLINT(google-build-using-namespace): dates

// 2026-11-29 23:30 UTC.
constexpr Seconds kLate{sys_days(year(2026) / 11 / 29) + hours(23) + minutes(30)};

TEST(TimeZone, TellsTheDayThere) {
  EXPECT_EQ(day_in("UTC", kLate).value(), sys_days(year(2026) / 11 / 29));
  EXPECT_EQ(day_in("Europe/Paris", kLate).value(), sys_days(year(2026) / 11 / 30));
  EXPECT_EQ(day_in("America/New_York", kLate).value(), sys_days(year(2026) / 11 / 29));
  EXPECT_EQ(day_in("Pacific/Kiritimati", kLate).value(), sys_days(year(2026) / 11 / 30));
}

TEST(TimeZone, IsNoPath) {
  for (const std::string name :
       {"", "Europe/Nowhere", "Europe", "../../../etc/passwd", "/etc/passwd", "file:/etc/passwd",
        "Europe/../UTC", "tzdata.zi", "Europe/Paris\n", "europe paris", ":UTC"}) {
    const auto day = day_in(name, kLate);
    ASSERT_FALSE(day.ok()) << name;
    EXPECT_EQ(day.error().code, Code::kInvalidBody);
    EXPECT_EQ(day.error().what.find("etc"), std::string::npos);
  }
}

}  // namespace
}  // namespace base
