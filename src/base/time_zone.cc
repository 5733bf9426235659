#include "base/time_zone.h"

#include <absl/time/time.h>
#include <algorithm>
#include <filesystem>
#include <string>

namespace base {
namespace {

constexpr std::size_t kMaxNameBytes = 64;

/// Letters, digits, "_", "+", "-" and "/" between: nothing that leads out of the folder of zones.
bool is_zone_name(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  if (name.empty() || name.size() > kMaxNameBytes || !is_letter(name.front())) return false;
  return std::ranges::all_of(name, [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '+' || c == '-' || c == '/';
  });
}

/// The library keeps every name that it was asked for, so it is asked for none that is no zone.
bool is_known(std::string_view name) {
  std::error_code problem;
  const auto file = std::filesystem::path("/usr/share/zoneinfo") / name;
  return is_zone_name(name) && std::filesystem::is_regular_file(file, problem);
}

}  // namespace

Result<std::chrono::sys_days> day_in(std::string_view time_zone, Seconds now) {
  absl::TimeZone zone;
  if (!is_known(time_zone) || !absl::LoadTimeZone(std::string(time_zone), &zone)) {
    return Error{Code::kInvalidBody, "Is not a time zone."};
  }
  const auto there = absl::ToCivilDay(absl::FromUnixSeconds(now.time_since_epoch().count()), zone);
  return std::chrono::sys_days(std::chrono::year(static_cast<int>(there.year())) /
                               std::chrono::month(static_cast<unsigned>(there.month())) /
                               std::chrono::day(static_cast<unsigned>(there.day())));
}

}  // namespace base
