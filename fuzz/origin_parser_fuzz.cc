// Origins: the normal form is its own normal form, and holds nothing but scheme, host and port; a
// pattern ends no directive of a policy that it is written into.

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "auth/origin.h"

namespace {

void require(bool held, const std::string& text) {
  if (held) return;
  std::fprintf(stderr, "broken for: %s\n", text.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto normal = auth::normalise_origin(text);
  const auth::OriginRules nothing_listed{{}, {}, model::Environment::kProduction, {}};
  require(!auth::check_origin(text, nothing_listed).ok(), std::string(text));
  if (const auto pattern = auth::normalise_origin_pattern(text)) {
    require(pattern->find_first_of(";, \t\r\n'\"") == std::string::npos, *pattern);
    require(auth::normalise_origin_pattern(*pattern).ok(), *pattern);
  }
  if (!normal) return 0;
  const auto again = auth::normalise_origin(*normal);
  require(again.ok() && *again == *normal, *normal);
  const std::size_t host = normal->find("://") + 3;
  require(
      normal->starts_with("http") && normal->find_first_of("/?#@*%\\ ", host) == std::string::npos,
      *normal);
  return 0;
}
