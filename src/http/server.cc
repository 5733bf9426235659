#include "http/server.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include <boost/asio/dispatch.hpp>

#include "base/log.h"
#include "http/connection.h"
#include "http/network_thread.h"

namespace http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

/// After a failed accept (no file descriptor, no memory) the next try waits.
constexpr std::chrono::milliseconds kAcceptPause{100};

base::Error refuse_address(const ServerOptions& options, const ErrorCode& error) {
  const std::string place = options.host + " port " + std::to_string(options.port);
  std::string what = "Cannot listen on " + place + ".";
  if (error == asio::error::address_in_use) {
    what = "Cannot listen on " + place + ": the port is in use.";
  } else if (error == asio::error::access_denied) {
    what = "Cannot listen on " + place + ": the port is not allowed to this user.";
  } else if (error == boost::system::errc::address_not_available) {
    what = "Cannot listen on " + place + ": this machine does not have the address.";
  }
  return {base::Code::kConfigInvalid, std::move(what), error.message()};
}

base::Result<tcp::endpoint> parse_endpoint(const ServerOptions& options) {
  ErrorCode error;
  const std::string literal = options.host == "localhost" ? "127.0.0.1" : options.host;
  const auto address = asio::ip::make_address(literal, error);
  if (error) {
    return base::Error{base::Code::kConfigInvalid,
                       "The host to listen on must be an IP address or \"localhost\"."};
  }
  return tcp::endpoint(address, options.port);
}

class AsioServer final : public Server {
 public:
  AsioServer(const ServerOptions& options, TrustedProxies proxies, Application& application)
      : share_{.options = options,
               .trusted_proxies = std::move(proxies),
               .application = application,
               .workers = {options.worker_threads, options.worker_queue_requests},
               .connections = 0} {
    const std::size_t threads = std::max<std::size_t>(options.network_threads, 1);
    for (std::size_t i = 0; i < threads; ++i) {
      networks_.push_back(std::make_unique<NetworkThread>(share_));
    }
    acceptor_.emplace(networks_.front()->context());
    pause_.emplace(networks_.front()->context());
  }

  ~AsioServer() override {
    stop(std::chrono::seconds(0));
    for (const auto& network : networks_) network->join();
    // Jobs hold connections, which need their network thread's context.
    share_.workers.stop();
  }

  [[nodiscard]] base::Result<base::Done> open() {
    ASSIGN_OR_RETURN(const tcp::endpoint endpoint, parse_endpoint(share_.options));
    ErrorCode error;
    acceptor_->open(endpoint.protocol(), error);
    // A restarted server need not wait for old connections; a port in use still is an error.
    if (!error) acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_->bind(endpoint, error);
    if (!error) acceptor_->listen(tcp::acceptor::max_listen_connections, error);
    if (error) return refuse_address(share_.options, error);
    const auto local = acceptor_->local_endpoint(error);
    if (error) return refuse_address(share_.options, error);
    port_ = local.port();
    for (std::size_t i = 1; i < networks_.size(); ++i) networks_[i]->start();
    return base::Done{};
  }

  [[nodiscard]] std::uint16_t port() const override { return port_; }

  void run() override {
    networks_.front()->post([this] { accept(); });
    networks_.front()->run();
    for (const auto& network : networks_) network->join();
  }

  void stop(std::chrono::seconds drain) override {
    if (stopped_.exchange(true)) return;
    networks_.front()->post([this] {
      ErrorCode ignored;
      acceptor_->close(ignored);
      pause_->cancel();
    });
    for (const auto& network : networks_) network->stop(drain);
  }

 private:
  void accept() {
    if (!acceptor_->is_open()) return;
    next_ = (next_ + 1) % networks_.size();
    acceptor_->async_accept(
        networks_[next_]->context(),
        [this, network = networks_[next_].get()](const ErrorCode& error, Socket socket) {
          if (error) return on_accept_failed(error);
          accept_failing_ = false;
          hand_over(std::move(socket), *network);
          accept();
        });
  }

  void hand_over(Socket socket, NetworkThread& network) {
    ConnectionSlot slot(share_.connections);
    if (share_.connections > share_.options.connections_max) return;  // Closes the socket.
    asio::dispatch(network.context(),
                   [&network, socket = std::move(socket), slot = std::move(slot)]() mutable {
                     network.adopt(std::move(socket), std::move(slot));
                   });
  }

  void on_accept_failed(const ErrorCode& error) {
    if (error == asio::error::operation_aborted) return;
    if (!std::exchange(accept_failing_, true)) {
      base::log(base::LogLevel::kError, "accept_failed", {{"detail", error.message()}});
    }
    pause_->expires_after(kAcceptPause);
    pause_->async_wait([this](const ErrorCode& cancelled) {
      if (!cancelled) accept();
    });
  }

  ServerShare share_;
  std::vector<std::unique_ptr<NetworkThread>> networks_;
  std::optional<Acceptor> acceptor_;
  std::optional<Timer> pause_;
  std::atomic<bool> stopped_ = false;
  std::uint16_t port_ = 0;
  std::size_t next_ = 0;
  bool accept_failing_ = false;
};

}  // namespace

base::Result<std::unique_ptr<Server>> Server::listen(const ServerOptions& options,
                                                     Application& application) {
  std::signal(SIGPIPE, SIG_IGN);
  try {
    ASSIGN_OR_RETURN(TrustedProxies proxies, TrustedProxies::parse(options.trusted_proxies));
    auto server = std::make_unique<AsioServer>(options, std::move(proxies), application);
    RETURN_IF_ERROR(server->open());
    return std::unique_ptr<Server>(std::move(server));
  } catch (const std::exception& error) {
    return base::Error{base::Code::kUnavailable, "The server could not be started.", error.what()};
  }
}

}  // namespace http
