#pragma once

#include "base/result.h"
#include "config/settings.h"

namespace app {

/// Opens everything, serves until SIGTERM or SIGINT, and closes everything. Says on standard output
/// when and where it is ready. Returns the exit code.
[[nodiscard]] base::Result<int> serve_until_signal(const config::Settings& settings);

}  // namespace app
