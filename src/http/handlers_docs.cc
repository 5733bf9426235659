// Documentation, for anybody.

#include <map>
#include <optional>

#include "http/docs_html.h"
#include "http/form.h"
#include "http/handlers.h"

namespace http {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using Parameters = std::map<std::string, std::string, std::less<>>;

enum class Form : std::uint8_t { kHtml, kMarkdown };

/// How often a minute all people together may ask, which is searching.
constexpr std::int64_t kQuestionsPerMinute = 1200;
constexpr std::size_t kQuestionBytesMax = 1000;
/// Nothing runs on these pages.
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";
constexpr std::string_view kSuffix = ".md";
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

Result<Done> count_question(Services& services) {
  const auto rate = services.rate_limiter.admit("documentation", kQuestionsPerMinute,
                                                auth::RateLimiter::Moment::clock::now());
  if (rate.admitted) return Done{};
  Error refusal{Code::kTooManyRequests, "The documentation is asked too often."};
  refusal.retry_after = rate.retry_after;
  return refusal;
}

/// What `parameters`, which have to outlive it, ask at `page`; nothing where they do not ask.
Result<std::optional<docs::Question>> question_of(const Parameters& parameters,
                                                  const docs::Page& page) {
  const auto ask = parameters.find("ask");
  if (ask == parameters.end()) return std::optional<docs::Question>();
  docs::Question question{ask->second, {}, &page};
  if (const auto goal = parameters.find("goal"); goal != parameters.end()) {
    question.goal = goal->second;
  }
  if (question.text.size() + question.goal.size() > kQuestionBytesMax) {
    return Error{Code::kInvalidBody, "The question is too long.", {}, "ask"};
  }
  return std::optional(question);
}

Result<Response> answer(Services& services, const Request& request, Form form,
                        const docs::Question& question) {
  RETURN_IF_ERROR(count_question(services));
  ASSIGN_OR_RETURN(const auto passages, services.docs_search.ask(question));
  if (form == Form::kMarkdown) {
    return text_response(200, kMarkdown, render_answer_markdown(passages));
  }
  if (request.header("accept").value_or("").starts_with("application/json")) {
    return respond(Result<base::json::value>(render_answer(passages)), request);
  }
  return html_response(200, render_answer_page(services.docs, question.text, passages));
}

Result<Response> read(Services& services, const Request& request, std::string_view name) {
  const Form form = name.ends_with(kSuffix) ? Form::kMarkdown : Form::kHtml;
  if (form == Form::kMarkdown) name.remove_suffix(kSuffix.size());
  const docs::Page* page = services.docs.find(name);
  if (page == nullptr) return html_response(404, render_docs_not_found(services.docs, name));
  ASSIGN_OR_RETURN(const Parameters parameters, parse_form(request.query));
  ASSIGN_OR_RETURN(const auto question, question_of(parameters, *page));
  if (question) return answer(services, request, form, *question);
  if (form == Form::kMarkdown) return text_response(200, kMarkdown, std::string(page->markdown));
  return html_response(200, render_docs_page(services.docs, *page));
}

Response read_or_refuse(Services& services, const Request& request, std::string_view name) {
  auto response = read(services, request, name);
  return response ? std::move(response).value() : problem_response(response.error(), request);
}

}  // namespace

Response get_docs(Services& services, const Request& request) {
  return read_or_refuse(services, request, "index");
}

Response get_docs_page(Services& services, const Request& request) {
  return read_or_refuse(services, request, request.parameters.at("page"));
}

Response get_llms_txt(Services& services, const Request&) {
  return text_response(200, "text/plain; charset=utf-8",
                       render_llms_txt(services.docs, services.public_url));
}

}  // namespace http
