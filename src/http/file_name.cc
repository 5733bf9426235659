#include "http/file_name.h"

#include <fmt/format.h>

namespace http {
namespace {

constexpr std::string_view kPlain = "-_";
/// Not allowed in names by one file system or another.
constexpr std::string_view kForbidden = "\\/:*?\"<>|";

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

/// Without dots and spaces at its ends, which hide a file or are dropped.
std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kEnds = ". ";
  const std::size_t first = text.find_first_not_of(kEnds);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kEnds) - first + 1);
}

/// Letters, digits and single underscores for everything between them.
std::string ascii_of(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (is_letter_or_digit(c) || kPlain.find(c) != std::string_view::npos) {
      plain += c;
    } else if (!plain.empty() && plain.back() != '_') {
      plain += '_';
    }
  }
  while (plain.ends_with('_')) plain.pop_back();
  return plain.empty() ? "chart" : plain;
}

std::string saved_name(std::string_view name) {
  std::string whole;
  for (const char c : name) {
    whole += is_control(c) || kForbidden.find(c) != std::string_view::npos ? ' ' : c;
  }
  whole = trimmed(whole);
  return whole.empty() ? "chart" : whole;
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (is_letter_or_digit(c) || kPlain.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

}  // namespace

std::string attachment(std::string_view name, std::string_view extension) {
  return fmt::format("attachment; filename=\"{0}.{2}\"; filename*=UTF-8''{1}.{2}", ascii_of(name),
                     percent_encoded(saved_name(name)), extension);
}

}  // namespace http
