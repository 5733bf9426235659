#pragma once

// `aracari serve | config | keys create | users create | signing-keys list, rotate |
// master-key rotate | tokens introspect | check`.

#include <string>

namespace app {

/// Exit codes, the same for every command.
enum ExitCode : int {
  kDone = 0,
  kFailed = 1,     ///< One line on standard error says why.
  kUsage = 2,      ///< The words or the configuration are off.
  kNotActive = 3,  ///< `tokens introspect`: the token is not active.
};

[[nodiscard]] int run_command_line(int argc, char** argv);

/// All commands as a page of documentation, in Markdown: a section for each, with its options.
[[nodiscard]] std::string render_command_page();

}  // namespace app
