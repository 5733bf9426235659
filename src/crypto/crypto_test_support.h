#pragma once

// Bytes as hex, and the published test vectors.

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/folder_test_support.h"
#include "base/json.h"

namespace crypto {

[[nodiscard]] inline std::string bytes_of_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return bytes;
}

[[nodiscard]] inline std::string hex_member(const base::json::value& object,
                                            std::string_view name) {
  return bytes_of_hex(object.at(name).as_string());
}

/// Where a file of Project Wycheproof's vectors lies: in $ARACARI_VECTORS, or beside the checkout.
[[nodiscard]] inline std::string vector_file(const std::string& name) {
  const char* given = std::getenv("ARACARI_VECTORS");
  return std::string(given == nullptr ? "../shared/vectors" : given) + "/" + name;
}

/// Calls `check` with each group and each of its tests.
template <typename Check>
void for_each_vector(const std::string& file, Check check) {
  const base::json::value vectors = base::parse_json(base::read_whole_file(file)).value();
  for (const base::json::value& group : vectors.at("testGroups").as_array()) {
    for (const base::json::value& each : group.at("tests").as_array()) check(group, each);
  }
}

}  // namespace crypto
