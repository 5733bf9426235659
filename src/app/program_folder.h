#pragma once

#include <string>

namespace app {

/// The installation's folder, which holds bin/, lib/ and share/: two levels above the program.
[[nodiscard]] std::string program_folder();

}  // namespace app
