#include "http/connection.h"

#include <exception>
#include <string>
#include <utility>

#include "http/handler_wall.h"

namespace http {
namespace {

// A refused client may still be sending its body; closing with unread bytes would reset the
// connection and take the answer from it. So much of the body is read and dropped.
constexpr std::size_t kDrainBytes = std::size_t{16} << 20;
constexpr std::chrono::seconds kDrainTime{5};

/// Bodies up to this size are copied behind the head: cheaper than a second buffer for the kernel.
constexpr std::size_t kCopiedBodyBytes = std::size_t{8} << 10;

constexpr std::size_t kKeptBytes = std::size_t{16} << 10;

}  // namespace

Connection::Connection(Socket socket, ConnectionSlot slot, NetworkThread& network,
                       ServerShare& share)
    : peer_(std::move(socket), network, share.options.idle_timeout,
            share.options.header_limit_bytes),
      slot_(std::move(slot)),
      network_(network),
      share_(share),
      parser_(share.options.header_limit_bytes) {
  network_.add(*this);
}

Connection::~Connection() { close(); }

void Connection::start() {
  const auto address = peer_.open();
  if (!address) return close();
  peer_address_ = *address;
  request_.remote_address = peer_address_.to_string();
  begin_request();
  await_input();
}

void Connection::close() {
  if (std::exchange(phase_, Phase::kClosed) == Phase::kClosed) return;
  peer_.close();
  if (channel_) channel_->close();
  channel_.reset();
  network_.remove(*this);
}

bool Connection::is_idle() const {
  return phase_ == Phase::kDraining || (phase_ == Phase::kHead && peer_.input().empty());
}

template <typename First>
void Connection::advance_after(First first) {
  try {
    first();
    while (step()) {
    }
  } catch (const std::exception& error) {
    log_failure("connection_failed", request_, error.what());
    close();
  }
}

void Connection::advance() {
  advance_after([] {});
}

bool Connection::step() {
  if (!flush()) return false;
  switch (phase_) {
    case Phase::kHead: return read_head();
    case Phase::kBody: return read_body();
    case Phase::kReady: return handle();
    case Phase::kWriting: return finish_response();
    case Phase::kStreaming: return pump_stream();
    case Phase::kHandling:
    case Phase::kDraining:
    case Phase::kClosed: return false;
  }
  return false;
}

bool Connection::flush() {
  switch (peer_.flush()) {
    case PeerSocket::Progress::kDone: return true;
    case PeerSocket::Progress::kBlocked:
      peer_.when_writable([self = shared_from_this()] { self->advance(); });
      return false;
    case PeerSocket::Progress::kGone: close(); return false;
  }
  return false;
}

void Connection::await_input() {
  peer_.when_readable([self = shared_from_this()] { self->on_readable(); });
}

void Connection::on_readable() {
  switch (phase_) {
    case Phase::kDraining: return drain();
    case Phase::kHead:
    case Phase::kBody:
    case Phase::kHandling:
    case Phase::kStreaming: break;
    default: return;  // Left in the socket until it is wanted.
  }
  // While an answer is made, the next request may come; the end of input tells that the client
  // went.
  const bool answering = phase_ == Phase::kHandling || phase_ == Phase::kStreaming;
  if (answering && peer_.input_is_full()) return;
  advance_after([this, answering] {
    if (peer_.receive() == PeerSocket::Progress::kGone) return close();
    if (answering) await_input();
  });
}

void Connection::begin_request() {
  network_.assign_request_id(request_.id);
  request_.method = Method::kOther;
  request_.path = "/";
  request_.query.clear();
  request_.headers.clear();
  request_.parameters.clear();
  request_.client = nullptr;
  request_.body.clear();
  if (request_.body.capacity() > kKeptBytes) request_.body.shrink_to_fit();
  head_known_ = false;
  parser_.begin(request_);
  phase_ = Phase::kHead;
  peer_.restart_deadline();
}

bool Connection::read_head() {
  const auto [step, consumed] = parser_.parse_head(peer_.input());
  switch (step) {
    case RequestParser::Step::kHeadDone:
      peer_.consume_input(consumed);
      head_known_ = true;
      accept_head();
      return true;
    case RequestParser::Step::kNeedMore: await_input(); return false;
    case RequestParser::Step::kHeaderTooLarge: refuse(Refusal::kHeaderTooLarge); return true;
    default: refuse(Refusal::kMalformed); return true;
  }
}

void Connection::find_client() {
  const TrustedProxies& proxies = share_.trusted_proxies;
  if (!proxies.contains(peer_address_)) return;
  request_.remote_address = proxies.client_behind(peer_address_, request_.headers).to_string();
}

void Connection::accept_head() {
  find_client();
  dispatch_ = share_.application.dispatch(request_.method, request_.path);
  if (parser_.content_length() > dispatch_.body_limit_bytes) return refuse(Refusal::kBodyTooLarge);
  if (!parser_.has_body()) {
    phase_ = Phase::kReady;
    return;
  }
  parser_.limit_body(dispatch_.body_limit_bytes);
  phase_ = Phase::kBody;
  peer_.restart_deadline();
  if (parser_.expects_continue() && peer_.input().empty()) {
    peer_.out.head = "HTTP/1.1 100 Continue\r\n\r\n";
  }
}

bool Connection::read_body() {
  if (peer_.input().empty()) {
    await_input();
    return false;
  }
  const auto [step, consumed] = parser_.parse_body(peer_.input());
  peer_.consume_input(consumed);
  switch (step) {
    case RequestParser::Step::kDone: phase_ = Phase::kReady; return true;
    case RequestParser::Step::kBodyTooLarge: refuse(Refusal::kBodyTooLarge); return true;
    case RequestParser::Step::kNeedMore: break;
    default: refuse(Refusal::kMalformed); return true;
  }
  // A chunk's extensions or the trailers that do not end.
  if (peer_.input_is_full()) {
    refuse(Refusal::kMalformed);
    return true;
  }
  await_input();
  return false;
}

bool Connection::must_wait() const {
  switch (dispatch_.thread) {
    case Dispatch::Thread::kNetwork: return false;
    case Dispatch::Thread::kEither: return !share_.application.is_at_hand(request_);
    case Dispatch::Thread::kWorker: break;
  }
  return true;
}

bool Connection::handle() {
  peer_.suspend_deadline();
  if (must_wait()) {
    handle_on_worker();
    return true;
  }
  Response response = handle_safely(share_.application, request_);
  if (wants_stream(response)) {
    start_stream(std::move(response));
  } else {
    send(std::move(response));
  }
  return true;
}

void Connection::handle_on_worker() {
  phase_ = Phase::kHandling;
  channel_ = open_channel();
  auto job = [self = shared_from_this(), channel = channel_] { self->run_on_worker(*channel); };
  if (share_.workers.try_run(std::move(job))) return await_input();
  channel_.reset();
  send_busy();
}

void Connection::refuse(Refusal refusal) {
  refused_ = true;
  send(refuse_safely(share_.application, request_, refusal));
}

void Connection::send_busy() { send(refuse_safely(share_.application, request_, Refusal::kBusy)); }

void Connection::send(Response response) {
  const std::string_view body = response.fixed_body ? *response.fixed_body : response.body;
  std::optional<std::size_t> body_bytes = body.size();
  if (response.stream) body_bytes.reset();  // A HEAD request; the length is not known.
  if (!append_head(response, body_bytes)) return send(empty_failure());
  phase_ = Phase::kWriting;
  peer_.restart_deadline();
  if (request_.method == Method::kHead || !status_has_body(response.status)) return;
  Outgoing& out = peer_.out;
  if (body.size() <= kCopiedBodyBytes) {
    out.head += body;
  } else if (response.fixed_body) {
    out.tail = body;
  } else {
    out.body = std::move(response.body);
    out.tail = out.body;
  }
}

bool Connection::append_head(const Response& response, std::optional<std::size_t> body_bytes) {
  const bool http11 = !head_known_ || parser_.is_http11();
  const bool can_go_on = head_known_ && parser_.keep_alive() && (http11 || body_bytes);
  const bool close = refused_ || !can_go_on || network_.is_stopping();
  persistence_ = close ? Persistence::kClose : Persistence::kKeepAlive;
  const ResponseTerms terms{.http11 = http11,
                            .persistence = persistence_,
                            .content_length = body_bytes,
                            .request_id = request_.id,
                            .date = network_.date()};
  if (append_response_head(peer_.out.head, response, terms)) return true;
  log_failure("response_unsound", request_, "status or header");
  return false;
}

bool Connection::finish_response() {
  if (refused_) {
    peer_.close_sending();
    peer_.set_deadline(kDrainTime);
    phase_ = Phase::kDraining;
    await_input();
    return false;
  }
  const bool stop_here = network_.is_stopping() && peer_.input().empty();
  if (persistence_ == Persistence::kClose || stop_here) {
    close();
    return false;
  }
  begin_request();
  return true;
}

void Connection::drain() {
  const auto [progress, bytes] = peer_.discard();
  drained_bytes_ += bytes;
  if (progress == PeerSocket::Progress::kGone || drained_bytes_ > kDrainBytes) return close();
  await_input();
}

bool Connection::wants_stream(const Response& response) const {
  return response.stream && request_.method != Method::kHead && status_has_body(response.status);
}

std::shared_ptr<BodyChannel> Connection::open_channel() {
  const auto framing =
      parser_.is_http11() ? BodyChannel::Framing::kChunked : BodyChannel::Framing::kUntilClose;
  return std::make_shared<BodyChannel>(framing, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->post([](Connection&) {});
  });
}

void Connection::start_stream(Response response) {
  channel_ = open_channel();
  auto job = [self = shared_from_this(), channel = channel_,
              stream = std::exchange(response.stream, nullptr)] {
    run_stream(self->request_, stream, *channel);
  };
  if (share_.workers.try_run(std::move(job))) return send_stream(response);
  channel_.reset();
  send_busy();
}

void Connection::send_stream(const Response& response) {
  if (!append_head(response, std::nullopt)) {
    channel_->close();
    channel_.reset();
    refused_ = true;  // The stream may still use the request, so there must not be a next one.
    return send(empty_failure());
  }
  stream_end_.reset();
  phase_ = Phase::kStreaming;
  peer_.restart_deadline();
  await_input();
}

bool Connection::pump_stream() {
  if (!stream_end_) {
    stream_end_ = channel_->take(peer_.out.head);
    peer_.restart_deadline();
    if (!flush()) return false;
    channel_->mark_sent();
  }
  if (!stream_end_) {
    // The next write wakes us. Not taking more at once leaves the thread to others.
    peer_.suspend_deadline();
    return false;
  }
  if (stream_end_ == BodyChannel::End::kAborted) {
    close();
    return false;
  }
  channel_.reset();
  return finish_response();
}

void Connection::run_on_worker(BodyChannel& channel) {
  request_.client = &channel;
  Response response = handle_safely(share_.application, request_);
  if (!wants_stream(response)) {
    return post([response = std::move(response)](Connection& self) mutable {
      self.channel_.reset();
      self.send(std::move(response));
    });
  }
  const auto stream = std::exchange(response.stream, nullptr);
  post([response = std::move(response)](Connection& self) { self.send_stream(response); });
  run_stream(request_, stream, channel);
}

template <typename Function>
void Connection::post(Function function) {
  network_.post([self = shared_from_this(), function = std::move(function)]() mutable {
    if (self->phase_ == Phase::kClosed) return;
    self->advance_after([&] { function(*self); });
  });
}

}  // namespace http
