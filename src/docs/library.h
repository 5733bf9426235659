#pragma once

// The documentation that the program serves. Immutable, so thread-safe.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "docs/page.h"

namespace docs {

class Library {
 public:
  /// Names with their Markdown, which has to outlive the library, in the order of reading.
  explicit Library(const std::vector<std::pair<std::string, std::string_view>>& sources);

  [[nodiscard]] const std::vector<Page>& pages() const { return pages_; }
  /// Null where there is none.
  [[nodiscard]] const Page* find(std::string_view name) const;
  /// Those whose names look most like `name`, the nearest first; not those that do not at all.
  [[nodiscard]] std::vector<const Page*> find_like(std::string_view name) const;

 private:
  std::vector<Page> pages_;
};

}  // namespace docs
