#pragma once

// Requests and responses as handlers see them: plain values, without the HTTP library.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

enum class Method : std::uint8_t { kGet, kHead, kPost, kPut, kDelete, kOptions, kOther };

/// Who waits for an answer.
class Client {
 public:
  virtual ~Client() = default;
  /// `callback` runs once, on another thread, when the client goes before the answer is whole; at
  /// once if it already went. It must be quick and must not throw. Replaces an earlier callback; a
  /// null one removes it, and after return the earlier one is not running.
  virtual void on_gone(std::function<void()> callback) = 0;
};

struct Request {
  Method method = Method::kOther;
  std::string path;   ///< Percent-decoded and free of dot segments; always begins with '/'.
  std::string query;  ///< Raw, without '?'.
  std::string body;
  std::string id;              ///< Unique per request; also sent back as `x-request-id`.
  std::string remote_address;  ///< Of the client, as far as a trusted proxy tells it.
  /// Names in lower case. A header that was sent twice and must be single makes the request a 400
  /// before any handler runs (authorization, origin, host, content-type, content-length, cookie,
  /// x-api-key).
  std::vector<std::pair<std::string, std::string>> headers;
  /// What the `{name}` parts of the route matched.
  std::map<std::string, std::string, std::less<>> parameters;
  Client* client = nullptr;  ///< While a worker thread makes the answer, else null.

  /// Nothing where the header was not sent.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view lower_case_name) const;
};

/// A response body that is written while it is made. Used on a worker thread by one writer.
class BodyStream : public Client {
 public:
  /// Hands over bytes; waits while the client is slow (bounded buffer). False when nobody reads any
  /// more: the client went, or the server stops. Then the writer should return.
  [[nodiscard]] virtual bool write(std::string_view bytes) = 0;
};

/// HEAD is answered like GET; the server leaves the body out. A header name or value that could
/// split the response makes it an empty 500.
struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  /// When set, `body` is not sent; the function runs on a worker thread after the header went out
  /// (chunked). The body is flushed at every write. The request that the handler got lives until
  /// the function returns. It does not run for HEAD.
  std::function<void(BodyStream&)> stream;
  /// When set, the response is this memory, which must outlive the server (packed assets).
  std::optional<std::string_view> fixed_body;
};

}  // namespace http
