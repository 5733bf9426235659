#include "auth/password_rules.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "base/ascii.h"

namespace auth {
namespace {

using base::Done;
using base::Error;
using base::Result;

bool continues_character(char c) { return (c & 0xc0) == 0x80; }

/// Of UTF-8 text: all bytes but those that continue a character.
std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return !continues_character(c); }));
}

bool repeats_one_character(std::string_view text) {
  std::size_t width = 1;
  while (width < text.size() && continues_character(text[width])) ++width;
  return text.substr(width) == text.substr(0, text.size() - width);
}

}  // namespace

Result<Done> check_password(const base::Secret& password, std::string_view email,
                            std::string_view field) {
  const auto invalid = [&](std::string what) {
    return Error{base::Code::kInvalidBody, std::move(what), {}, std::string(field)};
  };
  const std::string& text = password.reveal_secret();
  if (characters_of(text) < kMinPasswordCharacters) {
    return invalid(fmt::format("Must have at least {} characters.", kMinPasswordCharacters));
  }
  if (text.size() > kMaxPasswordBytes) return invalid("Is too long.");
  if (repeats_one_character(text)) return invalid("Must not be one character over and over.");
  if (normalise_email(text) == normalise_email(email)) return invalid("Must not be the email.");
  return Done{};
}

std::string normalise_email(std::string_view email) { return base::lower_ascii(email); }

}  // namespace auth
