#include "config/options.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "config/toml_file.h"

namespace config {
namespace {

constexpr std::int64_t kMillion = 1'000'000;

constexpr std::array kOptions = {
    Option{"config", OptionType::kText, "", "", 0, 0, false, "TOML file with further options."},
    Option{"data-dir", OptionType::kText, "", "", 0, 0, false,
           "Folder where Aracari keeps everything. Made when it is not there. Required."},
    Option{"host", OptionType::kText, "", "127.0.0.1", 0, 0, false, "Address to listen on."},
    Option{"port", OptionType::kInteger, "", "8080", 1, 65535, false, "Port to listen on."},
    Option{"public-url", OptionType::kText, "", "", 0, 0, false,
           "URL under which browsers reach this server. Default: http://HOST:PORT."},
    Option{"trusted-proxies", OptionType::kText, "", "", 0, 0, false,
           "Reverse proxies whose X-Forwarded-For is believed: addresses and networks like "
           "10.0.0.0/8, separated by commas. Default: none."},
    Option{"demo", OptionType::kFlag, "", "false", 0, 0, false,
           "Make the demo organization with the database US flights."},
    Option{"demo-files", OptionType::kText, "", "", 0, 0, false,
           "Folder with the demo's data. Default: share/aracari/demo beside the program's bin."},
    Option{
        "admin-email", OptionType::kText, "", "", 0, 0, false,
        "With admin-password: makes the first organization and its admin without the set-up page."},
    Option{"admin-password", OptionType::kText, "", "", 0, 0, true, "See admin-email."},
    Option{"organization", OptionType::kText, "", "Organization", 0, 0, false,
           "Name of the organization that admin-email makes."},
    Option{
        "master-key", OptionType::kText, "", "", 0, 0, true,
        "32 bytes in base64url under which secrets are stored. Default: the file master.key in the "
        "data directory, made at the first start."},
    Option{"token-lifetime-max-seconds", OptionType::kInteger, "seconds", "86400", 60, 31 * 86400,
           false, "Longest lifetime of an embed token."},
    Option{"sandbox-requests-per-minute", OptionType::kInteger, "requests", "1200", 1,
           1000 * kMillion, false, "Most requests a minute by the sandbox tokens of one API key."},
    Option{"signing-key-rotation-days", OptionType::kInteger, "days", "90", 0, 3650, false,
           "Age at which a signing key gets a successor by itself. 0: never."},
    // The least is longer than others may keep the public keys (auth::kPublishedKeysMaxAge).
    Option{"signing-key-publish-ahead-seconds", OptionType::kInteger, "seconds", "600", 301, 86400,
           false, "How long a new signing key is published before it signs."},
    Option{"query-time-max-seconds", OptionType::kInteger, "seconds", "30", 1, 3600, false,
           "Longest time that one query may take."},
    Option{"query-rows-max", OptionType::kInteger, "rows", "100000", 1, 10 * kMillion, false,
           "Most rows that one query may return."},
    Option{"export-time-max-seconds", OptionType::kInteger, "seconds", "900", 1, 86400, false,
           "Longest time that one exported file may take, to its last byte."},
    Option{"organization-exports-max", OptionType::kInteger, "exports", "2", 1, 1024, false,
           "Most files that are exported at once for one organization."},
    Option{"cache-mib", OptionType::kInteger, "MiB", "64", 0, kMillion, false,
           "Memory for answers that are kept."},
    Option{"engine-memory-mib", OptionType::kInteger, "MiB", "1024", 64, kMillion, false,
           "Memory of the analytics engine for one database."},
    Option{"engine-threads", OptionType::kInteger, "threads", "0", 0, 1024, false,
           "Threads of the analytics engine for one database. 0: one a core."},
    Option{"upload-mib-max", OptionType::kInteger, "MiB", "4096", 1, kMillion, false,
           "Largest file that may be uploaded."},
    Option{"organization-uploads-mib-max", OptionType::kInteger, "MiB", "20480", 1, 100 * kMillion,
           false, "Room of one organization for uploads and what was imported from them."},
    Option{"import-memory-mib", OptionType::kInteger, "MiB", "1024", 64, kMillion, false,
           "Memory of the analytics engine while it imports one file."},
    Option{"network-threads", OptionType::kInteger, "threads", "0", 0, 1024, false,
           "Threads that serve connections. 0: one a core."},
    Option{"worker-threads", OptionType::kInteger, "threads", "8", 1, 1024, false,
           "Threads that wait for disk and databases."},
    Option{"connections-max", OptionType::kInteger, "connections", "10000", 1, kMillion, false,
           "Most open connections."},
    Option{"drain-seconds", OptionType::kInteger, "seconds", "10", 0, 3600, false,
           "How long running requests may take to end at shutdown."},
    Option{"audit-days", OptionType::kInteger, "days", "400", 0, 36'500, false,
           "How long the audit log keeps an event. 0: for ever."},
    Option{"log-level", OptionType::kText, "", "info", 0, 0, false,
           "debug, info, warning or error."},
};

std::string replace_dashes(std::string_view name, bool upper) {
  std::string text(name);
  std::ranges::transform(text, text.begin(), [upper](char c) {
    if (c == '-') return '_';
    return upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
  });
  return text;
}

/// What is wrong with `text` as a value of `option`, or nothing.
std::optional<std::string> find_problem(const Option& option, const std::string& text) {
  if (option.type == OptionType::kFlag) {
    if (text == "true" || text == "false") return std::nullopt;
    return fmt::format("{} must be true or false", option.name);
  }
  if (option.type != OptionType::kInteger) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem == std::errc() && end == text.data() + text.size() && number >= option.least &&
      number <= option.most) {
    return std::nullopt;
  }
  return fmt::format("{} must be a whole number from {} to {}", option.name, option.least,
                     option.most);
}

Texts read_environment(const Origins& origins) {
  Texts texts;
  for (const Option& option : kOptions) {
    if (auto value = origins.environment(environment_name(option))) {
      texts.emplace(option.name, std::move(*value));
    }
  }
  return texts;
}

}  // namespace

std::span<const Option> option_table() { return kOptions; }

std::string environment_name(const Option& option) {
  return "ARACARI_" + replace_dashes(option.name, /*upper=*/true);
}

std::string file_name(const Option& option) { return replace_dashes(option.name, /*upper=*/false); }

Loaded load_options(const Origins& origins) {
  Loaded loaded{origins.command_line, {}};
  loaded.values.merge(read_environment(origins));
  if (const auto file = loaded.values.find("config"); file != loaded.values.end()) {
    loaded.values.merge(read_toml_file(file->second, loaded.problems));
  }
  for (const Option& option : kOptions) {
    if (!option.default_value.empty()) loaded.values.emplace(option.name, option.default_value);
    const auto value = loaded.values.find(option.name);
    if (value == loaded.values.end()) continue;
    if (auto problem = find_problem(option, value->second)) {
      loaded.problems.push_back(std::move(*problem));
    }
  }
  return loaded;
}

}  // namespace config
