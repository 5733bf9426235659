#pragma once

// The wall around the application: what a handler or a stream throws does not get past it. Used by
// Connection. Thread-safe as far as the application is.

#include <functional>
#include <string_view>

#include "http/body_channel.h"
#include "http/message.h"
#include "http/server.h"

namespace http {

/// The application's answer, or an empty 500.
[[nodiscard]] Response handle_safely(Application& application, const Request& request);
[[nodiscard]] Response refuse_safely(Application& application, const Request& request,
                                     Refusal refusal);

/// What a stream throws that ends its body as aborted on purpose, so that nobody takes it for
/// whole.
struct BrokenOff {};

/// Lets `stream` write into `channel` and ends the body: aborted where it threw, not begun where
/// the client already went.
void run_stream(const Request& request, const std::function<void(BodyStream&)>& stream,
                BodyChannel& channel);

/// A 500 that tells nothing.
[[nodiscard]] Response empty_failure();

void log_failure(std::string_view event, const Request& request, std::string_view detail);

}  // namespace http
