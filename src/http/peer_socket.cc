#include "http/peer_socket.h"

#include <algorithm>

namespace http {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kInputBytes = 8192;  ///< Kept while idle; enough for nearly every request.
constexpr std::size_t kReadBytes = std::size_t{64} << 10;
constexpr std::size_t kKeptBytes = std::size_t{16} << 10;

/// What a client must take or give on average, once its patience is used up.
constexpr std::size_t kSlowestBytesPerSecond = 4096;

void release(std::string& text) {
  text.clear();
  if (text.capacity() > kKeptBytes) text.shrink_to_fit();
}

}  // namespace

std::array<asio::const_buffer, 2> Outgoing::buffers() const {
  return {asio::const_buffer(head.data() + head_sent, head.size() - head_sent),
          asio::const_buffer(tail.data(), tail.size())};
}

void Outgoing::consume(std::size_t bytes) {
  const std::size_t of_head = std::min(bytes, head.size() - head_sent);
  head_sent += of_head;
  tail.remove_prefix(bytes - of_head);
  if (empty()) clear();
}

void Outgoing::clear() {
  release(head);
  release(body);
  tail = {};
  head_sent = 0;
}

PeerSocket::PeerSocket(Socket socket, const NetworkThread& network, std::chrono::seconds patience,
                       std::size_t input_limit_bytes)
    : socket_(std::move(socket)),
      network_(network),
      patience_(patience),
      deadline_(network.now() + patience),
      input_(std::max(input_limit_bytes + 1, kReadBytes)) {
  input_.reserve(kInputBytes);
}

std::optional<asio::ip::address> PeerSocket::open() {
  boost::system::error_code error;
  const auto endpoint = socket_.remote_endpoint(error);
  if (error) return std::nullopt;
  socket_.non_blocking(true, error);
  if (error) return std::nullopt;
  socket_.set_option(asio::ip::tcp::no_delay(true), error);
  return unmapped(endpoint.address());
}

void PeerSocket::close_sending() {
  boost::system::error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
}

void PeerSocket::close() {
  boost::system::error_code ignored;
  socket_.shutdown(Socket::shutdown_both, ignored);
  socket_.close(ignored);
  out.clear();
}

std::string_view PeerSocket::input() const {
  const auto bytes = input_.data();
  return {static_cast<const char*>(bytes.data()), bytes.size()};
}

void PeerSocket::consume_input(std::size_t bytes) {
  input_.consume(bytes);
  if (input_.size() == 0 && input_.capacity() > kKeptBytes) {
    input_.shrink_to_fit();
    input_.reserve(kInputBytes);
  }
}

PeerSocket::Progress PeerSocket::receive() {
  const auto [progress, bytes] = read();
  credit(bytes);
  return progress;
}

std::pair<PeerSocket::Progress, std::size_t> PeerSocket::discard() {
  input_.clear();
  return read();
}

std::pair<PeerSocket::Progress, std::size_t> PeerSocket::read() {
  const std::size_t free = input_.capacity() - input_.size();
  const std::size_t wanted = std::max(free, input_.size());  // Doubles where it is full.
  const std::size_t room = std::min({wanted, kReadBytes, input_.max_size() - input_.size()});
  boost::system::error_code error;
  const std::size_t bytes = socket_.read_some(input_.prepare(room), error);
  if (error == asio::error::would_block) return {Progress::kBlocked, 0};
  if (error) return {Progress::kGone, 0};
  input_.commit(bytes);
  return {Progress::kDone, bytes};
}

PeerSocket::Progress PeerSocket::flush() {
  while (!out.empty()) {
    boost::system::error_code error;
    const std::size_t bytes = socket_.write_some(out.buffers(), error);
    if (error == asio::error::would_block) return Progress::kBlocked;
    if (error) return Progress::kGone;
    out.consume(bytes);
    credit(bytes);
  }
  return Progress::kDone;
}

void PeerSocket::credit(std::size_t bytes) {
  if (deadline_ == Moment::max()) return;
  const std::chrono::milliseconds earned(bytes * 1000 / kSlowestBytesPerSecond);
  deadline_ = std::min(deadline_ + earned, network_.now() + patience_);
}

}  // namespace http
