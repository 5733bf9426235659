// The implementation of server_fixture.h. Named as a test so that it is no part of the room.

#include "http/server_fixture.h"

#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <unistd.h>
#include <utility>

namespace http {
namespace {

constexpr int kPatienceMilliseconds = 5000;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

std::size_t parse_number(std::string_view text, int base) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number, base);
  return number;
}

std::string_view header_value(std::string_view head, std::string_view name) {
  const std::size_t found = head.find("\r\n" + std::string(name) + ": ");
  if (found == std::string_view::npos) return {};
  const std::size_t begin = found + 2 + name.size() + 2;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

}  // namespace

Dispatch ScriptedApplication::dispatch(Method, std::string_view path) const {
  const auto found = routes.find(path);
  return found == routes.end() ? Dispatch{} : found->second.dispatch;
}

bool ScriptedApplication::is_at_hand(const Request& request) {
  const auto found = routes.find(request.path);
  return found != routes.end() && found->second.at_hand;
}

Response ScriptedApplication::handle(const Request& request) {
  const auto found = routes.find(request.path);
  if (found != routes.end()) return found->second.handle(request);
  Response response = text_response("no " + request.path);
  response.status = 404;
  return response;
}

Response ScriptedApplication::refuse(const Request&, Refusal refusal) {
  const auto [status, name] = [refusal]() -> std::pair<int, const char*> {
    switch (refusal) {
      case Refusal::kMalformed: return {400, "malformed"};
      case Refusal::kHeaderTooLarge: return {431, "header too large"};
      case Refusal::kBodyTooLarge: return {413, "body too large"};
      case Refusal::kBusy: return {503, "busy"};
    }
    return {500, "unknown"};
  }();
  Response response = text_response(name);
  response.status = status;
  return response;
}

Response text_response(std::string body) {
  Response response;
  response.content_type = "text/plain";
  response.body = std::move(body);
  return response;
}

ServerOptions test_options() {
  return {.host = "127.0.0.1",
          .port = 0,
          .network_threads = 1,
          .worker_threads = 2,
          .worker_queue_requests = 1,
          .header_limit_bytes = 4096,
          .connections_max = 100,
          .idle_timeout = std::chrono::seconds(60)};
}

RunningServer::RunningServer(Application& application, const ServerOptions& options) {
  auto server = Server::listen(options, application);
  if (!server) throw std::runtime_error(server.error().what + " " + server.error().detail);
  server_ = std::move(server).value();
  thread_ = std::thread([this] { server_->run(); });
}

RunningServer::~RunningServer() {
  server_->stop(std::chrono::seconds(0));
  join();
}

void RunningServer::join() {
  if (thread_.joinable()) thread_.join();
}

RawClient::RawClient(std::uint16_t port, Buffers buffers)
    : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  if (buffers == Buffers::kTiny) {
    const int size = 4096;
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  }
  const sockaddr_in address = loopback(port);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("connect failed");
  }
}

RawClient::~RawClient() { close(); }

void RawClient::close() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::fill() {
  pollfd poll{.fd = socket_, .events = POLLIN, .revents = 0};
  if (::poll(&poll, 1, kPatienceMilliseconds) != 1) return false;
  std::array<char, 65536> bytes{};
  const ssize_t received = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (received <= 0) return false;
  input_.append(bytes.data(), static_cast<std::size_t>(received));
  return true;
}

std::string RawClient::take(std::size_t bytes) {
  std::string taken = input_.substr(0, bytes);
  input_.erase(0, bytes);
  return taken;
}

std::string RawClient::read_through(std::string_view end) {
  for (;;) {
    const std::size_t found = input_.find(end);
    if (found != std::string::npos) return take(found + end.size());
    if (!fill()) return take(input_.size());
  }
}

std::string RawClient::read_exactly(std::size_t bytes) {
  while (input_.size() < bytes && fill()) {
  }
  return take(bytes);
}

ReceivedResponse RawClient::read_head_response() {
  ReceivedResponse response;
  response.head = read_through("\r\n\r\n");
  if (response.head.ends_with("\r\n\r\n")) {
    response.status = static_cast<int>(parse_number(response.head.substr(9, 3), 10));
  }
  return response;
}

ReceivedResponse RawClient::read_response() {
  ReceivedResponse response = read_head_response();
  if (header_value(response.head, "transfer-encoding") != "chunked") {
    const std::size_t length = parse_number(header_value(response.head, "content-length"), 10);
    response.body = read_exactly(length);
    if (response.body.size() < length) response.status = 0;
    return response;
  }
  for (;;) {
    const std::string line = read_through("\r\n");
    const std::size_t size = parse_number(line, 16);
    const std::string chunk = read_exactly(size + 2);
    if (!line.ends_with("\r\n") || !chunk.ends_with("\r\n")) {
      response.status = 0;
      return response;
    }
    if (size == 0) return response;
    response.body += chunk.substr(0, size);
  }
}

ReceivedResponse RawClient::get(std::string_view path) {
  send(get_request(path));
  return read_response();
}

bool RawClient::ends_within(std::chrono::milliseconds limit) {
  pollfd poll{.fd = socket_, .events = POLLIN, .revents = 0};
  if (!input_.empty() || ::poll(&poll, 1, static_cast<int>(limit.count())) != 1) return false;
  char byte = 0;
  return ::recv(socket_, &byte, 1, 0) <= 0;
}

std::string get_request(std::string_view path) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

}  // namespace http
