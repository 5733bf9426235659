// Documentation, for anybody.

#include <fmt/format.h>

#include "http/docs_html.h"
#include "http/handlers.h"

namespace http {
namespace {

/// Nothing runs on these pages.
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";
constexpr std::string_view kMarkdown = "text/markdown; charset=utf-8";

Response text_response(int status, std::string_view content_type, std::string text) {
  Response response;
  response.status = status;
  response.content_type = content_type;
  response.body = std::move(text);
  response.headers = {{"content-security-policy", std::string(kPolicy)},
                      {"cache-control", "no-cache"}};
  return response;
}

Response html_response(int status, std::string html) {
  return text_response(status, "text/html; charset=utf-8", std::move(html));
}

Response find_page(const docs::Library& library, std::string_view name) {
  constexpr std::string_view kSuffix = ".md";
  const bool markdown = name.ends_with(kSuffix);
  if (markdown) name.remove_suffix(kSuffix.size());
  const docs::Page* page = library.find(name);
  if (page == nullptr) return html_response(404, render_docs_not_found(library, name));
  if (markdown) return text_response(200, kMarkdown, std::string(page->markdown));
  return html_response(200, render_docs_page(library, *page));
}

}  // namespace

Response get_docs(Services& services, const Request&) { return find_page(services.docs, "index"); }

Response get_docs_page(Services& services, const Request& request) {
  return find_page(services.docs, request.parameters.at("page"));
}

Response get_llms_txt(Services& services, const Request&) {
  return text_response(200, "text/plain; charset=utf-8",
                       render_llms_txt(services.docs, services.public_url));
}

}  // namespace http
