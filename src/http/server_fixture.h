#pragma once

// For tests: a server on a free loopback port with scripted routes, and a client that sends raw
// bytes.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>

#include "http/server.h"

namespace http {

/// Routes by exact path; anything else is a 404 that repeats method and path.
class ScriptedApplication final : public Application {
 public:
  struct Route {
    Dispatch dispatch;
    std::function<Response(const Request&)> handle;
    bool at_hand = false;  ///< Of a kEither route.
  };
  std::map<std::string, Route, std::less<>> routes;

  [[nodiscard]] Dispatch dispatch(Method method, std::string_view path) const override;
  [[nodiscard]] bool is_at_hand(const Request& request) override;
  [[nodiscard]] Response handle(const Request& request) override;
  /// The body is the refusal's name.
  [[nodiscard]] Response refuse(const Request& request, Refusal refusal) override;
};

[[nodiscard]] Response text_response(std::string body);

/// Free port, one network thread, two workers, a queue of one, 4 KiB heads, 60 s of patience.
[[nodiscard]] ServerOptions test_options();

/// Serves from construction to destruction.
class RunningServer {
 public:
  explicit RunningServer(Application& application, const ServerOptions& options = test_options());
  ~RunningServer();
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] Server& server() { return *server_; }
  /// Waits until run() has returned.
  void join();

 private:
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

struct ReceivedResponse {
  int status = 0;  ///< 0 where the connection ended before a whole response.
  std::string head;
  std::string body;  ///< Without chunk framing.

  [[nodiscard]] bool has(std::string_view line) const {
    return head.find("\r\n" + std::string(line) + "\r\n") != std::string::npos;
  }
};

/// A blocking client. Nothing waits longer than five seconds.
class RawClient {
 public:
  enum class Buffers { kUsual, kTiny };
  explicit RawClient(std::uint16_t port, Buffers buffers = Buffers::kUsual);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False where the server went before all was sent.
  bool send(std::string_view bytes);
  /// Reads until `end` was read; what was read, which lacks `end` where the connection ended.
  std::string read_through(std::string_view end);
  std::string read_exactly(std::size_t bytes);
  ReceivedResponse read_response();
  ReceivedResponse read_head_response();
  /// Sends a GET of `path` and reads the response.
  ReceivedResponse get(std::string_view path);
  /// True where the server ends the connection, without more bytes, within `limit`.
  bool ends_within(std::chrono::milliseconds limit);
  void close();

 private:
  bool fill();
  std::string take(std::size_t bytes);

  int socket_ = -1;
  std::string input_;
};

[[nodiscard]] std::string get_request(std::string_view path);

}  // namespace http
