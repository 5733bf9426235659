#pragma once

// Databases: connections to customer data.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/json.h"
#include "base/result.h"

namespace model {

enum class DatabaseKind : std::uint8_t { kDuckDb, kPostgres };

/// How the connection to a PostgreSQL server is protected; as libpq's sslmode of the same name.
enum class TlsMode : std::uint8_t { kDisable, kRequire, kVerifyCa, kVerifyFull };

struct PostgresSettings {
  std::string host;
  std::uint16_t port;
  std::string database;
  /// A String token attribute that names the database of the end user's own organization, in place
  /// of `database`, which is then for signed-in users only. Empty: there is one for all.
  std::string database_attribute = {};
  std::string user;
  /// Under the master key (crypto::seal_aes_gcm, associated data: the database's id).
  std::string sealed_password;
  TlsMode tls;
  std::string ca_certificate = {};  ///< PEM; for kVerifyCa and kVerifyFull.

  bool operator==(const PostgresSettings&) const = default;
};

struct Database {
  base::DatabaseId id;
  std::string name;
  DatabaseKind kind;
  std::string file = {};                          ///< kDuckDb: below `<data directory>/databases`.
  std::optional<PostgresSettings> postgres = {};  ///< kPostgres.
  /// Where sandbox tokens read instead; nothing: from the same.
  std::optional<PostgresSettings> sandbox = {};
  /// How long an answer may be shown again. DuckDB files change only with their version.
  std::chrono::seconds freshness{60};
  /// kDuckDb: we wrote the file ourselves (an upload, the demo) and may rewrite it. A file that
  /// somebody else put there is only ever read.
  bool imported = false;
};

[[nodiscard]] std::string_view database_kind_name(DatabaseKind kind);
[[nodiscard]] std::optional<DatabaseKind> parse_database_kind(std::string_view name);
[[nodiscard]] std::string_view tls_mode_name(TlsMode mode);
[[nodiscard]] std::optional<TlsMode> parse_tls_mode(std::string_view name);

/// As stored, with the sealed password; never sent to anybody.
[[nodiscard]] base::json::value render_postgres_settings(const PostgresSettings& settings);
[[nodiscard]] base::Result<PostgresSettings> parse_postgres_settings(const base::json::value& json);

}  // namespace model
