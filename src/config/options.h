#pragma once

// The one table of options. The command line, the environment, the TOML file and `aracari config`
// are all made from it.

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace config {

enum class OptionType { kText, kInteger, kFlag };

struct Option {
  /// As on the command line: "data-dir" is --data-dir, ARACARI_DATA_DIR and data_dir in TOML.
  std::string_view name;
  OptionType type;
  std::string_view unit;           ///< Empty where there is none.
  std::string_view default_value;  ///< As text; empty means unset.
  std::int64_t least;              ///< For integers.
  std::int64_t most;
  bool secret;
  std::string_view doc;
};

[[nodiscard]] std::span<const Option> option_table();

/// "ARACARI_DATA_DIR" and "data_dir".
[[nodiscard]] std::string environment_name(const Option& option);
[[nodiscard]] std::string file_name(const Option& option);

/// Texts by option name.
using Texts = std::map<std::string, std::string, std::less<>>;

/// Where values come from; earlier wins: command line, environment, file, default.
struct Origins {
  Texts command_line;
  std::function<std::optional<std::string>(const std::string&)> environment;
};

/// The value of every option that has one, checked against its type and range. The file is the one
/// that the option `config` names. All problems come back together, one sentence each.
struct Loaded {
  Texts values;
  std::vector<std::string> problems;
};
[[nodiscard]] Loaded load_options(const Origins& origins);

}  // namespace config
