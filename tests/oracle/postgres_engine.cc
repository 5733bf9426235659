#include <stdexcept>

#include <fmt/format.h>

#include "base/base64url.h"
#include "crypto/aes_gcm.h"
#include "engine.h"
#include "plain_query.h"
#include "source/duckdb_test_support.h"
#include "source/postgres_result.h"
#include "source/postgres_test_support.h"

namespace oracle {
namespace {

using source::TestPostgres;

/// Text is sorted by its language, and some of it does not tell upper and lower case apart, unless
/// the product says otherwise.
constexpr const char* kMakeDatabase =
    "CREATE DATABASE world TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'";
constexpr const char* kMakeKinds = R"(
SET TimeZone = 'UTC';
CREATE SCHEMA kinds;
CREATE COLLATION kinds.folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE DOMAIN kinds.folded AS varchar COLLATE kinds.folding;
CREATE TYPE kinds.place AS ENUM ('paris', 'Paris', '', 'O''Hare "x"; --');
CREATE ROLE viewer;
)";
constexpr const char* kMakeSchemas = R"(
DROP SCHEMA IF EXISTS public, policed CASCADE;
CREATE SCHEMA public;
GRANT USAGE ON SCHEMA public TO reader;
CREATE SCHEMA policed;
GRANT USAGE ON SCHEMA policed TO viewer;
)";
constexpr const char* kGrant = R"(
GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
GRANT SELECT ON ALL TABLES IN SCHEMA policed TO viewer;
)";

std::string type_name(Stored stored) {
  switch (stored) {
    case Stored::kText: return "text";
    case Stored::kFoldedText: return "kinds.folded";
    case Stored::kPaddedText: return "char(40)";
    case Stored::kEnum: return "kinds.place";
    case Stored::kUuid: return "uuid";
    case Stored::kTime: return "time";
    case Stored::kInterval: return "interval";
    case Stored::kJson: return "json";
    case Stored::kArray: return "text[]";
    case Stored::kAddress: return "inet";
    case Stored::kSmall: return "smallint";
    case Stored::kWhole: return "bigint";
    case Stored::kDouble: return "double precision";
    case Stored::kFloat: return "real";
    case Stored::kDecimal: return "numeric(18, 3)";
    case Stored::kWholeDecimal: return "numeric(38, 0)";
    case Stored::kFreeDecimal: return "numeric";
    case Stored::kFlag: return "boolean";
    case Stored::kDay: return "date";
    case Stored::kMoment: return "timestamp";
    case Stored::kMomentOfSeconds: return "timestamp(0)";
    case Stored::kMomentWithZone: return "timestamptz";
    default: return "";
  }
}

base::Secret master_key() { return base::Secret(std::string(32, 'k')); }

/// The server's owner, to whom no policy applies.
source::PgConnectionHandle connect_as_owner(const TestPostgres& server) {
  const std::string folder = server.path("");
  const std::string port = std::to_string(server.port());
  const std::vector<const char*> names{"host", "port", "user", "dbname", nullptr};
  const std::vector<const char*> values{folder.c_str(), port.c_str(), "postgres", "world", nullptr};
  source::PgConnectionHandle connection(PQconnectdbParams(names.data(), values.data(), 0));
  PQsetNoticeReceiver(connection.get(), [](void*, const PGresult*) {}, nullptr);
  return connection;
}

class PostgresEngine final : public Engine {
 public:
  explicit PostgresEngine(std::unique_ptr<TestPostgres> server) : server_(std::move(server)) {
    server_->run(kMakeDatabase);
    owner_ = connect_as_owner(*server_);
    run_own(kMakeKinds);
    database_.postgres = {
        "127.0.0.1",
        server_->port(),
        "world",
        "",
        TestPostgres::kUser,
        base::render_base64url(crypto::seal_aes_gcm(base::Secret(TestPostgres::kPassword),
                                                    master_key(), database_.id.text())),
        model::TlsMode::kDisable};
  }

  [[nodiscard]] Abilities abilities() const override {
    using enum Stored;
    return {
        {kText,   kText,    kFoldedText,      kPaddedText,    kEnum,  kUuid,  kTime,   kInterval,
         kJson,   kArray,   kAddress,         kSmall,         kWhole, kWhole, kDouble, kDouble,
         kFloat,  kDecimal, kWholeDecimal,    kFreeDecimal,   kFlag,  kFlag,  kDay,    kDay,
         kMoment, kMoment,  kMomentOfSeconds, kMomentWithZone},
        false};
  }

  void load(const World& world) override {
    std::string statements = kMakeSchemas;
    for (const StoredTable& table : world.tables) {
      const std::string name = quoted(table.name);
      statements += statements_for(table, "CREATE UNLOGGED TABLE", type_name);
      statements += fmt::format(
          "CREATE UNLOGGED TABLE policed.{0} AS TABLE {0};"
          "ALTER TABLE policed.{0} ENABLE ROW LEVEL SECURITY;",
          name);
    }
    run_own(statements + kGrant);
  }

  [[nodiscard]] model::Database database() const override { return database_; }
  [[nodiscard]] query::Sources& sources() override { return sources_; }

  [[nodiscard]] base::Result<source::ResultSet> run_plain(const std::string& statement) override {
    const source::PgResultHandle result(PQexec(owner_.get(), statement.c_str()));
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
      return base::Error{base::Code::kSourceUnavailable, "", PQerrorMessage(owner_.get())};
    }
    ASSIGN_OR_RETURN(source::PostgresDecoder decoder,
                     source::PostgresDecoder::for_columns_of(result.get()));
    RETURN_IF_ERROR(decoder.append(result.get(), 1'000'000));
    return std::move(decoder).take();
  }

  [[nodiscard]] bool has_policies() const override { return true; }
  [[nodiscard]] base::Result<source::ResultSet> run_policed(const std::string& table,
                                                            const Policies& policies) override {
    std::string statements = "BEGIN;";
    for (std::size_t i = 0; i < policies.size(); ++i) {
      statements +=
          fmt::format("CREATE POLICY p{} ON policed.{} {};", i, quoted(table), policies[i]);
    }
    statements += fmt::format("SET LOCAL ROLE viewer; SELECT rid FROM policed.{}", quoted(table));
    auto rows = run_plain(statements);
    run_own("ROLLBACK");
    return rows;
  }

 private:
  void run_own(const std::string& statements) {
    const source::PgResultHandle result(PQexec(owner_.get(), statements.c_str()));
    if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) return;
    throw std::runtime_error(PQerrorMessage(owner_.get()) + statements.substr(0, 2'000));
  }

  std::unique_ptr<TestPostgres> server_;
  source::PgConnectionHandle owner_;
  source::TestFolder folder_;
  model::Database database_{base::DatabaseId("dbs_oracle"), "World",
                            model::DatabaseKind::kPostgres};
  query::Sources sources_{{folder_.path("."), 256 << 20, 1, master_key()}};
};

}  // namespace

std::unique_ptr<Engine> make_postgres_engine() {
  auto server = TestPostgres::start();
  return server == nullptr ? nullptr : std::make_unique<PostgresEngine>(std::move(server));
}

}  // namespace oracle
