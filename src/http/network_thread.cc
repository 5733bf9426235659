#include "http/network_thread.h"

#include <array>
#include <exception>
#include <memory>
#include <random>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "http/connection.h"
#include "http/response_head.h"

namespace http {
namespace {

constexpr std::chrono::milliseconds kTick{250};

std::uint64_t random_start() {
  std::random_device device;
  return std::uint64_t{device()} << 32 | device();
}

/// SplitMix64: a bijection, so different counters give different ids.
std::uint64_t scramble(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

}  // namespace

NetworkThread::NetworkThread(ServerShare& share)
    : share_(share),
      request_counter_(random_start()),
      work_(context_.get_executor()),
      timer_(context_) {
  read_clock();
  wait_for_tick();
}

NetworkThread::~NetworkThread() {
  stop(std::chrono::seconds(0));
  join();
}

void NetworkThread::start() {
  thread_ = std::thread([this] { run(); });
}

void NetworkThread::run() {
  for (;;) {
    try {
      context_.run();
      return;
    } catch (const std::exception& error) {
      base::log(base::LogLevel::kError, "network_thread_failed", {{"detail", error.what()}});
    }
  }
}

void NetworkThread::stop(std::chrono::seconds drain) {
  post([this, drain] { begin_stop(drain); });
}

void NetworkThread::join() {
  if (thread_.joinable()) thread_.join();
}

void NetworkThread::adopt(Socket socket, ConnectionSlot slot) {
  if (stopping_) return;
  std::make_shared<Connection>(std::move(socket), std::move(slot), *this, share_)->start();
}

void NetworkThread::remove(Connection& connection) {
  connections_.erase(&connection);
  if (stopping_ && connections_.empty()) context_.stop();
}

void NetworkThread::assign_request_id(std::string& id) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  request_counter_ += 0x9e3779b97f4a7c15U;
  std::uint64_t bits = scramble(request_counter_);
  id.resize(16);
  for (char& digit : id) {
    digit = kDigits[bits & 15U];
    bits >>= 4U;
  }
}

void NetworkThread::read_clock() {
  now_ = std::chrono::steady_clock::now();
  date_ =
      render_http_date(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

void NetworkThread::wait_for_tick() {
  timer_.expires_after(kTick);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) tick();
  });
}

void NetworkThread::tick() {
  wait_for_tick();
  read_clock();
  enforce_deadlines();
}

void NetworkThread::enforce_deadlines() {
  const bool cut = stopping_ && now_ >= cut_at_;
  close_connections([&](const Connection& each) { return cut || each.is_expired(now_); });
  if (stopping_ && connections_.empty()) context_.stop();
}

void NetworkThread::begin_stop(std::chrono::seconds drain) {
  if (stopping_) return;
  stopping_ = true;
  read_clock();
  cut_at_ = now_ + drain;
  close_connections([](const Connection& each) { return each.is_idle(); });
  enforce_deadlines();
}

template <typename Predicate>
void NetworkThread::close_connections(Predicate predicate) {
  // First chosen, then closed: closing removes from the set.
  std::vector<std::shared_ptr<Connection>> chosen;
  for (Connection* each : connections_) {
    if (predicate(*each)) chosen.push_back(each->shared_from_this());
  }
  for (const auto& each : chosen) each->close();
}

}  // namespace http
