#include "http/docs_html.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "http/assets.h"

namespace http {
namespace {

constexpr std::string_view kFolder = "/docs/";
constexpr std::string_view kSuffix = ".md";
constexpr std::string_view kStart = "index";
constexpr std::string_view kNothingFits =
    "Nothing in the documentation fits this question. Try other words, or look through the pages.";

/// Of a page: its title, the list of pages, where else it is, itself.
constexpr std::string_view kShell = R"html(<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{} · Aracari</title>
  <link rel="icon" type="image/svg+xml" href="/favicon.svg">
  <link rel="stylesheet" href="/docs/style/docs.css">
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header>
<a class="home" href="/docs">Aracari</a> <span>Documentation</span>
<form role="search"><input type="search" name="ask" maxlength="300" placeholder="Ask a question"
  aria-label="Ask a question"></form>
<a href="/">Open the app</a>
</header>
<div class="columns">
<nav aria-label="Pages">
{}</nav>
<main id="content">
<p class="forms">{}</p>
{}</main>
</div>
</body>
</html>
)html";

std::string escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

std::string address_of(const docs::Page& page) {
  return page.name == kStart ? "/docs" : fmt::format("{}{}", kFolder, page.name);
}

std::string address_of(const docs::Passage& passage) {
  return fmt::format("{}#{}", address_of(*passage.page), passage.section->id);
}

std::string link_to(const docs::Page& page, std::string_view attributes = "") {
  return fmt::format(R"(<a href="{}"{}>{}</a>)", address_of(page), attributes, escape(page.title));
}

std::string render_list(const docs::Library& library, const docs::Page* current) {
  std::string list = "<ul>\n";
  for (const docs::Page& page : library.pages()) {
    list += fmt::format("<li>{}</li>\n",
                        link_to(page, &page == current ? R"( aria-current="page")" : ""));
  }
  return list + "</ul>\n";
}

}  // namespace

docs::Library packed_docs(const std::vector<std::pair<std::string, std::string_view>>& others) {
  std::vector<std::pair<std::string, std::string_view>> sources = others;
  std::string_view start;
  for (const Asset& asset : packed_assets()) {
    std::string_view name = asset.path;
    if (!name.starts_with(kFolder) || !name.ends_with(kSuffix)) continue;
    name.remove_prefix(kFolder.size());
    name.remove_suffix(kSuffix.size());
    sources.emplace_back(name, asset.identity);
    if (name == kStart) start = asset.identity;
  }
  // What is not linked comes last; the start page itself comes first.
  std::ranges::sort(sources, {}, [&](const auto& source) {
    const std::string& name = source.first;
    const std::size_t place = start.find(fmt::format("({}{}", name, kSuffix));
    return std::pair(name == kStart ? 0 : place, name);
  });
  return docs::Library(sources);
}

std::string render_docs_page(const docs::Library& library, const docs::Page& page) {
  const std::string forms = fmt::format(
      R"(This page as <a href="{0}{1}{2}">Markdown</a>. All pages: <a href="/llms.txt">llms.txt</a>.)",
      kFolder, page.name, kSuffix);
  return fmt::format(kShell, escape(page.title), render_list(library, &page), forms, page.html);
}

std::string render_docs_not_found(const docs::Library& library, std::string_view name) {
  std::string text = "<h1>There is no such page</h1>\n";
  const auto near = library.find_like(name);
  if (!near.empty()) text += "<p>Perhaps you look for:</p>\n<ul>\n";
  for (const docs::Page* page : near) text += fmt::format("<li>{}</li>\n", link_to(*page));
  if (!near.empty()) text += "</ul>\n";
  return fmt::format(kShell, "Not found", render_list(library, nullptr), "", text);
}

std::string render_answer_page(const docs::Library& library, std::string_view question,
                               const std::vector<docs::Passage>& passages) {
  std::string text = fmt::format("<h1>{}</h1>\n", escape(question));
  if (passages.empty()) text += fmt::format("<p>{}</p>\n", kNothingFits);
  for (const docs::Passage& passage : passages) {
    text += fmt::format("<h2><a href=\"{}\">{}</a></h2>\n<p class=\"place\">{}</p>\n<p>{}</p>\n",
                        address_of(passage), escape(passage.section->title),
                        escape(passage.page->title), escape(passage.excerpt));
  }
  return fmt::format(kShell, "Answer", render_list(library, nullptr), "", text);
}

std::string render_answer_markdown(const std::vector<docs::Passage>& passages) {
  if (passages.empty()) return fmt::format("# Answer\n\n{}\n", kNothingFits);
  std::string text = "# Answer\n";
  for (const docs::Passage& passage : passages) {
    text += fmt::format("\n## [{}]({})\n\n{}\n", passage.section->title, address_of(passage),
                        passage.excerpt);
  }
  return text;
}

base::json::value render_answer(const std::vector<docs::Passage>& passages) {
  base::json::array array;
  for (const docs::Passage& passage : passages) {
    array.push_back(base::json::object{{"url", address_of(passage)},
                                       {"page", passage.page->title},
                                       {"section", passage.section->title},
                                       {"text", passage.excerpt}});
  }
  base::json::object answer{{"passages", std::move(array)}};
  if (passages.empty()) answer["detail"] = kNothingFits;
  return answer;
}

std::string render_llms_txt(const docs::Library& library, std::string_view public_url) {
  const docs::Page* start = library.find(kStart);
  std::string text = "# Aracari\n";
  if (start != nullptr) text += fmt::format("\n> {}\n", start->summary);
  text += "\n## Documentation\n\n";
  for (const docs::Page& page : library.pages()) {
    text += fmt::format("- [{}]({}{}{}{}): {}\n", page.title, public_url, kFolder, page.name,
                        kSuffix, page.summary);
  }
  return text;
}

}  // namespace http
