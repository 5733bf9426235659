#include <filesystem>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>

#include "engine.h"
#include "plain_query.h"
#include "source/duckdb_result.h"
#include "source/duckdb_test_support.h"

namespace oracle {
namespace {

std::string type_name(Stored stored) {
  switch (stored) {
    case Stored::kText: return "VARCHAR";
    case Stored::kEnum: return "ENUM ('paris', 'Paris', '', 'O''Hare \"x\"; --')";
    case Stored::kUuid: return "UUID";
    case Stored::kTime: return "TIME";
    case Stored::kInterval: return "INTERVAL";
    case Stored::kSmall: return "TINYINT";
    case Stored::kWhole: return "BIGINT";
    case Stored::kHuge: return "HUGEINT";
    case Stored::kDouble: return "DOUBLE";
    case Stored::kFloat: return "FLOAT";
    case Stored::kDecimal: return "DECIMAL(18, 3)";
    case Stored::kFlag: return "BOOLEAN";
    case Stored::kDay: return "DATE";
    case Stored::kMoment: return "TIMESTAMP";
    case Stored::kMomentOfSeconds: return "TIMESTAMP_S";
    case Stored::kMomentOfNanoseconds: return "TIMESTAMP_NS";
    case Stored::kMomentWithZone: return "TIMESTAMPTZ";
  }
  return "";
}

std::vector<std::string> statements_for(const StoredTable& table) {
  std::string columns = "rid BIGINT";
  for (const StoredColumn& column : table.columns) {
    columns += fmt::format(", {} {}", quoted(column.name), type_name(column.stored));
  }
  std::vector<std::string> statements{
      fmt::format("CREATE TABLE {} ({})", quoted(table.name), columns)};
  std::string rows;
  for (std::size_t row = 0; row < table.rows; ++row) {
    rows += fmt::format("{}({}", rows.empty() ? "" : ", ", row);
    for (const StoredColumn& column : table.columns) {
      rows += ", " + literal_of(column.cells[row], type_name(column.stored));
    }
    rows += ')';
  }
  if (!rows.empty()) {
    statements.push_back(fmt::format("INSERT INTO {} VALUES {}", quoted(table.name), rows));
  }
  return statements;
}

void run_all(duckdb_connection connection, const std::vector<std::string>& statements) {
  for (const std::string& statement : statements) {
    const std::string problem = source::run_plain(connection, statement);
    if (!problem.empty()) throw std::runtime_error(problem + "\n" + statement.substr(0, 2'000));
  }
}

/// A file of DuckDB, open to write.
struct PlainDatabase {
  explicit PlainDatabase(const std::string& file) {
    if (duckdb_open(file.c_str(), database.address()) != DuckDBSuccess ||
        duckdb_connect(database.get(), connection.address()) != DuckDBSuccess) {
      throw std::runtime_error("DuckDB does not open its file");
    }
    run_all(connection.get(), {"SET TimeZone = 'UTC'", "SET threads = 1"});
  }
  source::DatabaseHandle database;
  source::ConnectionHandle connection;
};

void make_file(const std::string& file, const World& world) {
  const PlainDatabase database(file);
  for (const StoredTable& table : world.tables) {
    run_all(database.connection.get(), statements_for(table));
  }
}

/// The folder, the product's opening of it, and one of our own of a copy.
struct Opened {
  explicit Opened(const World& world) {
    std::filesystem::create_directory(folder.path("databases"));
    const std::string file = query::database_path(folder.path("."), "world.duckdb");
    make_file(file, world);
    std::filesystem::copy_file(file, folder.path("plain.duckdb"));
    plain.emplace(folder.path("plain.duckdb"));
  }

  source::TestFolder folder;
  query::Sources sources{{folder.path("."), 256 << 20, 1, base::Secret("")}};
  std::optional<PlainDatabase> plain;
};

class DuckDbEngine final : public Engine {
 public:
  [[nodiscard]] std::vector<Stored> columns() const override {
    using enum Stored;
    return {kText,
            kText,
            kEnum,
            kUuid,
            kTime,
            kInterval,
            kSmall,
            kWhole,
            kHuge,
            kDouble,
            kDouble,
            kFloat,
            kDecimal,
            kFlag,
            kDay,
            kMoment,
            kMomentOfSeconds,
            kMomentOfNanoseconds,
            kMomentWithZone};
  }
  void load(const World& world) override {
    opened_.reset();
    opened_ = std::make_unique<Opened>(world);
  }
  [[nodiscard]] model::Database database() const override {
    return {base::DatabaseId("dbs_oracle"), "World", model::DatabaseKind::kDuckDb, "world.duckdb"};
  }
  [[nodiscard]] query::Sources& sources() override { return opened_->sources; }

  [[nodiscard]] base::Result<source::ResultSet> run_plain(const std::string& statement) override {
    source::ResultHandle result;
    if (duckdb_query(opened_->plain->connection.get(), statement.c_str(), result.address()) !=
        DuckDBSuccess) {
      return base::Error{base::Code::kSourceUnavailable, "", duckdb_result_error(result.address())};
    }
    ASSIGN_OR_RETURN(source::ResultDecoder decoder,
                     source::ResultDecoder::for_columns_of(*result.address()));
    while (true) {
      const source::ChunkHandle chunk(duckdb_fetch_chunk(result.get()));
      if (chunk.get() == nullptr) return std::move(decoder).take();
      RETURN_IF_ERROR(decoder.append(chunk.get(), 1'000'000));
    }
  }

 private:
  std::unique_ptr<Opened> opened_;
};

}  // namespace

std::unique_ptr<Engine> make_duckdb_engine() { return std::make_unique<DuckDbEngine>(); }

}  // namespace oracle
