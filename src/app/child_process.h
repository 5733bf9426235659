#pragma once

// A program that gets a text, and whose lines are read until it ends.

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "source/source.h"

namespace app {

struct ChildProgram {
  std::string program;                 ///< A path.
  std::vector<std::string> arguments;  ///< With the name of the program first.
};

enum class ChildEnd { kByItself, kTimeOut, kCancelled, kTooMuchOutput };

/// Starts `child` in a process group of its own, with `input` as its standard input, nothing else
/// of ours open and next to no environment, and hands over its lines as they come. At the end of
/// its output, at `time_max`, at a cancellation and after some MiB of output the whole group is
/// killed; on return it is gone. kInternal where it can not be started.
[[nodiscard]] base::Result<ChildEnd> run_child(
    const ChildProgram& child, std::string_view input, std::chrono::milliseconds time_max,
    const source::Cancellation& cancellation,
    const std::function<void(std::string_view line)>& on_line);

}  // namespace app
