#pragma once

// The options as typed values. Read once at start; never changes after.

#include <chrono>
#include <cstdint>
#include <string>

#include "base/log.h"
#include "base/result.h"
#include "base/secret.h"
#include "config/options.h"

namespace config {

struct Settings {
  std::string data_dir;
  std::string host;
  std::uint16_t port;
  std::string public_url;  ///< Without a trailing slash.
  bool public_url_is_default;
  std::string trusted_proxies;  ///< As http::ServerOptions takes them.
  bool demo;
  std::string demo_files;
  std::string admin_email;
  base::Secret admin_password;
  std::string organization;
  base::Secret master_key;
  std::chrono::seconds token_lifetime_max;
  std::int64_t sandbox_requests_per_minute;
  std::chrono::days signing_key_rotation;  ///< Zero: never by itself.
  std::chrono::seconds signing_key_publish_ahead;
  std::chrono::seconds query_time_max;
  std::int64_t query_rows_max;
  std::chrono::seconds export_time_max;
  std::size_t organization_exports_max;
  std::size_t cache_bytes;
  std::int64_t engine_memory_bytes;
  int engine_threads;
  std::int64_t upload_bytes_max;
  std::int64_t organization_uploads_bytes_max;  ///< With what was imported from them.
  std::int64_t import_memory_bytes;
  std::size_t network_threads;
  std::size_t worker_threads;
  std::size_t connections_max;
  std::chrono::seconds drain;
  std::chrono::days audit_kept;  ///< 0: for ever.
  base::LogLevel log_level;
};

/// kConfigInvalid: `what` holds every problem, separated by "; ".
[[nodiscard]] base::Result<Settings> load_settings(const Origins& origins);

/// The table as text for people, and nothing of their values: option, default, unit, meaning.
[[nodiscard]] std::string render_option_table();

/// The table as a page of documentation, in Markdown: a section for each option.
[[nodiscard]] std::string render_option_page();

}  // namespace config
