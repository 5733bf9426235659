// Forms, as of introspection and revocation: what was read, written with every byte escaped, reads
// the same.

#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

#include "http/form.h"

namespace {

std::string escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) escaped += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return escaped;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto fields = http::parse_form({reinterpret_cast<const char*>(data), size});
  if (!fields) return 0;
  std::string form;
  for (const auto& [name, value] : *fields) {
    if (!form.empty()) form += '&';
    form += escape(name) + "=" + escape(value);
  }
  const auto again = http::parse_form(form);
  if (!again) std::abort();
  if (!fields->empty() && *again != *fields) std::abort();
  return 0;
}
