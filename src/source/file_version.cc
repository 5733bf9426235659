#include "source/file_version.h"

#include <sys/stat.h>

#include <fmt/format.h>

namespace source {

std::string file_version(const std::string& file) {
  struct stat state{};
  if (::stat(file.c_str(), &state) != 0) return "";
  return fmt::format("{}.{:09}-{}-{}", state.st_mtim.tv_sec, state.st_mtim.tv_nsec, state.st_size,
                     state.st_ino);
}

}  // namespace source
