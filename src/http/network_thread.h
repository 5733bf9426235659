#pragma once

// One io_context with the thread that runs it, and the connections that live on it. It gives them a
// coarse clock, and ends those that are idle or slow: one timer for all, not one a request. Used by
// Server and Connection only. Everything is for its own thread but post(), start(), stop(), join().

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <unordered_set>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "http/server.h"
#include "http/trusted_proxies.h"
#include "http/worker_pool.h"

namespace http {

// The concrete executor: the type-erased default costs a fifth of the throughput.
using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Executor>;
using Timer = boost::asio::basic_waitable_timer<
    std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;
using Moment = std::chrono::steady_clock::time_point;

/// What all connections of a server share. Outlives them.
struct ServerShare {
  const ServerOptions options;
  const TrustedProxies trusted_proxies;
  Application& application;
  WorkerPool workers;
  std::atomic<std::size_t> connections{0};
  std::atomic<std::size_t> large_body_bytes{0};
};

/// One of `connections_max`. Counted from the accept on, wherever the socket is.
class ConnectionSlot {
 public:
  explicit ConnectionSlot(std::atomic<std::size_t>& count) : count_(&count) { ++*count_; }
  ConnectionSlot(ConnectionSlot&& other) noexcept : count_(std::exchange(other.count_, nullptr)) {}
  ConnectionSlot& operator=(ConnectionSlot&&) = delete;
  ~ConnectionSlot() {
    if (count_ != nullptr) --*count_;
  }

 private:
  std::atomic<std::size_t>* count_;
};

/// Room for a large body, which all connections have together: anybody can open many.
class BodyRoom {
 public:
  /// Nothing where the others have all of it.
  [[nodiscard]] static std::optional<BodyRoom> take(std::atomic<std::size_t>& taken,
                                                    std::size_t bytes) {
    BodyRoom room(taken, bytes);
    return taken.fetch_add(bytes) + bytes <= kBytesMax ? std::optional(std::move(room))
                                                       : std::nullopt;
  }
  BodyRoom(BodyRoom&& other) noexcept
      : taken_(std::exchange(other.taken_, nullptr)), bytes_(other.bytes_) {}
  BodyRoom& operator=(BodyRoom&&) = delete;
  ~BodyRoom() {
    if (taken_ != nullptr) *taken_ -= bytes_;
  }

 private:
  static constexpr std::size_t kBytesMax = std::size_t{256} << 20;

  BodyRoom(std::atomic<std::size_t>& taken, std::size_t bytes) : taken_(&taken), bytes_(bytes) {}
  std::atomic<std::size_t>* taken_;
  std::size_t bytes_;
};

class Connection;

class NetworkThread {
 public:
  explicit NetworkThread(ServerShare& share);
  ~NetworkThread();
  NetworkThread(const NetworkThread&) = delete;
  NetworkThread& operator=(const NetworkThread&) = delete;

  /// Serves on a thread of its own until stop(). Throws std::system_error where there is none.
  void start();
  /// Serves on the calling thread until stop().
  void run();
  /// Closes idle connections now and all others once `drain` has passed; then run() returns.
  void stop(std::chrono::seconds drain);
  void join();

  [[nodiscard]] boost::asio::io_context& context() { return context_; }
  template <typename Function>
  void post(Function&& function) {
    boost::asio::post(context_, std::forward<Function>(function));
  }

  /// Begins to serve an accepted socket of this context.
  void adopt(Socket socket, ConnectionSlot slot);
  void add(Connection& connection) { connections_.insert(&connection); }
  void remove(Connection& connection);

  /// The time, right to a quarter of a second.
  [[nodiscard]] Moment now() const { return now_; }
  /// The same moment for the `date` header.
  [[nodiscard]] const std::string& date() const { return date_; }
  [[nodiscard]] bool is_stopping() const { return stopping_; }
  /// Writes 16 hex digits that no other request of this thread has, and that nobody can guess.
  void assign_request_id(std::string& id);

 private:
  void read_clock();
  void wait_for_tick();
  void tick();
  void enforce_deadlines();
  void begin_stop(std::chrono::seconds drain);
  template <typename Predicate>
  void close_connections(Predicate predicate);

  ServerShare& share_;
  std::unordered_set<Connection*> connections_;
  Moment now_;
  std::string date_;
  std::uint64_t request_counter_;
  bool stopping_ = false;
  Moment cut_at_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<Executor> work_;
  Timer timer_;
  std::thread thread_;
};

}  // namespace http
