#include "store/connection.h"

#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

namespace store {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

Error error_of(sqlite3* database, int status) {
  const std::string detail =
      database == nullptr ? sqlite3_errstr(status) : sqlite3_errmsg(database);
  switch (status & 0xff) {
    case SQLITE_FULL: return {Code::kStorageFull, "The disk is full; nothing was changed.", detail};
    case SQLITE_CONSTRAINT: return {Code::kConflict, "This already exists.", detail};
    case SQLITE_BUSY: return {Code::kUnavailable, "The server is busy; try again.", detail};
    default: return {Code::kStorageFailed, "The server could not store or read this.", detail};
  }
}

}  // namespace

Query::Query(sqlite3* database, sqlite3_stmt* statement, int problem, bool* running)
    : database_(database), statement_(statement), problem_(problem), running_(running) {}

Query::Query(Query&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      problem_(other.problem_),
      running_(other.running_),
      bound_(other.bound_) {}

Query::~Query() {
  if (statement_ == nullptr) return;
  if (running_ == nullptr) {
    sqlite3_finalize(statement_);
    return;
  }
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);  // hashes and names do not stay in memory
  *running_ = false;
}

Query& Query::bind(std::string_view text) {
  if (problem_ == SQLITE_OK) {
    problem_ = sqlite3_bind_text64(statement_, ++bound_, text.data(), text.size(), SQLITE_TRANSIENT,
                                   SQLITE_UTF8);
  }
  return *this;
}

Query& Query::bind(std::int64_t number) {
  if (problem_ == SQLITE_OK) problem_ = sqlite3_bind_int64(statement_, ++bound_, number);
  return *this;
}

Query& Query::bind(bool flag) { return bind(std::int64_t{flag ? 1 : 0}); }

Query& Query::bind(base::Seconds time) {
  return bind(std::int64_t{time.time_since_epoch().count()});
}

Query& Query::bind(std::optional<base::Seconds> time) { return time ? bind(*time) : bind_null(); }

Query& Query::bind_null() {
  if (problem_ == SQLITE_OK) problem_ = sqlite3_bind_null(statement_, ++bound_);
  return *this;
}

Result<bool> Query::next() {
  if (problem_ != SQLITE_OK) return error_of(database_, problem_);
  const int status = sqlite3_step(statement_);
  if (status == SQLITE_ROW) return true;
  if (status == SQLITE_DONE) return false;
  return error_of(database_, status);
}

Result<Done> Query::run() {
  ASSIGN_OR_RETURN([[maybe_unused]] const bool row, next());
  return Done{};
}

std::string Query::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }

base::Seconds Query::time(int column) const {
  return base::Seconds(std::chrono::seconds(integer(column)));
}

std::optional<base::Seconds> Query::optional_time(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return time(column);
}

/// Prepared statements by their texts: as many as the program has.
struct Connection::Statements {
  struct Kept {
    sqlite3_stmt* statement;
    bool running;
  };
  std::unordered_map<std::string_view, Kept> by_text;
};

Connection::Connection(sqlite3* database) : database_(database), statements_(new Statements) {}

void Connection::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

void Connection::Finalize::operator()(Statements* statements) const {
  for (const auto& [text, kept] : statements->by_text) sqlite3_finalize(kept.statement);
  delete statements;
}

Result<Connection> Connection::open(const std::string& file) {
  sqlite3* database = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int status = sqlite3_open_v2(file.c_str(), &database, flags, nullptr);
  Connection connection(database);
  if (status != SQLITE_OK) return error_of(database, status);
  sqlite3_extended_result_codes(database, 1);
  sqlite3_busy_timeout(database, 5000);
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  RETURN_IF_ERROR(connection.run_script(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
      "PRAGMA trusted_schema = OFF;"));
  return connection;
}

Query Connection::query(Sql sql) {
  sqlite3* const database = database_.get();
  const auto found = statements_->by_text.find(sql.text());
  if (found != statements_->by_text.end() && !found->second.running) {
    found->second.running = true;
    return {database, found->second.statement, SQLITE_OK, &found->second.running};
  }
  sqlite3_stmt* statement = nullptr;
  const int status =
      sqlite3_prepare_v3(database, sql.text().data(), static_cast<int>(sql.text().size()),
                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (status != SQLITE_OK || found != statements_->by_text.end()) {
    return {database, statement, status, nullptr};
  }
  auto& kept = statements_->by_text[sql.text()];
  kept = {statement, true};
  return {database, statement, status, &kept.running};
}

std::int64_t Connection::changes() const { return sqlite3_changes64(database_.get()); }

Result<Done> Connection::run_script(Sql sql) {
  const int status = sqlite3_exec(database_.get(), sql.text().data(), nullptr, nullptr, nullptr);
  if (status != SQLITE_OK) return error_of(database_.get(), status);
  return Done{};
}

Result<std::int64_t> Connection::foreign_version() {
  Query query = this->query("PRAGMA data_version");
  RETURN_IF_ERROR(query.next());
  return query.integer(0);
}

void Connection::limit_pages_for_test(std::int64_t pages) {
  const std::string pragma = fmt::format("PRAGMA max_page_count = {}", pages);
  sqlite3_exec(database_.get(), pragma.c_str(), nullptr, nullptr, nullptr);
}

}  // namespace store
