#include "docs/page.h"

#include <algorithm>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <memory>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.h"

namespace docs {
namespace {

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeParser {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct FreeIterator {
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
struct FreeText {
  void operator()(char* text) const { cmark_get_default_mem_allocator()->free(text); }
};
using Node = std::unique_ptr<cmark_node, FreeNode>;
using Parser = std::unique_ptr<cmark_parser, FreeParser>;
using Iterator = std::unique_ptr<cmark_iter, FreeIterator>;
using Text = std::unique_ptr<char, FreeText>;

Node parse(cmark_parser* parser, std::string_view markdown) {
  cmark_parser_feed(parser, markdown.data(), markdown.size());
  return Node(cmark_parser_finish(parser));
}

Parser make_parser() {
  cmark_gfm_core_extensions_ensure_registered();
  Parser parser(cmark_parser_new(CMARK_OPT_DEFAULT));
  if (cmark_syntax_extension* tables = cmark_find_syntax_extension("table")) {
    cmark_parser_attach_syntax_extension(parser.get(), tables);
  }
  return parser;
}

/// Whether what follows belongs to another line or cell.
bool is_apart(cmark_node* node) {
  const cmark_node_type type = cmark_node_get_type(node);
  return type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK ||
         type == CMARK_NODE_PARAGRAPH ||
         std::string_view(cmark_node_get_type_string(node)) == "table_cell";
}

/// What a reader sees of `node`, as text.
std::string text_of(cmark_node* node) {
  std::string text;
  const Iterator iterator(cmark_iter_new(node));
  while (cmark_iter_next(iterator.get()) != CMARK_EVENT_DONE) {
    cmark_node* part = cmark_iter_get_node(iterator.get());
    const char* literal = cmark_node_get_literal(part);
    if (cmark_iter_get_event_type(iterator.get()) != CMARK_EVENT_ENTER) continue;
    if (is_apart(part) && !text.empty()) text += ' ';
    if (literal != nullptr) text += literal;
  }
  return text;
}

/// "Generate a token" becomes "generate-a-token", and a second one "generate-a-token-2".
std::string id_of(std::string_view title, std::set<std::string>& taken) {
  std::string id;
  for (const char c : base::lower_ascii(title)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-') id += c;
    if (c == ' ' && !id.empty() && !id.ends_with('-')) id += '-';
  }
  std::string unique = id;
  for (int count = 2; !taken.insert(unique).second; ++count)
    unique = fmt::format("{}-{}", id, count);
  return unique;
}

/// In the repository pages link to each other's files, and the same links work in a browser.
void lead_links_to_pages(cmark_node* document) {
  constexpr std::string_view kSuffix = ".md";
  const Iterator iterator(cmark_iter_new(document));
  while (cmark_iter_next(iterator.get()) != CMARK_EVENT_DONE) {
    cmark_node* link = cmark_iter_get_node(iterator.get());
    if (cmark_node_get_type(link) != CMARK_NODE_LINK) continue;
    if (cmark_iter_get_event_type(iterator.get()) != CMARK_EVENT_ENTER) continue;
    const std::string url = cmark_node_get_url(link);
    const std::size_t end = std::min(url.find('#'), url.size());
    const std::string_view path = std::string_view(url).substr(0, end);
    if (!path.ends_with(kSuffix) || path.find('/') != std::string_view::npos) continue;
    const std::string address =
        fmt::format("/docs/{}{}", path.substr(0, path.size() - kSuffix.size()), url.substr(end));
    cmark_node_set_url(link, address.c_str());
  }
}

std::string html_of(cmark_node* node, cmark_llist* extensions) {
  const Text html(cmark_render_html(node, CMARK_OPT_DEFAULT, extensions));
  return html.get();
}

}  // namespace

Page make_page(std::string name, std::string_view markdown) {
  const Parser parser = make_parser();
  const Node document = parse(parser.get(), markdown);
  lead_links_to_pages(document.get());
  cmark_llist* extensions = cmark_parser_get_syntax_extensions(parser.get());
  Page page{name, std::move(name), {}, markdown, {}, {}};
  std::set<std::string> ids;
  for (cmark_node* part = cmark_node_first_child(document.get()); part != nullptr;
       part = cmark_node_next(part)) {
    std::string html = html_of(part, extensions);
    const cmark_node_type type = cmark_node_get_type(part);
    const std::string text = text_of(part);
    if (type == CMARK_NODE_PARAGRAPH && page.summary.empty()) page.summary = text;
    // What may scroll has to be in reach of a keyboard.
    if (type == CMARK_NODE_CODE_BLOCK) html.insert(html.find('>'), " tabindex=\"0\"");
    if (type == CMARK_NODE_HEADING) {
      const std::string id = id_of(text, ids);
      html.insert(html.find('>'), fmt::format(" id=\"{}\"", id));
      if (page.sections.empty()) page.title = text;
      page.sections.push_back({id, text, {}});
    } else if (!page.sections.empty()) {
      page.sections.back().text += text + "\n";
    }
    page.html += html;
  }
  return page;
}

}  // namespace docs
