#include "source/column_names.h"

#include <set>
#include <string_view>

#include <fmt/format.h>

#include "base/ascii.h"

namespace source {
namespace {

std::string tidy(std::string_view original) {
  std::string name;
  for (const char c : original) {
    const auto byte = static_cast<unsigned char>(c);
    name += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  const std::size_t begin = name.find_first_not_of(' ');
  if (begin == std::string::npos) return "";
  return shorten(name.substr(begin, name.find_last_not_of(' ') - begin + 1), kColumnNameBytesMax);
}

}  // namespace

std::string shorten(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  const auto continues = [&](std::size_t place) {
    return (static_cast<unsigned char>(text[place]) & 0xC0) == 0x80;
  };
  while (bytes > 0 && continues(bytes)) --bytes;
  return std::string(text.substr(0, bytes));
}

std::vector<std::string> make_column_names(const std::vector<std::string>& originals) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (const std::string& original : originals) {
    std::string base = tidy(original);
    if (base.empty()) base = fmt::format("column {}", names.size() + 1);
    std::string name = base;
    // As DuckDB compares names.
    for (int copy = 2; !taken.insert(base::lower_ascii(name)).second; ++copy) {
      name = fmt::format("{} {}", base, copy);
    }
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace source
