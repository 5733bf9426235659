// Makers' statements: whatever the check lets through is one SELECT that reads no table but the
// allowed ones, no file, and nothing of the machine. It is run on a locked database, and a word
// that stands only where it must not reach is looked for in its answer.

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <string_view>

#include <duckdb.h>

#include "source/deadline_timer.h"
#include "source/duckdb_handles.h"
#include "source/duckdb_instance.h"
#include "source/duckdb_statement.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

constexpr std::size_t kStatementBytesMax = 1500;

void require(bool holds) {
  if (!holds) std::abort();
}

/// A word that no input can hold.
std::string make_secret() {
  std::random_device random;
  std::string secret;
  for (int i = 0; i < 4; ++i) secret += std::to_string(random());
  return secret;
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return text;
}

/// A folder that goes when the process ends.
struct Folder {
  Folder() { std::filesystem::create_directories(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("statement-fuzz-" + make_secret());
};

void run(duckdb_connection connection, const std::string& statement) {
  source::ResultHandle result;
  require(duckdb_query(connection, statement.c_str(), result.address()) == DuckDBSuccess);
}

/// The secret lies in a table that may not be read, and in a comment.
void make_database(const std::string& file, const std::string& secret) {
  source::DatabaseHandle database;
  source::ConnectionHandle connection;
  require(duckdb_open(file.c_str(), database.address()) == DuckDBSuccess);
  require(duckdb_connect(database.get(), connection.address()) == DuckDBSuccess);
  run(connection.get(), "CREATE TABLE orders (id INTEGER, city VARCHAR, amount DOUBLE)");
  run(connection.get(), "INSERT INTO orders VALUES (1, 'Paris', 1.5), (2, NULL, NULL)");
  run(connection.get(), "CREATE TABLE cities (city VARCHAR, country VARCHAR)");
  run(connection.get(), "INSERT INTO cities VALUES ('Paris', 'France')");
  run(connection.get(), "CREATE TABLE unlisted AS SELECT '" + secret + "' AS city, 1 AS id");
  run(connection.get(), "COMMENT ON TABLE orders IS '" + secret + "'");
  run(connection.get(), "CREATE MACRO leak() AS (SELECT min(city) FROM unlisted)");
}

/// Such a database, opened as customers' are, with the secret also in a file beside it and in the
/// environment.
class World {
 public:
  explicit World(const std::filesystem::path& folder) : folder_(folder) {
    const std::string file = folder_ / "a.duckdb";
    make_database(file, secret_);
    std::ofstream(folder_ / "secret.csv") << "a\n" << secret_ << "\n";
    ::setenv("ARACARI_SECRET", secret_.c_str(), 1);
    auto opened = source::open_locked_instance({file, folder_ / "spill", 128 << 20, 1});
    require(opened.ok());
    database_ = std::move(opened->database);
    auto connected = source::connect(database_);
    require(connected.ok());
    connection_ = std::move(connected).value();
  }

  void look_at(std::string statement) {
    for (const std::string name : {"secret.csv", "a.duckdb"}) {
      const std::size_t at = statement.find(name);
      if (at != std::string::npos) statement.insert(at, folder_.string() + "/");
    }
    const auto columns =
        source::describe_statement(connection_.get(), statement, {"orders", "cities", "gone"});
    if (!columns) {
      require(columns.error().what.find(secret_) == std::string::npos);
      return;
    }
    const std::string wrapped = "SELECT * FROM (\n" + statement + "\n) AS s LIMIT 50";
    require(is_one_select(statement) && is_one_select(wrapped));
    require(reads_allowed_tables(statement));
    read(wrapped);
  }

 private:
  bool is_one_select(const std::string& statement) {
    duckdb_extracted_statements extracted = nullptr;
    const idx_t count = duckdb_extract_statements(connection_.get(), statement.c_str(), &extracted);
    duckdb_destroy_extracted(&extracted);
    source::PreparedHandle prepared;
    const bool bound =
        duckdb_prepare(connection_.get(), statement.c_str(), prepared.address()) == DuckDBSuccess;
    return count == 1 && bound &&
           duckdb_prepared_statement_type(prepared.get()) == DUCKDB_STATEMENT_TYPE_SELECT;
  }

  /// By the engine's own account of what a statement reads.
  bool reads_allowed_tables(const std::string& statement) {
    const source::ValueHandle names(
        duckdb_get_table_names(connection_.get(), statement.c_str(), false));
    for (idx_t i = 0; names.get() != nullptr && i < duckdb_get_list_size(names.get()); ++i) {
      const source::ValueHandle name(duckdb_get_list_child(names.get(), i));
      const source::TextHandle text(duckdb_get_varchar(name.get()));
      const std::string table = lower(text.get());
      if (table != "orders" && table != "cities") return false;
    }
    return true;
  }

  void read(const std::string& statement) {
    const auto late = timer_.watch(std::chrono::steady_clock::now() + std::chrono::seconds(2),
                                   [this] { duckdb_interrupt(connection_.get()); });
    source::ResultHandle result;
    if (duckdb_query(connection_.get(), statement.c_str(), result.address()) != DuckDBSuccess) {
      return;
    }
    const idx_t rows = duckdb_row_count(result.address());
    for (idx_t column = 0; column < duckdb_column_count(result.address()); ++column) {
      for (idx_t row = 0; row < rows; ++row) {
        const source::TextHandle text(duckdb_value_varchar(result.address(), column, row));
        const std::string_view cell = text.get() == nullptr ? "" : text.get();
        require(cell.find(secret_) == std::string_view::npos);
      }
    }
  }

  std::string secret_ = make_secret();
  std::filesystem::path folder_;
  source::DeadlineTimer timer_;
  source::DatabaseHandle database_;
  source::ConnectionHandle connection_;
};

// clang-format off
constexpr auto kWords = std::to_array<std::string_view>({
    "SELECT", "FROM", "WHERE", "orders", "cities", "unlisted", "main.unlisted", "gone", "leak()",
    "'secret.csv'", "\"a.duckdb\"", "read_csv('secret.csv')", "read_text('secret.csv')",
    "duckdb_settings()", "duckdb_tables", "duckdb_tables()", "sqlite_master",
    "pragma_database_list", "information_schema.tables", "pg_catalog.pg_class",
    "query('FROM unlisted')", "query_table('unlisted')", "getenv('ARACARI_SECRET')",
    "current_setting('temp_directory')", "WITH unlisted AS (SELECT 1 AS id)",
    "WITH RECURSIVE q AS", "LATERAL", "UNION ALL", "JOIN", "ON true", "USING (city)", ",", "(",
    ")", ";", "--", "/*", "*/", "*", "id", "city", "AS x", "COLUMNS(*)", "EXCLUDE (id)",
    "(SELECT min(city) FROM unlisted)", "EXISTS (FROM unlisted)", "IN (FROM unlisted)",
    "AT (VERSION => 1)", "PIVOT", "DESCRIBE", "SUMMARIZE", "SHOW TABLES", "TABLE", "VALUES (1)",
    "COPY orders TO 'x'", "ATTACH 'x'", "LIMIT 1", "ORDER BY 1", "GROUP BY ALL",
    "OVER (ORDER BY id)", "FILTER (WHERE true)", "count(*)", "string_agg(city, ',')", "rowid",
    "$1"});
// clang-format on

}  // namespace

/// DuckDB is not instrumented: what it keeps until the process ends is not a leak of ours.
// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming): its caller has it so
extern "C" const char* __lsan_default_suppressions() { return "leak:libduckdb.so"; }

/// Half of the time, one of the words above in place of a word of the input, or beside it.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned int seed) {
  if (seed % 2 == 0) return LLVMFuzzerMutate(data, size, max_size);
  std::string text(reinterpret_cast<const char*>(data), size);
  const std::string_view word = kWords[(seed / 8) % kWords.size()];
  const std::size_t space = size == 0 ? std::string::npos : text.find(' ', (seed / 1024) % size);
  const std::size_t begin = space == std::string::npos ? size : space;
  const std::size_t end = text.find(' ', begin + 1);
  const bool replaces = seed % 4 == 1 && end != std::string::npos;
  text.replace(begin, replaces ? end - begin : 0, " " + std::string(word));
  if (text.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  text.copy(reinterpret_cast<char*>(data), text.size());
  return text.size();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Folder kFolder;
  // Not ended: the engine does not like to be closed when the process ends.
  static World& world = *new World(kFolder.path);
  if (size <= kStatementBytesMax) {
    world.look_at(std::string(reinterpret_cast<const char*>(data), size));
  }
  return 0;
}
