#include "http/request_target.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace http {
namespace {

bool is_printable_ascii(char c) { return c > 0x20 && c < 0x7f; }

bool is_control(char c) { return (c >= 0 && c < 0x20) || c == 0x7f; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<char> decode_escape(std::string_view two_digits) {
  if (two_digits.size() < 2) return std::nullopt;
  const int high = hex_digit(two_digits[0]);
  const int low = hex_digit(two_digits[1]);
  if (high < 0 || low < 0) return std::nullopt;
  const char decoded = static_cast<char>(high * 16 + low);
  if (decoded == '/' || is_control(decoded)) return std::nullopt;
  return decoded;
}

std::optional<std::string> decode_path(std::string_view raw) {
  std::string path;
  path.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '%') {
      path += raw[i];
      continue;
    }
    const std::optional<char> decoded = decode_escape(raw.substr(i + 1));
    if (!decoded) return std::nullopt;
    path += *decoded;
    i += 2;
  }
  return path;
}

bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    if (segment == "." || segment == "..") return true;
    path.remove_prefix(segment.size());
  }
  return false;
}

/// How many bytes follow `lead`, and the smallest code point that needs as many (RFC 3629).
struct Utf8Lead {
  std::size_t followers;
  std::uint32_t bits;
  std::uint32_t smallest;
};

std::optional<Utf8Lead> read_lead(std::uint8_t lead) {
  if (lead < 0x80) return Utf8Lead{0, lead, 0};
  if ((lead & 0xe0) == 0xc0) return Utf8Lead{1, lead & 0x1fU, 0x80};
  if ((lead & 0xf0) == 0xe0) return Utf8Lead{2, lead & 0x0fU, 0x800};
  if ((lead & 0xf8) == 0xf0) return Utf8Lead{3, lead & 0x07U, 0x10000};
  return std::nullopt;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto lead = read_lead(static_cast<std::uint8_t>(text.front()));
    if (!lead || text.size() <= lead->followers) return false;
    std::uint32_t point = lead->bits;
    for (std::size_t i = 1; i <= lead->followers; ++i) {
      const auto byte = static_cast<std::uint8_t>(text[i]);
      if ((byte & 0xc0) != 0x80) return false;
      point = point << 6 | (byte & 0x3fU);
    }
    const bool surrogate = point >= 0xd800 && point <= 0xdfff;
    if (point < lead->smallest || point > 0x10ffff || surrogate) return false;
    text.remove_prefix(lead->followers + 1);
  }
  return true;
}

}  // namespace

std::optional<RequestTarget> parse_request_target(std::string_view target) {
  if (!target.starts_with('/')) return std::nullopt;
  if (!std::ranges::all_of(target, is_printable_ascii)) return std::nullopt;
  if (target.find('#') != std::string_view::npos) return std::nullopt;
  const std::size_t mark = target.find('?');
  std::optional<std::string> path = decode_path(target.substr(0, mark));
  if (!path || path->find('\\') != std::string::npos) return std::nullopt;
  if (has_dot_segment(*path) || !is_utf8(*path)) return std::nullopt;
  const bool has_query = mark != std::string_view::npos;
  return RequestTarget{std::move(*path), std::string(has_query ? target.substr(mark + 1) : "")};
}

}  // namespace http
