#pragma once

// Structured log lines on standard error, one JSON object a line. Values are escaped, so no caller
// can forge a line. Nothing secret may be handed in: `Secret` does not convert to a field.
// Thread-safe.

#include <initializer_list>
#include <string_view>

#include "base/error.h"

namespace base {

struct LogField {
  std::string_view name;
  std::string_view value;
};

enum class LogLevel { kDebug, kInfo, kWarning, kError };

/// Called once at start, before any thread. Lines below `level` are dropped.
void open_log(LogLevel level);

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

/// `error` with its code, what and detail.
void log_error(std::string_view event, const Error& error,
               std::initializer_list<LogField> fields = {});

}  // namespace base
