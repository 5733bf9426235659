#include "http/open_streams.h"

namespace http {

std::shared_ptr<void> OpenStreams::watch(std::string token, std::optional<std::string> origin,
                                         StillReaches reaches, query::Cancellation cancellation) {
  const std::scoped_lock lock(mutex_);
  const auto stream = streams_.insert(
      streams_.end(),
      {std::move(token), std::move(origin), std::move(reaches), std::move(cancellation)});
  return {nullptr, [this, stream](void*) {
            const std::scoped_lock erasing(mutex_);
            streams_.erase(stream);
          }};
}

void OpenStreams::check_all() {
  const std::scoped_lock lock(mutex_);
  for (const Stream& stream : streams_) {
    const auto principal = verifier_.verify(stream.token, stream.origin);
    if (!principal || !stream.reaches(*principal)) stream.cancellation.cancel();
  }
}

}  // namespace http
