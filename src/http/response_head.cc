#include "http/response_head.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <ostream>  // Beast's status.hpp needs it.

#include <boost/beast/http/status.hpp>

namespace http {
namespace {

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), end.ptr);
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

void append_status_line(std::string& out, int status) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(status));
  out += ' ';
  const auto reason = boost::beast::http::obsolete_reason(
      boost::beast::http::int_to_status(static_cast<unsigned>(status)));
  out.append(reason.data(), reason.size());
  out += "\r\n";
}

void append_framing(std::string& out, int status, const ResponseTerms& terms) {
  if (terms.persistence == Persistence::kClose) {
    append_header(out, "connection", "close");
  } else if (!terms.http11) {
    append_header(out, "connection", "keep-alive");
  }
  if (!status_has_body(status)) return;
  if (terms.content_length) {
    out += "content-length: ";
    append_number(out, *terms.content_length);
    out += "\r\n";
  } else if (terms.http11) {
    append_header(out, "transfer-encoding", "chunked");
  }
}

bool is_token(std::string_view name) {
  static constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kOthers.find(c) != std::string_view::npos;
  });
}

bool is_value(std::string_view value) {
  return std::ranges::none_of(value, [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; });
}

bool is_sound(const Response& response) {
  return response.status >= 200 && response.status <= 599 && is_value(response.content_type) &&
         std::ranges::all_of(response.headers, [](const auto& header) {
           return is_token(header.first) && is_value(header.second);
         });
}

}  // namespace

std::string render_http_date(base::Seconds time) {
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 40> text{};
  const int size = std::snprintf(
      text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
      kDays[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
      kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()));
  return {text.data(), static_cast<std::size_t>(size)};
}

bool status_has_body(int status) { return status != 204 && status != 304; }

bool append_response_head(std::string& out, const Response& response, const ResponseTerms& terms) {
  if (!is_sound(response)) return false;
  append_status_line(out, response.status);
  append_framing(out, response.status, terms);
  if (!response.content_type.empty() && status_has_body(response.status)) {
    append_header(out, "content-type", response.content_type);
  }
  append_header(out, "date", terms.date);
  append_header(out, "x-request-id", terms.request_id);
  out += "x-content-type-options: nosniff\r\nreferrer-policy: no-referrer\r\n";
  for (const auto& [name, value] : response.headers) append_header(out, name, value);
  out += "\r\n";
  return true;
}

}  // namespace http
