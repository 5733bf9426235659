#include "http/body_channel.h"

#include <array>
#include <charconv>
#include <utility>

namespace http {
namespace {

/// Longer writes become several chunks, so that one write can not pass the bound by much.
constexpr std::size_t kPieceBytes = std::size_t{256} << 10;

void append_chunk(std::string& out, std::string_view bytes) {
  std::array<char, 16> size{};
  const auto end = std::to_chars(size.data(), size.data() + size.size(), bytes.size(), 16);
  out.append(size.data(), end.ptr);
  out += "\r\n";
  out += bytes;
  out += "\r\n";
}

}  // namespace

BodyChannel::BodyChannel(Framing framing, std::function<void()> wake)
    : framing_(framing), wake_(std::move(wake)) {}

bool BodyChannel::write(std::string_view bytes) {
  if (bytes.empty()) return !is_gone();  // An empty chunk would end the body.
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kPieceBytes);
    if (!append(piece)) return false;
    bytes.remove_prefix(piece.size());
  }
  return true;
}

bool BodyChannel::append(std::string_view piece) {
  {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return gone_ || pending_.size() + taken_bytes_ <= kUnsentBytes; });
    if (gone_) return false;
    if (framing_ == Framing::kChunked) {
      append_chunk(pending_, piece);
    } else {
      pending_ += piece;
    }
    if (std::exchange(awake_, true)) return true;
  }
  wake_();
  return true;
}

void BodyChannel::on_gone(std::function<void()> callback) {
  const std::lock_guard lock(callback_mutex_);
  callback_ = std::move(callback);
  if (callback_ && is_gone()) std::exchange(callback_, nullptr)();
}

bool BodyChannel::is_gone() {
  const std::lock_guard lock(mutex_);
  return gone_;
}

void BodyChannel::finish(End end) {
  on_gone(nullptr);
  {
    const std::lock_guard lock(mutex_);
    if (end == End::kComplete && framing_ == Framing::kChunked) pending_ += "0\r\n\r\n";
    end_ = end;
    awake_ = true;
  }
  wake_();
}

std::optional<BodyChannel::End> BodyChannel::take(std::string& out) {
  std::optional<End> end;
  {
    const std::lock_guard lock(mutex_);
    out.swap(pending_);
    taken_bytes_ = out.size();
    awake_ = false;
    end = end_;
  }
  room_.notify_one();
  return end;
}

void BodyChannel::mark_sent() {
  {
    const std::lock_guard lock(mutex_);
    taken_bytes_ = 0;
  }
  room_.notify_one();
}

void BodyChannel::close() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(gone_, true)) return;
  }
  room_.notify_all();
  const std::lock_guard lock(callback_mutex_);
  if (callback_) std::exchange(callback_, nullptr)();
}

}  // namespace http
