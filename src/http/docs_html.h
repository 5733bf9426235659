#pragma once

// Pages of documentation as a browser and other readers get them. Pure.

#include <string>
#include <vector>

#include "docs/library.h"

namespace http {

/// The library of the packed `/docs/*.md`, in the order in which `index` links to them.
[[nodiscard]] docs::Library packed_docs();

[[nodiscard]] std::string render_docs_page(const docs::Library& library, const docs::Page& page);
/// That there is no page `name`, with those that may be meant.
[[nodiscard]] std::string render_docs_not_found(const docs::Library& library,
                                                std::string_view name);
/// The list for language models (llmstxt.org). Addresses begin with `public_url`.
[[nodiscard]] std::string render_llms_txt(const docs::Library& library,
                                          std::string_view public_url);

}  // namespace http
