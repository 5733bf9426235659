#include "docs/library.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace docs {
namespace {

constexpr std::size_t kNameBytesMax = 64;
constexpr std::size_t kOffered = 3;

/// How many bytes to insert, remove or replace to make `b` of `a` (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0U);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j + 1] + 1, row[j] + 1});
    }
  }
  return row.back();
}

}  // namespace

Library::Library(const std::vector<std::pair<std::string, std::string_view>>& sources) {
  std::ranges::transform(sources, std::back_inserter(pages_),
                         [](const auto& source) { return make_page(source.first, source.second); });
}

const Page* Library::find(std::string_view name) const {
  const auto found = std::ranges::find(pages_, name, &Page::name);
  return found == pages_.end() ? nullptr : &*found;
}

std::vector<const Page*> Library::find_like(std::string_view name) const {
  std::vector<std::pair<std::size_t, const Page*>> near;
  for (const Page& page : pages_) {
    const std::size_t changes = distance(name.substr(0, kNameBytesMax), page.name);
    const bool part = !name.empty() && page.name.find(name) != std::string::npos;
    if (part || changes * 2 <= page.name.size()) near.emplace_back(part ? 0 : changes, &page);
  }
  std::ranges::sort(near);
  std::vector<const Page*> pages;
  for (const auto& [changes, page] : near) {
    if (pages.size() < kOffered) pages.push_back(page);
  }
  return pages;
}

}  // namespace docs
