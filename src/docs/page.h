#pragma once

// A page of documentation, made of Markdown (GitHub's kind, by cmark-gfm). HTML in the Markdown is
// left out, so a page holds nothing that a browser runs.

#include <string>
#include <string_view>
#include <vector>

namespace docs {

/// A heading and what follows it, up to the next.
struct Section {
  std::string id;  ///< Unique on its page: what an address names after `#`.
  std::string title;
  std::string text;  ///< Without the heading.
};

struct Page {
  std::string name;     ///< In its address: letters, digits and `-`.
  std::string title;    ///< Its first heading; the name where there is none.
  std::string summary;  ///< Its first paragraph, as text.
  std::string_view markdown;
  std::string html;  ///< Headings have ids; links to `other.md` lead to `/docs/other`.
  std::vector<Section> sections;
};

/// `markdown` has to outlive the page. Pure and thread-safe.
[[nodiscard]] Page make_page(std::string name, std::string_view markdown);

}  // namespace docs
