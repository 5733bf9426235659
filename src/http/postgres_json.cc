#include "http/postgres_json.h"

#include <cstdint>
#include <string>

namespace http {
namespace {

namespace json = base::json;
using base::Result;

constexpr std::int64_t kPortMax = 65'535;
constexpr std::size_t kCertificateBytesMax = std::size_t{64} * 1024;

}  // namespace

Result<catalog::WantedPostgres> parse_wanted_postgres(const json::value& value,
                                                      std::string_view field) {
  base::ObjectReader reader(value, std::string(field));
  model::PostgresSettings settings{.host = reader.required_string("host"),
                                   .port = 0,
                                   .database = reader.required_string("database"),
                                   .user = reader.required_string("user"),
                                   .sealed_password = {},
                                   .tls = model::TlsMode::kVerifyFull};
  const auto port = reader.optional_integer("port");
  if (!port || *port < 1 || *port > kPortMax) {
    reader.refuse("port", "Must be a number between 1 and 65535.");
  }
  settings.port = static_cast<std::uint16_t>(port.value_or(0));
  settings.database_attribute = reader.optional_string("databaseAttribute").value_or("");
  const auto tls = model::parse_tls_mode(reader.required_string("tls"));
  if (!tls) reader.refuse("tls", "Must be disable, require, verify-ca or verify-full.");
  settings.tls = tls.value_or(model::TlsMode::kVerifyFull);
  settings.ca_certificate =
      reader.optional_string("caCertificate", kCertificateBytesMax).value_or("");
  auto password = reader.optional_string("password", 4096);
  RETURN_IF_ERROR(reader.finish());
  catalog::WantedPostgres wanted{std::move(settings), std::nullopt};
  if (password) wanted.password.emplace(*std::move(password));
  return wanted;
}

json::object render_postgres(const model::PostgresSettings& settings) {
  json::object rendered{{"host", settings.host},
                        {"port", settings.port},
                        {"database", settings.database},
                        {"user", settings.user},
                        {"tls", model::tls_mode_name(settings.tls)}};
  if (!settings.database_attribute.empty()) {
    rendered["databaseAttribute"] = settings.database_attribute;
  }
  if (!settings.ca_certificate.empty()) rendered["caCertificate"] = settings.ca_certificate;
  return rendered;
}

}  // namespace http
