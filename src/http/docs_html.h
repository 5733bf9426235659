#pragma once

// Pages of documentation as a browser and other readers get them. Pure.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "docs/library.h"
#include "docs/search.h"

namespace http {

/// The library of the packed `/docs/*.md` and of `others`, names with their Markdown, which has to
/// outlive it. In the order in which `index` links to them.
[[nodiscard]] docs::Library packed_docs(
    const std::vector<std::pair<std::string, std::string_view>>& others);

[[nodiscard]] std::string render_docs_page(const docs::Library& library, const docs::Page& page);
/// That there is no page `name`, with those that may be meant.
[[nodiscard]] std::string render_docs_not_found(const docs::Library& library,
                                                std::string_view name);

// An answer to `?ask=`, in each of its forms.
[[nodiscard]] std::string render_answer_page(const docs::Library& library,
                                             std::string_view question,
                                             const std::vector<docs::Passage>& passages);
[[nodiscard]] std::string render_answer_markdown(const std::vector<docs::Passage>& passages);
[[nodiscard]] base::json::value render_answer(const std::vector<docs::Passage>& passages);

/// The list for language models (llmstxt.org). Addresses begin with `public_url`.
[[nodiscard]] std::string render_llms_txt(const docs::Library& library,
                                          std::string_view public_url);

}  // namespace http
