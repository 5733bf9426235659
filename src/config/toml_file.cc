#include "config/toml_file.h"

#include <algorithm>

#define TOML_EXCEPTIONS 0
#include <fmt/format.h>
#include <toml++/toml.h>

namespace config {
namespace {

std::optional<std::string> text_of(const toml::node& node) {
  if (auto text = node.value_exact<std::string>()) return text;
  if (const auto number = node.value_exact<std::int64_t>()) return fmt::to_string(*number);
  if (const auto flag = node.value_exact<bool>()) return *flag ? "true" : "false";
  return std::nullopt;
}

}  // namespace

Texts read_toml_file(const std::string& path, std::vector<std::string>& problems) {
  Texts texts;
  const toml::parse_result parsed = toml::parse_file(path);
  if (!parsed) {
    problems.push_back(
        fmt::format("the configuration file can not be read: {}", parsed.error().description()));
    return texts;
  }
  for (const auto& [key, node] : parsed.table()) {
    const std::string_view name = key.str();
    const auto option = std::ranges::find(option_table(), name, file_name);
    if (option == option_table().end() || option->name == "config") {
      problems.push_back(fmt::format("{} is not an option of the configuration file", name));
    } else if (auto text = text_of(node)) {
      texts.emplace(option->name, std::move(*text));
    } else {
      problems.push_back(fmt::format("{} must be text, a whole number, true or false", name));
    }
  }
  return texts;
}

}  // namespace config
