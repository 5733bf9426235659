#include "http/request_parser.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <limits>
#include <optional>
#include <string>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include "base/ascii.h"
#include "http/request_target.h"

namespace http {
namespace {

namespace beast = boost::beast;
using beast::string_view;
using Error = beast::http::error;
using ErrorCode = beast::error_code;

/// Two of them would let a proxy and us, or two of our layers, go by different values.
constexpr std::array<std::string_view, 9> kSingleHeaders = {
    "authorization", "content-length",    "content-type",  "cookie",   "host",
    "origin",        "transfer-encoding", "upload-offset", "x-api-key"};

Method method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get: return Method::kGet;
    case beast::http::verb::head: return Method::kHead;
    case beast::http::verb::post: return Method::kPost;
    case beast::http::verb::put: return Method::kPut;
    case beast::http::verb::patch: return Method::kPatch;
    case beast::http::verb::delete_: return Method::kDelete;
    case beast::http::verb::options: return Method::kOptions;
    default: return Method::kOther;
  }
}

bool is_digits(string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

struct HeadEnd {
  RequestParser::Step step;
  std::size_t position;  ///< With kHeadDone: the size of the head. Else: where to look on.
};

/// Finds the empty line. Refuses line feeds without carriage return and folded lines, which Beast
/// would join.
HeadEnd find_head_end(std::string_view input, std::size_t position) {
  using Step = RequestParser::Step;
  for (;;) {
    const std::size_t newline = input.find('\n', position);
    if (newline == std::string_view::npos) return {Step::kNeedMore, input.size()};
    if (newline == 0 || input[newline - 1] != '\r') return {Step::kMalformed, newline};
    const std::string_view next_line = input.substr(newline + 1);
    if (next_line.starts_with("\r\n")) return {Step::kHeadDone, newline + 3};
    if (next_line.empty() || next_line == "\r") return {Step::kNeedMore, newline};
    if (next_line.starts_with(' ') || next_line.starts_with('\t')) {
      return {Step::kMalformed, newline};
    }
    position = newline + 1;
  }
}

}  // namespace

class RequestParser::Beast final : public beast::http::basic_parser<true> {
 public:
  Beast(Request& request, std::size_t header_limit_bytes) : request_(request) {
    header_limit(static_cast<std::uint32_t>(
        std::min<std::size_t>(header_limit_bytes, std::numeric_limits<std::uint32_t>::max())));
    body_limit(boost::none);
  }
  [[nodiscard]] bool is_http11() const { return version_ == 11; }
  [[nodiscard]] bool expects_continue() const { return expects_continue_; }
  /// HTTP/1.1 needs a host (RFC 9112 section 3.2); HTTP/1.0 knows no chunks (section 6.1).
  [[nodiscard]] bool suits_version() const {
    return is_http11() ? request_.header("host").has_value() : !chunked();
  }

 private:
  void on_request_impl(beast::http::verb verb, string_view, string_view target, int version,
                       ErrorCode& error) override {
    version_ = version;
    request_.method = method_of(verb);
    std::optional<RequestTarget> parsed =
        parse_request_target(std::string_view(target.data(), target.size()));
    if (!parsed) {
      error = Error::bad_target;
      return;
    }
    request_.path = std::move(parsed->path);
    request_.query = std::move(parsed->query);
  }

  void on_field_impl(beast::http::field field, string_view name, string_view value,
                     ErrorCode& error) override {
    // Trailers (RFC 9110 section 6.5) are dropped: nothing may add a header after the checks.
    if (is_header_done()) return;
    std::string lower_name(name.size(), '\0');
    std::ranges::transform(name, lower_name.begin(), [](char c) { return base::lower_ascii(c); });
    if (is_repeated_single(lower_name) || !is_sound(field, value)) {
      error = Error::bad_field;
      return;
    }
    request_.headers.emplace_back(std::move(lower_name), std::string(value.data(), value.size()));
  }

  bool is_repeated_single(std::string_view lower_name) {
    const auto found = std::ranges::lower_bound(kSingleHeaders, lower_name);
    if (found == kSingleHeaders.end() || *found != lower_name) return false;
    const auto index = static_cast<std::size_t>(found - kSingleHeaders.begin());
    const bool repeated = seen_.test(index);
    seen_.set(index);
    return repeated;
  }

  /// Stricter than Beast about what frames the body: one plain number, or exactly "chunked".
  bool is_sound(beast::http::field field, string_view value) {
    switch (field) {
      case beast::http::field::content_length: return is_digits(value);
      case beast::http::field::transfer_encoding: return beast::iequals(value, "chunked");
      case beast::http::field::expect:
        expects_continue_ = is_http11();
        return beast::iequals(value, "100-continue");
      default: return true;
    }
  }

  std::size_t take_body(string_view bytes) {
    request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  std::size_t on_body_impl(string_view bytes, ErrorCode&) override { return take_body(bytes); }
  std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, ErrorCode&) override {
    return take_body(bytes);
  }

  void on_response_impl(int, string_view, int, ErrorCode&) override {}
  void on_header_impl(ErrorCode&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
  void on_chunk_header_impl(std::uint64_t, string_view, ErrorCode&) override {}
  void on_finish_impl(ErrorCode&) override {}

  Request& request_;
  std::bitset<kSingleHeaders.size()> seen_;
  int version_ = 0;
  bool expects_continue_ = false;
};

RequestParser::RequestParser(std::size_t header_limit_bytes)
    : header_limit_bytes_(header_limit_bytes) {}

RequestParser::~RequestParser() = default;

void RequestParser::begin(Request& request) {
  scanned_ = 0;
  beast_ = std::make_unique<Beast>(request, header_limit_bytes_);
}

RequestParser::Progress RequestParser::parse_head(std::string_view input) {
  const HeadEnd end = find_head_end(input, scanned_);
  if (end.step == Step::kMalformed) return {Step::kMalformed, 0};
  scanned_ = end.position;
  const std::size_t known = end.step == Step::kHeadDone ? end.position : input.size();
  if (known > header_limit_bytes_) return {Step::kHeaderTooLarge, 0};
  if (end.step == Step::kNeedMore) return {Step::kNeedMore, 0};
  ErrorCode error;
  const std::size_t used = beast_->put({input.data(), end.position}, error);
  const bool sound = !error && used == end.position && beast_->suits_version();
  return {sound ? Step::kHeadDone : Step::kMalformed, used};
}

bool RequestParser::has_body() const { return !beast_->is_done(); }

std::uint64_t RequestParser::content_length() const { return beast_->content_length().value_or(0); }

bool RequestParser::is_http11() const { return beast_->is_http11(); }

bool RequestParser::keep_alive() const { return beast_->keep_alive(); }

bool RequestParser::expects_continue() const { return beast_->expects_continue(); }

void RequestParser::limit_body(std::uint64_t bytes) { beast_->body_limit(bytes); }

RequestParser::Progress RequestParser::parse_body(std::string_view input) {
  beast_->eager(true);
  ErrorCode error;
  const std::size_t used = beast_->put({input.data(), input.size()}, error);
  if (error == Error::body_limit) return {Step::kBodyTooLarge, used};
  if (error && error != Error::need_more) return {Step::kMalformed, used};
  return {beast_->is_done() ? Step::kDone : Step::kNeedMore, used};
}

}  // namespace http
