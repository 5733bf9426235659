#pragma once

// Errors on HTTP: RFC 9457 `application/problem+json` with a stable `code`. The one mapping from
// codes to statuses is here. Only `what` and `field` leave the server; `detail` goes to the log.

#include <chrono>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "base/json.h"
#include "http/message.h"

namespace http {

[[nodiscard]] int status_of(base::Code code);

/// {"type","title","status","code","detail","requestId"} and "field" or "origin" where there is
/// one.
[[nodiscard]] base::json::object render_problem(const base::Error& error,
                                                std::string_view request_id);

/// For `Retry-After`: what the error says, and a second where the server is busy.
[[nodiscard]] std::optional<std::chrono::seconds> retry_after_of(const base::Error& error);

/// Writes a log line when the failure is the server's (5xx), nothing for what callers did wrong.
void log_failure(const base::Error& error, std::string_view request_id);

/// With `Retry-After` where retry_after_of has one. Logs like log_failure.
[[nodiscard]] Response problem_response(const base::Error& error, const Request& request);

}  // namespace http
