#pragma once

// A client's socket with what was received and not yet read, what is to be sent, and the moment at
// which waiting for the client ends. All calls return at once; waiting is by callback. Lives on its
// NetworkThread. Used by Connection only; not thread-safe.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include "http/network_thread.h"

namespace http {

/// Bytes to send: a head, and a body that is not copied behind it. They go out in one write where
/// the socket takes it.
struct Outgoing {
  std::string head;
  std::string body;       ///< Owns the bytes of `tail`, unless they are a fixed body.
  std::string_view tail;  ///< What of the body is not sent.
  std::size_t head_sent = 0;

  [[nodiscard]] bool empty() const { return head_sent == head.size() && tail.empty(); }
  [[nodiscard]] std::array<boost::asio::const_buffer, 2> buffers() const;
  void consume(std::size_t bytes);
  void clear();
};

class PeerSocket {
 public:
  enum class Progress : std::uint8_t { kDone, kBlocked, kGone };

  PeerSocket(Socket socket, const NetworkThread& network, std::chrono::seconds patience,
             std::size_t input_limit_bytes);

  /// Prepares a fresh socket. Returns the other end's address, or nothing where it already went.
  [[nodiscard]] std::optional<boost::asio::ip::address> open();
  /// Ends sending only, so that the client can still read.
  void close_sending();
  void close();

  // Receiving.
  [[nodiscard]] std::string_view input() const;
  void consume_input(std::size_t bytes);
  [[nodiscard]] bool input_is_full() const { return input_.size() >= input_.max_size(); }
  /// Reads once what is there. kBlocked where nothing is.
  [[nodiscard]] Progress receive();
  /// Reads once and drops it, without regard to the deadline. Returns how much it was, 0 with
  /// kBlocked and kGone.
  [[nodiscard]] std::pair<Progress, std::size_t> discard();
  /// `then()` runs when there is something to read, or the end. Nothing happens where such a wait
  /// is pending.
  template <typename Then>
  void when_readable(Then then) {
    if (std::exchange(awaits_input_, true)) return;
    socket_.async_wait(Socket::wait_read,
                       [this, then = std::move(then)](const boost::system::error_code&) mutable {
                         awaits_input_ = false;
                         then();
                       });
  }

  // Sending.
  Outgoing out;
  [[nodiscard]] Progress flush();
  template <typename Then>
  void when_writable(Then then) {
    if (std::exchange(awaits_room_, true)) return;
    socket_.async_wait(Socket::wait_write,
                       [this, then = std::move(then)](const boost::system::error_code&) mutable {
                         awaits_room_ = false;
                         then();
                       });
  }

  // The deadline. Bytes that come or go move it, but less the fewer they are: a client can not hold
  // a connection with a trickle.
  void restart_deadline() { deadline_ = network_.now() + patience_; }
  void set_deadline(std::chrono::seconds from_now) { deadline_ = network_.now() + from_now; }
  /// While the client waits for us.
  void suspend_deadline() { deadline_ = Moment::max(); }
  [[nodiscard]] bool is_expired(Moment now) const { return now >= deadline_; }

 private:
  [[nodiscard]] std::pair<Progress, std::size_t> read();
  void credit(std::size_t bytes);

  Socket socket_;
  const NetworkThread& network_;
  const std::chrono::seconds patience_;
  Moment deadline_;
  boost::beast::flat_buffer input_;
  bool awaits_input_ = false;
  bool awaits_room_ = false;
};

}  // namespace http
