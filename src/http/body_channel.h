#pragma once

// The bounded pipe between a worker that writes a response body and the network thread that sends
// it: the BodyStream of message.h on one end, take() and close() on the other. Used by Connection.
// Thread-safe for one writer and one network thread.

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace http {

class BodyChannel final : public BodyStream {
 public:
  enum class Framing : std::uint8_t {
    kChunked,     ///< Each write becomes a chunk (RFC 9112 section 7.1).
    kUntilClose,  ///< For HTTP/1.0: the end of the connection ends the body.
  };
  enum class End : std::uint8_t { kComplete, kAborted };

  /// A writer waits while more than this is not sent.
  static constexpr std::size_t kUnsentBytes = std::size_t{1} << 20;

  /// `wake` is called on the writer's thread when there is something to take.
  BodyChannel(Framing framing, std::function<void()> wake);

  // The writer's end.
  [[nodiscard]] bool write(std::string_view bytes) override;
  void on_gone(std::function<void()> callback) override;
  [[nodiscard]] bool is_gone();
  /// Called once, after the last write.
  void finish(End end);

  // The network thread's end.
  /// Moves what was written since the last take into `out`, which must be empty; what was taken
  /// before counts as sent. Says how the body ends once nothing follows `out`.
  [[nodiscard]] std::optional<End> take(std::string& out);
  /// What was taken has been sent.
  void mark_sent();
  /// Nobody reads any more. Repeats are ignored.
  void close();

 private:
  [[nodiscard]] bool append(std::string_view piece);

  const Framing framing_;
  const std::function<void()> wake_;

  std::mutex mutex_;
  std::condition_variable room_;
  std::string pending_;
  std::size_t taken_bytes_ = 0;
  std::optional<End> end_;
  bool awake_ = false;  ///< wake_ was called and no take followed.
  bool gone_ = false;

  std::mutex callback_mutex_;  ///< Held while the callback runs; never taken under mutex_.
  std::function<void()> callback_;
};

}  // namespace http
