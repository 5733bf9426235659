#include "app/program_folder.h"

#include <filesystem>

namespace app {

std::string program_folder() {
  std::error_code problem;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", problem);
  return program.parent_path().parent_path().string();
}

}  // namespace app
