#pragma once

// Answers that are being streamed to embed tokens, so that one ends whose token, or what it
// reaches, is revoked or expires meanwhile. Thread-safe.

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "auth/token_verifier.h"
#include "query/chart_query.h"

namespace http {

/// Whether the holder of a token may still see what is being streamed.
using StillReaches = std::function<bool(const model::Principal&)>;

class OpenStreams {
 public:
  explicit OpenStreams(auth::TokenVerifier& verifier) : verifier_(verifier) {}

  /// Cancels when the token is no longer valid or does not reach what is streamed, until the
  /// returned handle goes. A handle must not outlive this.
  [[nodiscard]] std::shared_ptr<void> watch(std::string token, std::optional<std::string> origin,
                                            StillReaches reaches, query::Cancellation cancellation);

  /// To be called twice a second.
  void check_all();

 private:
  struct Stream {
    std::string token;
    std::optional<std::string> origin;
    StillReaches reaches;
    query::Cancellation cancellation;
  };

  auth::TokenVerifier& verifier_;
  std::mutex mutex_;
  std::list<Stream> streams_;
};

}  // namespace http
