#include "source/postgres_failure.h"

#include <array>

#include <fmt/format.h>

#include "source/stopping.h"

namespace source {
namespace {

using base::Code;
using base::Error;

struct Reason {
  std::string_view sign;  ///< In libpq's text.
  std::string_view what;
};

// The SQLSTATEs of https://www.postgresql.org/docs/15/errcodes-appendix.html, and texts of libpq 15
// in its own language.
constexpr auto kReasons = std::to_array<Reason>({
    {"28P01", "The server refuses the user or the password."},
    {"3D000", "There is no such database on the server."},
    {"53300", "The server has too many connections already."},
    {"57P03", "The server is starting or stopping."},
    {"42501", "The user may not connect to this database."},
    {"does not support SSL", "The server does not offer TLS."},
    {"certificate verify failed", "The server's certificate is not trusted."},
    {"does not match host name", "The server's certificate is for another name."},
    {"could not read root certificate", "The CA certificate can not be read."},
    {"no password supplied", "The server asks for a password."},
    {"could not translate host name", "The host was not found."},
    {"Connection refused", "Nothing answers at this host and port."},
    {"Network is unreachable", "Nothing answers at this host and port."},
    {"No route to host", "Nothing answers at this host and port."},
    {"timed out", "The server did not answer in time."},
});

Error unavailable(std::string_view what, std::string_view detail) {
  return {Code::kSourceUnavailable, std::string(what), std::string(detail)};
}

/// Names, but no values: syntax, missing tables and columns, rights, and the server's own state.
bool may_be_logged(std::string_view sqlstate) {
  for (const std::string_view known : {"08", "25", "26", "28", "34", "3D", "42", "53", "57"}) {
    if (sqlstate.starts_with(known)) return true;
  }
  return false;
}

}  // namespace

Error connection_failure(std::string_view driver_text, model::TlsMode tls) {
  for (const Reason& reason : kReasons) {
    if (driver_text.find(reason.sign) != std::string_view::npos) {
      return unavailable(reason.what, driver_text);
    }
  }
  // No line of pg_hba.conf fits: the server does not say whether the user or TLS is at fault.
  if (driver_text.find("28000") != std::string_view::npos) {
    return unavailable(tls == model::TlsMode::kDisable
                           ? "The server refuses this user, or requires TLS."
                           : "The server refuses this user.",
                       driver_text);
  }
  return unavailable("The server could not be connected to.", driver_text);
}

Error no_answer_in_time() { return unavailable("The server did not answer in time.", ""); }

Error statement_failure(std::string_view sqlstate, std::string_view message) {
  if (sqlstate == "57014") return stopped_error(Code::kQueryTimeout);
  return unavailable("The database could not answer.",
                     may_be_logged(sqlstate) ? fmt::format("SQLSTATE {}: {}", sqlstate, message)
                                             : fmt::format("SQLSTATE {}", sqlstate));
}

}  // namespace source
