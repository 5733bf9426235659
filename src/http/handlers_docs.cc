// Documentation, for anybody.

#include <fmt/format.h>

#include "http/docs_html.h"
#include "http/form.h"
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

/// How often a minute all people together may ask, which is searching.
constexpr std::int64_t kQuestionsPerMinute = 1200;
constexpr std::size_t kQuestionBytesMax = 1000;

using base::Code;
using base::Done;
using base::Error;
using base::Result;

Result<Done> count_question(Services& services) {
  const auto rate = services.rate_limiter.admit("documentation", kQuestionsPerMinute,
                                                auth::RateLimiter::Moment::clock::now());
  if (rate.admitted) return Done{};
  Error refusal{Code::kTooManyRequests, "The documentation is asked too often."};
  refusal.retry_after = rate.retry_after;
  return refusal;
}

/// A page, or an answer while one is read.
struct Reading {
  const docs::Page* page;
  bool markdown;
};

Response answer(Services& services, const Request& request, const Reading& reading,
                const docs::Question& question) {
  if (const auto counted = count_question(services); !counted) {
    return problem_response(counted.error(), request);
  }
  const auto passages = services.docs_search.ask(question);
  if (!passages) return problem_response(passages.error(), request);
  if (reading.markdown) return text_response(200, kMarkdown, render_answer_markdown(*passages));
  if (request.header("accept").value_or("").starts_with("application/json")) {
    return respond(Result<base::json::value>(render_answer(*passages)), request);
  }
  return html_response(200, render_answer_page(services.docs, question.text, *passages));
}

Response read(Services& services, const Request& request, std::string_view name) {
  constexpr std::string_view kSuffix = ".md";
  const bool markdown = name.ends_with(kSuffix);
  if (markdown) name.remove_suffix(kSuffix.size());
  const docs::Page* page = services.docs.find(name);
  if (page == nullptr) return html_response(404, render_docs_not_found(services.docs, name));
  const auto parameters = parse_form(request.query);
  if (!parameters) return problem_response(parameters.error(), request);
  const auto ask = parameters->find("ask");
  if (ask != parameters->end()) {
    const auto goal = parameters->find("goal");
    const docs::Question question{
        ask->second, goal == parameters->end() ? std::string_view() : goal->second, page};
    if (question.text.size() + question.goal.size() > kQuestionBytesMax) {
      return problem_response({Code::kInvalidBody, "The question is too long.", {}, "ask"},
                              request);
    }
    return answer(services, request, {page, markdown}, question);
  }
  if (markdown) return text_response(200, kMarkdown, std::string(page->markdown));
  return html_response(200, render_docs_page(services.docs, *page));
}

}  // namespace

Response get_docs(Services& services, const Request& request) {
  return read(services, request, "index");
}

Response get_docs_page(Services& services, const Request& request) {
  return read(services, request, request.parameters.at("page"));
}

Response get_llms_txt(Services& services, const Request&) {
  return text_response(200, "text/plain; charset=utf-8",
                       render_llms_txt(services.docs, services.public_url));
}

}  // namespace http
