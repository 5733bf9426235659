#include "catalog/postgres_check.h"

#include <algorithm>

#include <fmt/format.h>

namespace catalog {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

constexpr std::size_t kHostBytesMax = 253;
/// PostgreSQL cuts longer names.
constexpr std::size_t kNameBytesMax = 63;
constexpr std::size_t kPasswordBytesMax = 1024;

/// No control character and no space.
bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c < 0 || c > ' '; });
}

/// A path would be a socket of this machine, a list several servers.
bool is_host(std::string_view host) {
  return !host.empty() && host.size() <= kHostBytesMax && is_printable(host) &&
         host.find_first_of("/@,\\") == std::string_view::npos;
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kNameBytesMax &&
         std::ranges::all_of(name, [](char c) { return c < 0 || c >= ' '; });
}

bool is_text_attribute(const TokenAttributes& attributes, const std::string& name) {
  const auto found = attributes.find(name);
  return found != attributes.end() && found->second.type == model::ValueType::kString &&
         !found->second.list;
}

std::string find_certificate_problem(const model::PostgresSettings& settings) {
  const std::string& certificate = settings.ca_certificate;
  if (certificate.empty()) {
    // Any certificate of any public authority would do.
    return settings.tls == model::TlsMode::kVerifyCa ? "Is required for verify-ca." : "";
  }
  const bool pem = certificate.find("-----BEGIN CERTIFICATE-----") != std::string::npos &&
                   certificate.find("PRIVATE KEY") == std::string::npos;
  return pem ? "" : "Must be a certificate in PEM form.";
}

}  // namespace

Result<Done> check_postgres(const WantedPostgres& wanted, const TokenAttributes& attributes,
                            std::string_view field) {
  const auto refuse = [&](std::string_view name, std::string what) {
    return Error{Code::kInvalidBody, std::move(what), {}, fmt::format("{}.{}", field, name)};
  };
  const model::PostgresSettings& settings = wanted.settings;
  if (!is_host(settings.host)) return refuse("host", "Must be the name or address of one host.");
  if (!is_name(settings.database)) {
    return refuse("database", fmt::format("Must have 1 to {} bytes.", kNameBytesMax));
  }
  if (!is_name(settings.user)) {
    return refuse("user", fmt::format("Must have 1 to {} bytes.", kNameBytesMax));
  }
  const std::string& attribute = settings.database_attribute;
  if (!attribute.empty() && !is_text_attribute(attributes, attribute)) {
    return refuse("databaseAttribute", "Is no registered token attribute of type String.");
  }
  if (std::string problem = find_certificate_problem(settings); !problem.empty()) {
    return refuse("caCertificate", std::move(problem));
  }
  if (!wanted.password) return Done{};
  const std::string& password = wanted.password->reveal_secret();
  if (password.size() > kPasswordBytesMax || password.find('\0') != std::string::npos) {
    return refuse("password", fmt::format("Must have at most {} bytes.", kPasswordBytesMax));
  }
  return Done{};
}

bool is_same_login(const model::PostgresSettings& stored, const model::PostgresSettings& wanted) {
  return stored.host == wanted.host && stored.port == wanted.port && stored.user == wanted.user &&
         stored.tls == wanted.tls && stored.ca_certificate == wanted.ca_certificate;
}

}  // namespace catalog
