#pragma once

// Takes HTTP/1.1 requests (RFC 9112) off a byte stream, one after another. It decides where a
// request begins and ends, and refuses whatever two parsers could read differently: both or several
// lengths, obs-fold, bare line feeds, a repeated header that must be single. Boost.Beast stays
// behind this header. Does no I/O. Used by Connection; not thread-safe.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "http/message.h"

namespace http {

class RequestParser {
 public:
  enum class Step : std::uint8_t {
    kNeedMore,
    kHeadDone,  ///< From parse_head only: everything but the body is in the request.
    kDone,      ///< From parse_body only: the body is complete.
    kMalformed,
    kHeaderTooLarge,
    kBodyTooLarge,
  };
  struct Progress {
    Step step;
    std::size_t consumed;  ///< Bytes of the input that are not to be handed in again.
  };

  explicit RequestParser(std::size_t header_limit_bytes);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  /// Starts a request; it is written into `request`, which must be empty and outlive the parse.
  void begin(Request& request);

  /// `input` is everything unconsumed. Repeated calls may only append to it.
  [[nodiscard]] Progress parse_head(std::string_view input);

  // After kHeadDone:
  [[nodiscard]] bool has_body() const;
  /// The declared length, 0 for a chunked body.
  [[nodiscard]] std::uint64_t content_length() const;
  [[nodiscard]] bool is_http11() const;
  [[nodiscard]] bool keep_alive() const;
  /// Whether the client waits for "100 Continue" before it sends the body (RFC 9110
  /// section 10.1.1).
  [[nodiscard]] bool expects_continue() const;

  /// Sets the limit of the decoded body. Call it once, before parse_body.
  void limit_body(std::uint64_t bytes);
  /// Requires has_body() and a `input` that is not empty.
  [[nodiscard]] Progress parse_body(std::string_view input);

 private:
  class Beast;

  std::size_t header_limit_bytes_;
  std::size_t scanned_ = 0;
  std::unique_ptr<Beast> beast_;
};

}  // namespace http
