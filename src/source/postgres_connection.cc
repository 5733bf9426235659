#include "source/postgres_connection.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>
#include <poll.h>
#include <string_view>
#include <sys/ioctl.h>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "source/postgres_arguments.h"
#include "source/postgres_failure.h"
#include "source/postgres_result.h"
#include "source/stopping.h"

namespace source {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

constexpr std::chrono::seconds kConnectPatience{10};
/// Cancelling waits for the server, which may be gone: so many may do so at a time.
constexpr int kCancelsMax = 16;
/// starts_with came with this version.
constexpr int kServerVersionMin = 110'000;
/// What libpq has to hold of one row that is on its way.
constexpr std::size_t kRowBytesMax = kResultTextBytesMax + (std::size_t{1} << 20);
/// In place of a file that libpq would look for in somebody's home.
constexpr const char* kNoFile = "/dev/null/none";

Error unavailable(std::string what, std::string detail = "") {
  return {Code::kSourceUnavailable, std::move(what), std::move(detail)};
}

using Keywords = std::vector<std::pair<const char*, std::string>>;

/// A name with NUL would be cut; an empty one would become that of the operating system's user.
bool is_name(const std::string& text) {
  return !text.empty() && text.find('\0') == std::string::npos;
}

/// A path would be a socket of this machine, a list several servers.
bool is_host(const std::string& text) {
  return is_name(text) && text.front() != '/' && text.front() != '@' &&
         text.find(',') == std::string::npos;
}

Keywords keywords_of(const PostgresLogin& login, const std::string& database) {
  const bool verifies =
      login.tls == model::TlsMode::kVerifyCa || login.tls == model::TlsMode::kVerifyFull;
  return {{"host", login.host},
          {"port", std::to_string(login.port)},
          {"dbname", database},
          {"user", login.user},
          {"sslmode", std::string(model::tls_mode_name(login.tls))},
          {"sslrootcert", verifies ? login.ca_file : kNoFile},
          {"sslcert", kNoFile},
          {"sslkey", kNoFile},
          {"sslcrl", kNoFile},
          {"passfile", kNoFile},
          {"gssencmode", "disable"},
          {"target_session_attrs", "any"},
          {"client_encoding", "UTF8"},
          {"application_name", "aracari"},
          {"keepalives_idle", "30"},
          {"keepalives_interval", "10"},
          {"keepalives_count", "3"},
          {"tcp_user_timeout", "15000"}};
}

PgConnectionHandle start(const Keywords& keywords, const base::Secret& password) {
  std::vector<const char*> names{"password"};
  std::vector<const char*> values{password.reveal_secret().c_str()};
  for (const auto& [name, value] : keywords) {
    names.push_back(name);
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  // 0: `dbname` is a name and not expanded to a connection string.
  return PgConnectionHandle(PQconnectStartParams(names.data(), values.data(), 0));
}

Result<Done> finish_connecting(PGconn* connection, model::TlsMode tls, const Patience& patience) {
  auto direction = Patience::Direction::kWrite;
  while (true) {
    const int socket = PQsocket(connection);
    if (PQstatus(connection) == CONNECTION_BAD || socket < 0) break;
    RETURN_IF_ERROR(patience.wait(socket, direction));
    const PostgresPollingStatusType state = PQconnectPoll(connection);
    if (state == PGRES_POLLING_OK) return Done{};
    if (state == PGRES_POLLING_FAILED) break;
    direction =
        state == PGRES_POLLING_READING ? Patience::Direction::kRead : Patience::Direction::kWrite;
  }
  return connection_failure(PQerrorMessage(connection), tls);
}

/// Bytes that wait in the socket, before libpq reads them.
std::size_t bytes_waiting(int socket) {
  int bytes = 0;
  return ::ioctl(socket, FIONREAD, &bytes) == 0 && bytes > 0 ? static_cast<std::size_t>(bytes) : 0;
}

/// A field of an error, which may be absent.
std::string_view field_of(const PGresult* result, int field) {
  const char* text = PQresultErrorField(result, field);
  return text == nullptr ? std::string_view() : std::string_view(text);
}

Error failure_of(const PGresult* result) {
  return statement_failure(field_of(result, PG_DIAG_SQLSTATE),
                           field_of(result, PG_DIAG_MESSAGE_PRIMARY));
}

bool is_success(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE;
}

}  // namespace

Result<PostgresConnection> PostgresConnection::open(const PostgresLogin& login,
                                                    const std::string& database,
                                                    const Patience& patience) {
  if (!is_host(login.host)) return unavailable("The host was not found.", "not a host name");
  if (!is_name(database)) return unavailable("There is no such database on the server.");
  if (!is_name(login.user) || login.password.reveal_secret().find('\0') != std::string::npos) {
    return unavailable("The server refuses the user or the password.", "not a name");
  }
  const auto limit = std::chrono::steady_clock::now() + kConnectPatience;
  const Patience connecting(std::min(limit, patience.deadline()), patience.cancellation());
  PostgresConnection opened(start(keywords_of(login, database), login.password));
  PGconn* connection = opened.connection_.get();
  if (connection == nullptr) return unavailable("The server could not be connected to.");
  PQsetErrorVerbosity(connection, PQERRORS_SQLSTATE);
  PQsetNoticeReceiver(connection, [](void*, const PGresult*) {}, nullptr);
  auto connected = finish_connecting(connection, login.tls, connecting);
  if (!connected) {
    const bool late = connected.error().code == Code::kQueryTimeout && limit < patience.deadline();
    return late ? no_answer_in_time() : std::move(connected).error();
  }
  RETURN_IF_ERROR(opened.check_server());
  return opened;
}

Result<Done> PostgresConnection::check_server() const {
  if (PQserverVersion(connection_.get()) < kServerVersionMin) {
    return unavailable("The server is older than PostgreSQL 11.");
  }
  const char* encoding = PQparameterStatus(connection_.get(), "server_encoding");
  if (encoding == nullptr || std::string_view(encoding) == "SQL_ASCII") {
    return unavailable("The database has no character encoding (SQL_ASCII).");
  }
  if (PQsetnonblocking(connection_.get(), 1) != 0) return broken_error();
  return Done{};
}

bool PostgresConnection::is_broken() const { return PQstatus(connection_.get()) != CONNECTION_OK; }

bool PostgresConnection::is_alive() {
  pollfd watched{PQsocket(connection_.get()), POLLIN, 0};
  // The server sends something of its own accord when it ends the connection, or a notice.
  if (::poll(&watched, 1, 0) > 0 && PQconsumeInput(connection_.get()) == 0) return false;
  return !is_broken() && PQtransactionStatus(connection_.get()) == PQTRANS_IDLE;
}

int PostgresConnection::server_version() const { return PQserverVersion(connection_.get()); }

Error PostgresConnection::broken_error() const {
  return unavailable("The database could not answer.", PQerrorMessage(connection_.get()));
}

Result<Done> PostgresConnection::flush(const Patience& patience) {
  PGconn* connection = connection_.get();
  while (true) {
    const int left = PQflush(connection);
    if (left == 0) return Done{};
    if (left < 0) return broken_error();
    RETURN_IF_ERROR(patience.wait(PQsocket(connection), Patience::Direction::kEither));
    // The server may have to be listened to before it goes on reading.
    if (PQconsumeInput(connection) == 0) return broken_error();
  }
}

/// Empty at the end of the results.
Result<PgResultHandle> PostgresConnection::next_result(const Patience& patience) {
  PGconn* connection = connection_.get();
  std::size_t received = 0;
  while (PQisBusy(connection) != 0) {
    RETURN_IF_ERROR(patience.wait(PQsocket(connection), Patience::Direction::kRead));
    received += bytes_waiting(PQsocket(connection));
    if (received > kRowBytesMax) return too_much_text();
    if (PQconsumeInput(connection) == 0) return broken_error();
  }
  return PgResultHandle(PQgetResult(connection));
}

/// Several statements in one go. `statements` are our own.
Result<Done> PostgresConnection::run_own(const std::string& statements, const Patience& patience) {
  if (PQsendQuery(connection_.get(), statements.c_str()) == 0) return broken_error();
  RETURN_IF_ERROR(flush(patience));
  while (true) {
    ASSIGN_OR_RETURN(const PgResultHandle result, next_result(patience));
    if (result == nullptr) break;
    if (!is_success(result.get())) return failure_of(result.get());
  }
  return Done{};
}

Result<Done> PostgresConnection::begin(const Patience& patience) {
  return run_own(fmt::format("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;"
                             "SET LOCAL search_path = pg_catalog, pg_temp;"
                             "SET LOCAL TimeZone = 'UTC';"
                             "SET LOCAL DateStyle = 'ISO, YMD';"
                             "SET LOCAL IntervalStyle = 'postgres';"
                             "SET LOCAL extra_float_digits = 1;"
                             "SET LOCAL row_security = on;"
                             "SET LOCAL statement_timeout = {}",
                             patience.left().count()),
                 patience);
}

Result<Done> PostgresConnection::roll_back(const Patience& patience) {
  RETURN_IF_ERROR(run_own("ROLLBACK", patience));
  if (PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) return broken_error();
  return Done{};
}

Result<ResultSet> PostgresConnection::read_rows(std::int64_t rows_max, const Patience& patience,
                                                const BatchSink& take) {
  if (PQsetSingleRowMode(connection_.get()) == 0) return broken_error();
  RETURN_IF_ERROR(flush(patience));
  std::optional<PostgresDecoder> decoder;
  while (true) {
    ASSIGN_OR_RETURN(const PgResultHandle result, next_result(patience));
    if (result == nullptr) break;
    if (!is_success(result.get())) return failure_of(result.get());
    if (!decoder) {
      ASSIGN_OR_RETURN(decoder, PostgresDecoder::for_columns_of(result.get()));
    }
    RETURN_IF_ERROR(decoder->append(result.get(), rows_max));
    if (take && decoder->is_batch_full()) RETURN_IF_ERROR(take(decoder->take_batch()));
  }
  if (!decoder) return broken_error();
  if (take) RETURN_IF_ERROR(take(decoder->take_batch()));
  return std::move(*decoder).take();
}

Result<ResultSet> PostgresConnection::fetch(const sql::Statement& statement, std::int64_t rows_max,
                                            const Patience& patience) {
  return fetch(statement, rows_max, patience, nullptr);
}

Result<ResultSet> PostgresConnection::fetch(const sql::Statement& statement, std::int64_t rows_max,
                                            const Patience& patience, const BatchSink& take) {
  const PostgresArguments arguments(statement.arguments);
  if (PQsendQueryParams(connection_.get(), statement.text.c_str(), arguments.count(),
                        arguments.types.data(), arguments.pointers.data(), arguments.lengths.data(),
                        arguments.formats.data(), 0) == 0) {
    return broken_error();
  }
  return read_rows(rows_max, patience, take);
}

Result<ResultSet> PostgresConnection::fetch(Literal statement, std::int64_t rows_max,
                                            const Patience& patience) {
  if (PQsendQueryParams(connection_.get(), statement.text(), 0, nullptr, nullptr, nullptr, nullptr,
                        0) == 0) {
    return broken_error();
  }
  return read_rows(rows_max, patience, nullptr);
}

void PostgresConnection::cancel() const {
  static std::atomic<int> running = 0;
  if (PQtransactionStatus(connection_.get()) != PQTRANS_ACTIVE) return;
  PgCancelHandle handle(PQgetCancel(connection_.get()));
  if (handle == nullptr) return;
  if (running.fetch_add(1) >= kCancelsMax) {
    --running;
    return;
  }
  // libpq asks over a connection of its own and blocks until the server has heard, which may be
  // never. What runs ends by statement_timeout then.
  try {
    std::thread([cancel = std::move(handle)] {
      std::array<char, 256> problem{};
      (void)PQcancel(cancel.get(), problem.data(), static_cast<int>(problem.size()));
      --running;
    }).detach();
  } catch (const std::system_error&) {
    --running;
  }
}

}  // namespace source
