#pragma once

// How long one operation waits for a socket: until its deadline, or until nobody wants its outcome
// any more. For this room only. One thread waits; cancelling is thread-safe.

#include <chrono>
#include <memory>

#include "base/result.h"
#include "source/source.h"

namespace source {

class Patience {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  Patience(Moment deadline, const Cancellation& cancellation);
  ~Patience();
  Patience(const Patience&) = delete;
  Patience& operator=(const Patience&) = delete;

  enum class Direction { kRead, kWrite, kEither };
  /// Until `socket` can be used so. kQueryTimeout, kCancelled; kSourceUnavailable where the process
  /// has no descriptor left.
  [[nodiscard]] base::Result<base::Done> wait(int socket, Direction direction) const;
  /// At least one, so that it can be a limit of the engine.
  [[nodiscard]] std::chrono::milliseconds left() const;
  [[nodiscard]] Moment deadline() const { return deadline_; }
  [[nodiscard]] const Cancellation& cancellation() const { return cancellation_; }

 private:
  const Moment deadline_;
  const Cancellation& cancellation_;
  const int wake_;  ///< An eventfd; readable once cancelled.
  std::shared_ptr<void> watch_;
};

}  // namespace source
