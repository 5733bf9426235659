#pragma once

// Answers requests for packed files: exact paths, negotiated encoding, conditional requests. It
// adds no policy (CSP, CORS, framing): that is the application's. Thread-safe.

#include <optional>
#include <span>

#include "http/assets.h"
#include "http/message.h"

namespace http {

class StaticFiles {
 public:
  /// `assets` is sorted by path and must outlive the server.
  explicit StaticFiles(std::span<const Asset> assets) : assets_(assets) {}

  /// Nothing where no file has this path, or the method is neither GET nor HEAD.
  [[nodiscard]] std::optional<Response> find(const Request& request) const;

 private:
  std::span<const Asset> assets_;
};

}  // namespace http
