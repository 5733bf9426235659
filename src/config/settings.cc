#include "config/settings.h"

#include <algorithm>
#include <array>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace config {
namespace {

using base::LogLevel;

constexpr std::array<std::pair<std::string_view, LogLevel>, 4> kLogLevels = {
    {{"debug", LogLevel::kDebug},
     {"info", LogLevel::kInfo},
     {"warning", LogLevel::kWarning},
     {"error", LogLevel::kError}}};

constexpr std::int64_t kMebibyte = 1 << 20;

/// Reads values that load_options has checked.
class Values {
 public:
  explicit Values(const Texts& texts) : texts_(texts) {}
  [[nodiscard]] std::string text(std::string_view name) const {
    const auto found = texts_.find(name);
    return found == texts_.end() ? std::string() : found->second;
  }
  [[nodiscard]] std::int64_t number(std::string_view name) const { return std::stoll(text(name)); }
  [[nodiscard]] std::int64_t threads(std::string_view name) const {
    const std::int64_t asked = number(name);
    return asked > 0 ? asked : std::max<std::int64_t>(1, std::thread::hardware_concurrency());
  }

 private:
  const Texts& texts_;
};

std::optional<LogLevel> parse_log_level(std::string_view name) {
  const auto found =
      std::ranges::find(kLogLevels, name, [](const auto& level) { return level.first; });
  if (found == kLogLevels.end()) return std::nullopt;
  return found->second;
}

std::string public_url(const Values& values) {
  std::string url = values.text("public-url");
  while (url.ends_with('/')) url.pop_back();
  if (!url.empty()) return url;
  return fmt::format("http://{}:{}", values.text("host"), values.text("port"));
}

Settings make_settings(const Values& values, LogLevel level) {
  return {values.text("data-dir"),
          values.text("host"),
          static_cast<std::uint16_t>(values.number("port")),
          public_url(values),
          values.text("public-url").empty(),
          values.text("trusted-proxies"),
          values.text("demo") == "true",
          values.text("demo-files"),
          values.text("admin-email"),
          base::Secret(values.text("admin-password")),
          values.text("organization"),
          base::Secret(values.text("master-key")),
          std::chrono::seconds(values.number("token-lifetime-max-seconds")),
          values.number("sandbox-requests-per-minute"),
          std::chrono::days(values.number("signing-key-rotation-days")),
          std::chrono::seconds(values.number("signing-key-publish-ahead-seconds")),
          std::chrono::seconds(values.number("query-time-max-seconds")),
          values.number("query-rows-max"),
          std::chrono::seconds(values.number("export-time-max-seconds")),
          static_cast<std::size_t>(values.number("organization-exports-max")),
          static_cast<std::size_t>(values.number("cache-mib") * kMebibyte),
          values.number("engine-memory-mib") * kMebibyte,
          static_cast<int>(values.threads("engine-threads")),
          values.number("upload-mib-max") * kMebibyte,
          values.number("organization-uploads-mib-max") * kMebibyte,
          values.number("import-memory-mib") * kMebibyte,
          static_cast<std::size_t>(values.threads("network-threads")),
          static_cast<std::size_t>(values.number("worker-threads")),
          static_cast<std::size_t>(values.number("connections-max")),
          std::chrono::seconds(values.number("drain-seconds")),
          std::chrono::days(values.number("audit-days")),
          level};
}

}  // namespace

base::Result<Settings> load_settings(const Origins& origins) {
  Loaded loaded = load_options(origins);
  const Values values(loaded.values);
  if (values.text("data-dir").empty()) loaded.problems.emplace_back("data-dir is required");
  const auto level = parse_log_level(values.text("log-level"));
  if (!level) loaded.problems.emplace_back("log-level must be debug, info, warning or error");
  if (values.text("admin-email").empty() != values.text("admin-password").empty()) {
    loaded.problems.emplace_back("admin-email and admin-password go together");
  }
  if (!loaded.problems.empty()) {
    return base::Error{base::Code::kConfigInvalid,
                       fmt::format("{}", fmt::join(loaded.problems, "; "))};
  }
  return make_settings(values, *level);
}

std::string render_option_table() {
  std::string text =
      "Each option is a flag of `aracari serve`, a variable, and a key of the TOML file given by "
      "--config.\nThe first of these that is set wins.\n\n";
  for (const Option& option : option_table()) {
    text += fmt::format("--{}  {}  {}\n", option.name, environment_name(option), file_name(option));
    text += fmt::format("    {}\n", option.doc);
    if (!option.default_value.empty()) {
      text += fmt::format("    Default: {}{}{}\n", option.default_value,
                          option.unit.empty() ? "" : " ", option.unit);
    }
  }
  return text;
}

std::string render_option_page() {
  std::string text =
      "# Options\n\nEach option is a flag of `aracari serve`, an environment variable, and a key "
      "of "
      "the TOML file that `--config` names. The first of these that is set wins, in this order. "
      "Secrets are no flags, because other users of the machine could read them. `aracari config` "
      "prints the same list.\n";
  for (const Option& option : option_table()) {
    text += fmt::format("\n## {}\n\n{}\n\n", option.name, option.doc);
    if (!option.secret) text += fmt::format("`--{}`, ", option.name);
    text += fmt::format("`{}`, `{}`.", environment_name(option), file_name(option));
    if (!option.default_value.empty()) {
      text += fmt::format(" Default: {}{}{}.", option.default_value, option.unit.empty() ? "" : " ",
                          option.unit);
    }
    if (option.type == OptionType::kInteger) {
      text += fmt::format(" From {} to {}.", option.least, option.most);
    }
    text += "\n";
  }
  return text;
}

}  // namespace config
