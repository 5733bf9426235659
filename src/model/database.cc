#include "model/database.h"

#include "model/enum_names.h"

namespace model {
namespace {

namespace json = base::json;
using base::ObjectReader;
using base::Result;

constexpr std::array<std::string_view, 2> kKindNames = {"duckdb", "postgres"};
constexpr std::array<std::string_view, 4> kTlsNames = {"disable", "require", "verify-ca",
                                                       "verify-full"};
constexpr std::size_t kMaxCertificateBytes = 64 * 1024;
constexpr std::int64_t kMaxPort = 65535;

}  // namespace

std::string_view database_kind_name(DatabaseKind kind) { return enum_name(kKindNames, kind); }

std::optional<DatabaseKind> parse_database_kind(std::string_view name) {
  return parse_enum<DatabaseKind>(kKindNames, name);
}

std::string_view tls_mode_name(TlsMode mode) { return enum_name(kTlsNames, mode); }

std::optional<TlsMode> parse_tls_mode(std::string_view name) {
  return parse_enum<TlsMode>(kTlsNames, name);
}

json::value render_postgres_settings(const PostgresSettings& settings) {
  return json::object{{"host", settings.host},
                      {"port", settings.port},
                      {"database", settings.database},
                      {"databaseAttribute", settings.database_attribute},
                      {"user", settings.user},
                      {"sealedPassword", settings.sealed_password},
                      {"tls", tls_mode_name(settings.tls)},
                      {"caCertificate", settings.ca_certificate}};
}

Result<PostgresSettings> parse_postgres_settings(const json::value& value) {
  ObjectReader reader(value, "postgres");
  PostgresSettings settings{.host = reader.required_string("host"),
                            .port = 0,
                            .database = reader.required_string("database"),
                            .user = reader.required_string("user"),
                            .sealed_password = {},
                            .tls = TlsMode::kVerifyFull};
  const std::int64_t port = reader.optional_integer("port").value_or(0);
  if (port < 1 || port > kMaxPort) reader.refuse("port", "Must be between 1 and 65535.");
  settings.port = static_cast<std::uint16_t>(port);
  settings.database_attribute = reader.optional_string("databaseAttribute").value_or("");
  settings.sealed_password = reader.optional_string("sealedPassword", 4096).value_or("");
  settings.ca_certificate =
      reader.optional_string("caCertificate", kMaxCertificateBytes).value_or("");
  const auto tls = parse_tls_mode(reader.required_string("tls"));
  if (!tls) reader.refuse("tls", "Is not a TLS mode.");
  settings.tls = tls.value_or(TlsMode::kVerifyFull);
  RETURN_IF_ERROR(reader.finish());
  return settings;
}

}  // namespace model
