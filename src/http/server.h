#pragma once

// The HTTP/1.1 server: sockets, limits, timeouts, worker threads. It knows nothing of Aracari's
// routes: one handler takes every request. Boost.Beast stays behind this header.

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/message.h"

namespace http {

/// How a request is to be handled, decided from its method and path before the body is read.
struct Dispatch {
  enum class Thread {
    kNetwork,  ///< At once, on the network thread: handlers of microseconds.
    kWorker,   ///< On a worker: handlers that wait for disk, database or a password hash.
    kEither,   ///< At once where Application::is_at_hand says so, else on a worker.
  };
  Thread thread = Thread::kNetwork;
  std::size_t body_limit_bytes = 0;  ///< A larger body is answered by the refusal handler.
};

/// Why the server itself refuses a request; it asks the application for the response.
enum class Refusal { kMalformed, kHeaderTooLarge, kBodyTooLarge, kBusy };

class Application {
 public:
  virtual ~Application() = default;
  /// Called on network threads, often at once by several.
  [[nodiscard]] virtual Dispatch dispatch(Method method, std::string_view path) const = 0;
  /// Of a whole kEither request, on its network thread: whether `handle` would find all that it
  /// needs in memory. Must not wait itself.
  [[nodiscard]] virtual bool is_at_hand(const Request& request) = 0;
  /// Must not throw; an exception that escapes anyway becomes an empty 500.
  [[nodiscard]] virtual Response handle(const Request& request) = 0;
  [[nodiscard]] virtual Response refuse(const Request& request, Refusal refusal) = 0;
};

struct ServerOptions {
  std::string host;
  std::uint16_t port;  ///< 0 takes a free one.
  std::size_t network_threads;
  std::size_t worker_threads;
  std::size_t worker_queue_requests;  ///< More waiting requests are refused as busy.
  std::size_t header_limit_bytes;
  std::size_t connections_max;
  std::chrono::seconds idle_timeout;
  /// Whose `X-Forwarded-For` is believed, as TrustedProxies::parse takes it. Empty: nobody's.
  std::string trusted_proxies = {};
};

class Server {
 public:
  /// Listens. kConfigInvalid when the address is not one, the port is in use or not allowed,
  /// or the proxies are no list (`what` says which). `application` must outlive the server.
  [[nodiscard]] static base::Result<std::unique_ptr<Server>> listen(const ServerOptions& options,
                                                                    Application& application);
  virtual ~Server() = default;
  [[nodiscard]] virtual std::uint16_t port() const = 0;
  /// Serves until stop(); returns when open requests have ended or `drain` has passed.
  virtual void run() = 0;
  /// Thread-safe and safe to call from a signal-watching thread. Repeats are ignored.
  virtual void stop(std::chrono::seconds drain) = 0;
};

}  // namespace http
