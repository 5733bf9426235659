#pragma once

// SQLite behind RAII. SQL is a string literal or it does not compile (`Sql` is consteval); values
// are bound. One connection is used by one thread at a time; Store takes care of that.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace store {

/// A statement text known when the program was compiled.
class Sql {
 public:
  consteval Sql(const char* literal) : text_(literal) {}  // NOLINT(google-explicit-constructor)
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// One run of a statement: bind in order, then `next` row by row. Errors are kept and come out of
/// `next` or `run`.
class Query {
 public:
  Query(Query&&) noexcept;
  Query& operator=(Query&&) = delete;
  ~Query();

  Query& bind(std::string_view text);
  Query& bind(const char* text) = delete;
  Query& bind(std::int64_t number);
  Query& bind(bool flag);
  Query& bind(base::Seconds time);
  Query& bind(std::optional<base::Seconds> time);
  template <typename Tag>
  Query& bind(const base::Id<Tag>& id) {
    return bind(std::string_view(id.text()));
  }
  template <typename Tag>
  Query& bind(const std::optional<base::Id<Tag>>& id) {
    return id ? bind(*id) : bind_null();
  }

  /// True when there is a row to read.
  [[nodiscard]] base::Result<bool> next();
  /// For statements without rows.
  [[nodiscard]] base::Result<base::Done> run();

  /// Columns of the present row, from 0.
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
  [[nodiscard]] base::Seconds time(int column) const;
  [[nodiscard]] std::optional<base::Seconds> optional_time(int column) const;

 private:
  friend class Connection;
  Query& bind_null();
  /// `running` belongs to the connection that keeps the statement; null where the query owns it.
  Query(sqlite3* database, sqlite3_stmt* statement, int problem, bool* running);

  sqlite3* database_;
  sqlite3_stmt* statement_;
  int problem_;
  bool* running_;
  int bound_ = 0;
};

class Connection {
 public:
  /// Opens or creates the file, in WAL mode, durable at each commit. kStorageFailed.
  [[nodiscard]] static base::Result<Connection> open(const std::string& file);

  /// Keeps the prepared statement for the next query of the same text: preparing it takes longer
  /// than looking up a row. The query must not outlive the connection.
  [[nodiscard]] Query query(Sql sql);
  /// Rows changed by the last statement.
  [[nodiscard]] std::int64_t changes() const;
  /// Runs several statements, e.g. a migration.
  [[nodiscard]] base::Result<base::Done> run_script(Sql sql);
  /// A number that changes when another connection or process has committed.
  [[nodiscard]] base::Result<std::int64_t> foreign_version();
  /// Caps the file's growth, so that a test meets SQLITE_FULL.
  void limit_pages_for_test(std::int64_t pages);

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  struct Statements;
  struct Finalize {
    void operator()(Statements* statements) const;
  };
  explicit Connection(sqlite3* database);
  std::unique_ptr<sqlite3, Close> database_;
  std::unique_ptr<Statements, Finalize> statements_;
};

}  // namespace store
