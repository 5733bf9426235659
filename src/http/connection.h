#pragma once

// One client: its requests are read one by one, answered, and the answers written. A state machine
// driven by a socket that is ready, a worker that is done, and a stream that has something to send.
// Lives on its NetworkThread and is used by it only; worker jobs keep it alive. Not thread-safe.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "http/body_channel.h"
#include "http/message.h"
#include "http/network_thread.h"
#include "http/peer_socket.h"
#include "http/request_parser.h"
#include "http/response_head.h"
#include "http/server.h"

namespace http {

class Connection final : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Socket socket, ConnectionSlot slot, NetworkThread& network, ServerShare& share);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();
  /// Ends the connection at once; a stream learns that its reader went. Repeats are ignored.
  void close();
  /// Nothing is lost when it is closed: no request has begun, or it was refused.
  [[nodiscard]] bool is_idle() const;
  [[nodiscard]] bool is_expired(Moment now) const { return peer_.is_expired(now); }

 private:
  enum class Phase : std::uint8_t {
    kHead,       ///< Waiting for a request, or for the rest of its head.
    kBody,       ///< Waiting for the rest of the body.
    kReady,      ///< The request is complete.
    kHandling,   ///< A worker has it.
    kWriting,    ///< The response is known.
    kStreaming,  ///< A worker makes the response while it is sent.
    kDraining,   ///< Answered and half-closed; what still comes is dropped.
    kClosed,
  };

  /// Runs `first`, then goes on until something has to be waited for. What throws ends this
  /// connection, not the thread.
  template <typename First>
  void advance_after(First first);
  void advance();
  /// False where something has to be waited for.
  [[nodiscard]] bool step();
  [[nodiscard]] bool flush();
  void await_input();
  void on_readable();

  // Requests.
  void begin_request();
  /// Behind a trusted proxy the client's address, anew for each request: they may be of several.
  void find_client();
  [[nodiscard]] bool read_head();
  void accept_head();
  /// False where the body is large and all room for such is taken.
  [[nodiscard]] bool take_body_room();
  [[nodiscard]] bool read_body();
  [[nodiscard]] bool handle();
  /// Whether handling the request may take longer than the network thread has.
  [[nodiscard]] bool must_wait() const;
  void handle_on_worker();

  // Responses.
  /// Answers a request that was not read to its end, so that the connection can not go on.
  void refuse(Refusal refusal);
  void send_busy();
  void send(Response response);
  /// False, with nothing appended, where the response must not be sent as it is.
  [[nodiscard]] bool append_head(const Response& response, std::optional<std::size_t> body_bytes);
  [[nodiscard]] bool finish_response();
  void drain();

  // Streams and workers.
  [[nodiscard]] std::shared_ptr<BodyChannel> open_channel();
  void start_stream(Response response);
  void send_stream(const Response& response);
  [[nodiscard]] bool pump_stream();
  void run_on_worker(BodyChannel& channel);
  [[nodiscard]] bool wants_stream(const Response& response) const;
  /// Goes on with `function(*this)` on the network thread, unless the connection is closed by then.
  template <typename Function>
  void post(Function function);

  PeerSocket peer_;
  ConnectionSlot slot_;
  NetworkThread& network_;
  ServerShare& share_;

  boost::asio::ip::address peer_address_;
  Phase phase_ = Phase::kHead;
  RequestParser parser_;
  Request request_;
  Dispatch dispatch_;
  std::optional<BodyRoom> body_room_;
  bool head_known_ = false;  ///< The parser can tell version and persistence.
  bool refused_ = false;     ///< No other request can follow this one.
  Persistence persistence_ = Persistence::kKeepAlive;
  std::size_t drained_bytes_ = 0;
  std::shared_ptr<BodyChannel> channel_;
  std::optional<BodyChannel::End> stream_end_;
};

}  // namespace http
