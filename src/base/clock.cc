#include "base/clock.h"

#include <charconv>

#include <fmt/format.h>

namespace base {
namespace {

/// Of clocks that are read one after the other, to the second, and slewed a little.
constexpr std::chrono::seconds kTolerance{5};

}  // namespace

Seconds SystemClock::now() const {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::chrono::milliseconds SystemMonotonicClock::elapsed() const {
  return std::chrono::floor<std::chrono::milliseconds>(
      std::chrono::steady_clock::now().time_since_epoch());
}

SteadySpan::SteadySpan(const Clock& clock, const MonotonicClock& monotonic)
    : clock_(clock),
      monotonic_(monotonic),
      last_now_(clock.now()),
      last_elapsed_(monotonic.elapsed()),
      steady_since_(last_elapsed_) {}

std::chrono::milliseconds SteadySpan::look() {
  const Seconds now = clock_.now();
  const std::chrono::milliseconds elapsed = monotonic_.elapsed();
  const std::chrono::milliseconds gone_ahead = (now - last_now_) - (elapsed - last_elapsed_);
  if (std::chrono::abs(gone_ahead) > kTolerance) steady_since_ = elapsed;
  last_now_ = now;
  last_elapsed_ = elapsed;
  return elapsed - steady_since_;
}

std::string render_time(Seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::optional<Seconds> parse_time(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:ddZ";
  if (text.size() != kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == 'd' ? !digit : text[i] != kForm[i]) return std::nullopt;
  }
  const auto number = [&](std::size_t at, std::size_t length) {
    int value = 0;
    std::from_chars(text.data() + at, text.data() + at + length, value);
    return value;
  };
  const std::chrono::year_month_day date{std::chrono::year{number(0, 4)},
                                         std::chrono::month{static_cast<unsigned>(number(5, 2))},
                                         std::chrono::day{static_cast<unsigned>(number(8, 2))}};
  const int hour = number(11, 2);
  const int minute = number(14, 2);
  const int second = number(17, 2);
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
         std::chrono::seconds{second};
}

std::string render_span(std::chrono::seconds span) {
  const auto total = span.count();
  if (total < 60) return fmt::format("{} s", total);
  if (total < 3600) return fmt::format("{} min", total / 60);
  if (total < 86400) {
    const auto minutes = total % 3600 / 60;
    return minutes == 0 ? fmt::format("{} h", total / 3600)
                        : fmt::format("{} h {} min", total / 3600, minutes);
  }
  return fmt::format("{} {}", total / 86400, total / 86400 == 1 ? "day" : "days");
}

}  // namespace base
