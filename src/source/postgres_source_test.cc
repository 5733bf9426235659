// What is PostgreSQL's alone: its types, collations and rights, and a server that fails. The rest
// is in source_conformance_test.cc.

#include <chrono>
#include <memory>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/fair_share.h"
#include "source/postgres_test_support.h"
#include "source/sealed_test_support.h"

namespace source {
namespace {

using base::Code;
using model::Cell;
using model::DatabaseKind;
using model::TlsMode;
using model::ValueType;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kTables = R"(
CREATE TABLE numbers AS SELECT n FROM generate_series(0::bigint, 99999) AS n;
CREATE VIEW slow AS SELECT n FROM numbers, pg_sleep(3600);
CREATE VIEW ten_million AS SELECT n FROM generate_series(1, 10000000) AS n;
CREATE VIEW enormous AS SELECT repeat('x', 200000000) AS s;
CREATE COLLATION ignoring_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN percentage AS numeric(5, 2) CHECK (VALUE >= 0);
CREATE DOMAIN share AS percentage;
CREATE TABLE kinds (
  n integer, folded text COLLATE ignoring_case, padded char(5), mood mood, share share,
  document json, tree jsonb, list text[], numbers integer[], address inet, span interval,
  range int4range, bytes bytea, place point, "Quoted ""Name" text, precise numeric, letter "char");
INSERT INTO kinds VALUES
  (1, 'Paris', 'ab', 'sad', 12.50, '{"a":  1}', '{"a":  1}', '{a,"b c",NULL}', '{1,2}',
   '10.0.0.1', '1 day 02:00:00', '[1,5)', '\x00ff', '(1,2)', 'q', 12345678901234567890.123, 'x'),
  (2, 'paris', '', 'ok', NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL, NULL, NULL, '', 'NaN', NULL);
CREATE TABLE secrets (canary text);
CREATE TABLE half (seen integer, unseen integer);
CREATE TABLE parted (n integer) PARTITION BY RANGE (n);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10);
CREATE SCHEMA shop; CREATE TABLE shop.orders (n integer); INSERT INTO shop.orders VALUES (7);
CREATE SCHEMA closed; CREATE TABLE closed.orders (n integer);
CREATE TABLE "dotted.name" (n integer); INSERT INTO "dotted.name" VALUES (8);
CREATE TABLE written (n integer);
CREATE FUNCTION write_something() RETURNS integer LANGUAGE plpgsql AS
  $$ BEGIN INSERT INTO written VALUES (1); RETURN 1; END $$;
CREATE VIEW writes AS SELECT write_something() AS n;
CREATE VIEW settings AS SELECT set_config('aracari.canary', 'set', false) AS was,
  set_config('TimeZone', 'Asia/Tokyo', false) AS zone;
CREATE VIEW setting AS SELECT current_setting('aracari.canary', true) AS now,
  current_setting('TimeZone') AS zone;
GRANT SELECT ON ALL TABLES IN SCHEMA public, shop, closed TO reader;
GRANT USAGE ON SCHEMA shop TO reader;
REVOKE SELECT ON secrets, half FROM reader;
GRANT SELECT (seen) ON half TO reader;
CREATE DATABASE tenant_a; CREATE DATABASE tenant_b;
)";

class PostgresSourceTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    server_ = TestPostgres::start().release();
    if (server_ == nullptr) return;
    server_->run(kTables.substr(0, kTables.find("CREATE DATABASE")));
    for (const std::string tenant : {"tenant_a", "tenant_b"}) {
      server_->run("CREATE DATABASE " + tenant);
      server_->run(
          "CREATE TABLE rows AS SELECT '" + tenant + "' AS tenant; GRANT SELECT ON rows TO reader",
          tenant);
    }
  }
  static void TearDownTestSuite() { delete server_; }
  void SetUp() override { SKIP_WITHOUT_POSTGRES(server_); }

  static TestTable table(const std::string& name, const std::string& column, ValueType type) {
    return {name, {{column, type}}, DatabaseKind::kPostgres};
  }
  static TestTable numbers(const std::string& name) {
    return table(name, "n", ValueType::kInteger);
  }

  std::unique_ptr<Source> open(const PostgresOptions& options,
                               const std::string& database = "postgres") {
    servers_.push_back(make_postgres_server(options, share_).value());
    return servers_.back()->open(database);
  }
  std::unique_ptr<Source> open() { return open(server_->options()); }

  static std::vector<Cell> cells(Source& source, const guard::SealedQuery& query) {
    const auto result = source.run(query, kGenerous, Cancellation());
    EXPECT_TRUE(result.ok()) << result.error().what << " " << result.error().detail;
    return result ? result->columns.at(0).cells : std::vector<Cell>{};
  }
  static std::vector<Cell> column(Source& source, const std::string& name, ValueType type) {
    return cells(source, seal_all(table("kinds", name, type)));
  }
  /// Why a connection does not come about.
  std::string reason(const PostgresOptions& options, const std::string& database = "postgres") {
    const auto refused = open(options, database)->read_schema();
    EXPECT_FALSE(refused.ok());
    if (refused.ok()) return "";
    EXPECT_EQ(refused.error().code, Code::kSourceUnavailable);
    EXPECT_THAT(refused.error().what + refused.error().detail,
                Not(HasSubstr(TestPostgres::kPassword)));
    return refused.error().what;
  }
  static Code code_of(const base::Result<ResultSet>& result) {
    EXPECT_FALSE(result.ok());
    return result.ok() ? Code::kInternal : result.error().code;
  }
  /// Waits until the server counts so many sessions of the reader of which `condition` holds.
  static void expect_sessions(const std::string& count, const std::string& condition) {
    const std::string statement =
        "SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader' AND " + condition;
    for (int i = 0; i < 200 && server_->run(statement) != count; ++i) {
      std::this_thread::sleep_for(milliseconds(50));
    }
    EXPECT_EQ(server_->run(statement), count);
  }

  static TestPostgres* server_;
  FairShare share_{64, 64};
  std::vector<std::unique_ptr<PostgresServer>> servers_;
};

TestPostgres* PostgresSourceTest::server_ = nullptr;

TEST_F(PostgresSourceTest, ShowsTypesOfItsOwnAsText) {
  const auto source = open();
  EXPECT_THAT(column(*source, "padded", ValueType::kString),
              ::testing::ElementsAre(Cell("ab"), Cell("")));
  EXPECT_THAT(column(*source, "mood", ValueType::kString),
              ::testing::ElementsAre(Cell("sad"), Cell("ok")));
  EXPECT_THAT(column(*source, "share", ValueType::kNumeric),
              ::testing::ElementsAre(Cell(12.5), Cell()));
  EXPECT_THAT(column(*source, "precise", ValueType::kNumeric),
              ::testing::ElementsAre(Cell(12345678901234567890.123), Cell()));
  const std::vector<std::pair<std::string, std::string>> texts = {
      {"document", R"({"a":  1})"}, {"tree", R"({"a": 1})"},    {"list", R"({a,"b c",NULL})"},
      {"numbers", "{1,2}"},         {"address", "10.0.0.1/32"}, {"span", "1 day 02:00:00"},
      {"range", "[1,5)"},           {"Quoted \"Name", "q"},     {"letter", "x"}};
  for (const auto& [name, text] : texts) {
    EXPECT_EQ(column(*source, name, ValueType::kString).at(0), Cell(text)) << name;
  }
}

TEST_F(PostgresSourceTest, TextIsComparedByteForByteWhateverItsCollation) {
  const auto source = open();
  const auto count = [&](const std::string& name, sql::Function function,
                         std::vector<std::string> values) {
    sql::Select plan{{{sql::call(sql::Function::kCount, {}), "rows"}},
                     sql::TableReference{base::TableId("tbl_test")}};
    std::vector<sql::Expression> arguments{sql::column(name)};
    for (std::string& value : values) arguments.push_back(sql::bound(std::move(value)));
    plan.where = sql::call(function, std::move(arguments));
    return cells(*source, seal_shared(table("kinds", name, ValueType::kString), plan)).at(0);
  };
  using sql::Function;
  EXPECT_EQ(count("folded", Function::kEqual, {"PARIS"}), Cell(0L));
  EXPECT_EQ(count("folded", Function::kEqual, {"paris"}), Cell(1L));
  EXPECT_EQ(count("folded", Function::kIn, {"paris", "PARIS"}), Cell(1L));
  EXPECT_EQ(count("folded", Function::kDifferent, {"paris"}), Cell(1L));
  EXPECT_EQ(count("folded", Function::kNotIn, {"PARIS"}), Cell(2L));
  EXPECT_EQ(count("folded", Function::kContains, {"ari"}), Cell(2L));
  EXPECT_EQ(count("folded", Function::kContains, {"P"}), Cell(1L));
  EXPECT_EQ(count("folded", Function::kStartsWith, {"p"}), Cell(1L));
  EXPECT_EQ(count("mood", Function::kEqual, {"sad"}), Cell(1L));
  EXPECT_EQ(count("mood", Function::kEqual, {"no mood at all"}), Cell(0L));
  sql::Select grouped{{{sql::column("folded"), "x"}},
                      sql::TableReference{base::TableId("tbl_test")}};
  grouped.group_by = {0};
  grouped.order_by = {{0, false}};
  EXPECT_THAT(cells(*source, seal_shared(table("kinds", "folded", ValueType::kString), grouped)),
              ::testing::ElementsAre(Cell("Paris"), Cell("paris")));
}

TEST_F(PostgresSourceTest, SchemaHoldsWhatItsUserMayRead) {
  const auto schema = open()->read_schema();
  ASSERT_TRUE(schema.ok()) << schema.error().detail;
  std::map<std::string, std::vector<std::string>> columns;
  for (const SchemaTable& each : *schema) {
    for (const SchemaColumn& column : each.columns) {
      columns[each.name].push_back(column.name + " " + std::string(model::type_name(column.type)));
    }
  }
  EXPECT_THAT(columns["half"], ::testing::ElementsAre("seen integer"));
  EXPECT_THAT(columns["shop.orders"], ::testing::ElementsAre("n integer"));
  EXPECT_THAT(columns["public.dotted.name"], ::testing::ElementsAre("n integer"));
  EXPECT_THAT(columns["parted"], ::testing::ElementsAre("n integer"));
  EXPECT_THAT(
      columns["kinds"],
      ::testing::AllOf(::testing::Contains("share numeric"), ::testing::Contains("list string"),
                       ::testing::Contains("mood string"), ::testing::Contains("span string")));
  for (const std::string absent : {"secrets", "closed.orders", "parted_1", "pg_catalog.pg_class"}) {
    EXPECT_FALSE(columns.contains(absent)) << absent;
  }
  for (const std::string absent : {"bytes string", "place string"}) {
    EXPECT_THAT(columns["kinds"], Not(::testing::Contains(absent)));
  }
}

TEST_F(PostgresSourceTest, ReadsTablesByTheNamesOfItsSchema) {
  const auto source = open();
  EXPECT_THAT(cells(*source, seal_all(numbers("shop.orders"))), ::testing::ElementsAre(Cell(7L)));
  EXPECT_THAT(cells(*source, seal_all(numbers("public.dotted.name"))),
              ::testing::ElementsAre(Cell(8L)));
}

TEST_F(PostgresSourceTest, RefusesWhatItsUserMayNotRead) {
  const auto source = open();
  for (const std::string name : {"secrets", "closed.orders"}) {
    const auto refused =
        source->run(seal_all(table(name, "canary", ValueType::kString)), kGenerous, Cancellation());
    EXPECT_EQ(code_of(refused), Code::kSourceUnavailable);
    EXPECT_EQ(refused.error().what, "The database could not answer.");
  }
}

TEST_F(PostgresSourceTest, WritesNothing) {
  const auto source = open();
  EXPECT_EQ(code_of(source->run(seal_all(numbers("writes")), kGenerous, Cancellation())),
            Code::kSourceUnavailable);
  EXPECT_EQ(server_->run("SELECT count(*) FROM written"), "0");
}

TEST_F(PostgresSourceTest, LeavesNoSettingToTheNextQuery) {
  PostgresOptions options = server_->options();
  options.connections_max = 1;  // The same connection each time.
  const auto source = open(options);
  EXPECT_EQ(cells(*source, seal_all(table("settings", "was", ValueType::kString))).at(0),
            Cell("set"));
  EXPECT_EQ(cells(*source, seal_all(table("settings", "zone", ValueType::kString))).at(0),
            Cell("Asia/Tokyo"));
  EXPECT_THAT(cells(*source, seal_all(table("setting", "now", ValueType::kString))).at(0),
              ::testing::AnyOf(Cell(), Cell("")));
  EXPECT_EQ(cells(*source, seal_all(table("setting", "zone", ValueType::kString))).at(0),
            Cell("UTC"));
}

TEST_F(PostgresSourceTest, SettingsOfTheUserChangeNoAnswer) {
  server_->run(
      "ALTER ROLE reader SET extra_float_digits = -15; ALTER ROLE reader SET DateStyle = 'SQL, "
      "DMY';"
      "ALTER ROLE reader SET TimeZone = 'Asia/Tokyo'; ALTER ROLE reader SET search_path = shop;"
      "CREATE TABLE IF NOT EXISTS styled AS SELECT 0.1::float8 AS d, DATE '2001-02-03' AS day,"
      " TIMESTAMPTZ '2001-02-03 04:05:06+00' AS at; GRANT SELECT ON styled TO reader");
  const auto source = open();
  EXPECT_EQ(cells(*source, seal_all(table("styled", "d", ValueType::kNumeric))).at(0), Cell(0.1));
  EXPECT_EQ(cells(*source, seal_all(table("styled", "day", ValueType::kDate))).at(0),
            Cell(model::Date(std::chrono::year(2001) / 2 / 3)));
  EXPECT_EQ(cells(*source, seal_all(table("styled", "at", ValueType::kDatetime))).at(0),
            Cell(model::Datetime(seconds(981173106))));
  server_->run("ALTER ROLE reader RESET ALL");
}

TEST_F(PostgresSourceTest, NothingGoesOnRunningForThoseWhoLeft) {
  const auto source = open();
  const Cancellation cancellation;
  std::thread other([&] {
    expect_sessions("1", "state = 'active'");
    cancellation.cancel();
  });
  EXPECT_EQ(code_of(source->run(seal_all(numbers("slow")), kGenerous, cancellation)),
            Code::kCancelled);
  other.join();
  expect_sessions("0", "state = 'active'");
  EXPECT_EQ(
      code_of(source->run(seal_all(numbers("slow")), {10, milliseconds(500)}, Cancellation())),
      Code::kQueryTimeout);
  expect_sessions("0", "state = 'active'");
}

TEST_F(PostgresSourceTest, TellsThePlanOfAQueryThatItDoesNotRun) {
  const auto source = open();
  const auto query = seal_all(numbers("slow"));
  const auto plan = source->explain_plan(query, {1000, seconds(20)}, Cancellation());
  ASSERT_TRUE(plan.ok()) << plan.error().detail;
  EXPECT_THAT(*plan, ::testing::AllOf(HasSubstr("Seq Scan on numbers"), HasSubstr("\n")));
  EXPECT_TRUE(source->measure_scans(query, kGenerous, Cancellation()).value().empty());
  expect_sessions("0", "state = 'active'");
}

TEST_F(PostgresSourceTest, TenMillionRowsAreGivenUpAtTheBound) {
  const auto source = open();
  const auto begin = steady_clock::now();
  EXPECT_EQ(
      code_of(source->run(seal_all(numbers("ten_million")), {10'000, seconds(30)}, Cancellation())),
      Code::kQueryTooLarge);
  EXPECT_LT(steady_clock::now() - begin, seconds(20));
}

TEST_F(PostgresSourceTest, OneValueOfAnEnormousSizeIsGivenUp) {
  const auto source = open();
  EXPECT_EQ(code_of(source->run(seal_all(table("enormous", "s", ValueType::kString)),
                                {10, seconds(60)}, Cancellation())),
            Code::kQueryTooLarge);
}

TEST_F(PostgresSourceTest, SurvivesAServerThatDiesInTheMiddleAndComesBack) {
  const auto source = open();
  EXPECT_EQ(cells(*source, seal_all(numbers("shop.orders"))).size(), 1U);
  std::thread other([&] {
    expect_sessions("1", "state = 'active'");
    server_->kill();
  });
  const auto broken = source->run(seal_all(numbers("slow")), kGenerous, Cancellation());
  other.join();
  EXPECT_EQ(code_of(broken), Code::kSourceUnavailable);
  EXPECT_EQ(broken.error().what, "The database could not answer.");
  EXPECT_EQ(code_of(source->run(seal_all(numbers("shop.orders")), kGenerous, Cancellation())),
            Code::kSourceUnavailable);
  EXPECT_EQ(reason(server_->options()), "Nothing answers at this host and port.");
  server_->start_again();
  EXPECT_EQ(cells(*source, seal_all(numbers("shop.orders"))).size(), 1U);
}

TEST_F(PostgresSourceTest, ARestartBetweenTwoQueriesIsNotNoticed) {
  const auto source = open();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(cells(*source, seal_all(numbers("shop.orders"))).size(), 1U);
    server_->kill();
    server_->start_again();
  }
  server_->run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'");
  EXPECT_EQ(cells(*source, seal_all(numbers("shop.orders"))).size(), 1U);
}

TEST_F(PostgresSourceTest, AServerThatIsSilentIsGivenUpInTime) {
  const auto source = open();
  EXPECT_EQ(cells(*source, seal_all(numbers("shop.orders"))).size(), 1U);
  ::kill(server_->process(), SIGSTOP);  // New connections are accepted by the kernel alone.
  PostgresOptions options = server_->options();
  const auto begin = steady_clock::now();
  EXPECT_EQ(code_of(open(options)->run(seal_all(numbers("shop.orders")), {10, milliseconds(300)},
                                       Cancellation())),
            Code::kQueryTimeout);
  EXPECT_LT(steady_clock::now() - begin, seconds(5));
  ::kill(server_->process(), SIGCONT);
}

TEST_F(PostgresSourceTest, ReachesTheServersConnectionLimitWithAPlainReason) {
  expect_sessions("0", "true");
  server_->run("ALTER ROLE reader CONNECTION LIMIT 1");
  const auto holder = open();
  EXPECT_EQ(cells(*holder, seal_all(numbers("shop.orders"))).size(), 1U);
  EXPECT_EQ(reason(server_->options()), "The server has too many connections already.");
  const auto refused = open()->run(seal_all(numbers("shop.orders")), kGenerous, Cancellation());
  EXPECT_EQ(code_of(refused), Code::kSourceUnavailable);
  EXPECT_EQ(refused.error().what, "The database could not answer.");
  server_->run("ALTER ROLE reader CONNECTION LIMIT -1");
}

TEST_F(PostgresSourceTest, SaysInPlainWordsWhyItDoesNotConnect) {
  PostgresOptions options = server_->options();
  options.password = base::Secret("wrong");
  EXPECT_EQ(reason(options), "The server refuses the user or the password.");
  options.password = base::Secret("");
  EXPECT_EQ(reason(options), "The server asks for a password.");
  options = server_->options();
  options.user = "nobody_here";
  EXPECT_EQ(reason(options), "The server refuses the user or the password.");
  options = server_->options();
  options.port = free_port();
  EXPECT_EQ(reason(options), "Nothing answers at this host and port.");
  options.host = "no-such-host.invalid";
  EXPECT_EQ(reason(options), "The host was not found.");
  EXPECT_EQ(reason(server_->options(), "no_such_database"),
            "There is no such database on the server.");
}

TEST_F(PostgresSourceTest, ANameIsNeverAConnectionString) {
  for (const std::string& name :
       {std::string("host=/tmp dbname=postgres"), std::string("postgresql://127.0.0.1/postgres"),
        std::string(""), std::string("postgres\0x", 10), std::string("tenant_a sslmode=disable")}) {
    EXPECT_EQ(reason(server_->options(), name), "There is no such database on the server.");
  }
  PostgresOptions options = server_->options();
  for (const std::string& host : {std::string(""), server_->path(""), std::string("@socket"),
                                  std::string("127.0.0.1,127.0.0.1"), std::string("a\0b", 3)}) {
    options.host = host;
    EXPECT_EQ(reason(options), "The host was not found.") << host;
  }
}

TEST_F(PostgresSourceTest, DatabasesOfOneServerShareItsConnections) {
  PostgresOptions options = server_->options();
  options.connections_max = 1;
  const auto shared = make_postgres_server(options, share_).value();
  const auto a = shared->open("tenant_a");
  const auto b = shared->open("tenant_b");
  EXPECT_NE(a->version(), b->version());
  const auto query = seal_all(table("rows", "tenant", ValueType::kString));
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(cells(*a, query), ::testing::ElementsAre(Cell("tenant_a")));
    EXPECT_THAT(cells(*b, query), ::testing::ElementsAre(Cell("tenant_b")));
  }
  expect_sessions("1", "true");
}

TEST_F(PostgresSourceTest, OneOrganizationLeavesTurnsToOthers) {
  FairShare share(2, 1);
  const auto own = make_postgres_server(server_->options(), share).value();
  const auto source = own->open("postgres");
  const Cancellation end;
  TestTable slow = numbers("slow");
  slow.organization = "org_greedy";
  std::thread greedy([&] { (void)source->run(seal_all(slow), kGenerous, end); });
  expect_sessions("1", "state = 'active'");
  TestTable quick = numbers("shop.orders");
  quick.organization = "org_greedy";
  EXPECT_EQ(code_of(source->run(seal_all(quick), {10, milliseconds(100)}, Cancellation())),
            Code::kQueryTimeout);
  EXPECT_EQ(cells(*source, seal_all(numbers("shop.orders"))).size(), 1U);
  end.cancel();
  greedy.join();
}

/// A certificate authority, and a certificate for `name` by it, as ca.pem, server.crt, server.key.
void make_certificates(const std::string& folder, const std::string& name) {
  const std::string quiet = " >/dev/null 2>&1";
  const std::string request = "openssl req -newkey rsa:2048 -nodes ";
  ASSERT_EQ(std::system((request + "-x509 -days 2 -subj /CN=ca -keyout " + folder +
                         "/ca.key -out " + folder + "/ca.pem" + quiet)
                            .c_str()),
            0);
  ASSERT_EQ(std::system((request + "-subj /CN=" + name + " -keyout " + folder +
                         "/server.key -out " + folder + "/server.csr" + quiet)
                            .c_str()),
            0);
  ASSERT_EQ(std::system(("openssl x509 -req -days 2 -CAcreateserial -in " + folder +
                         "/server.csr -CA " + folder + "/ca.pem -CAkey " + folder +
                         "/ca.key -out " + folder + "/server.crt" + quiet)
                            .c_str()),
            0);
}

std::string read_text(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(PostgresSourceTest, TlsIsAsItsModeSays) {
  PostgresOptions options = server_->options();
  options.tls = TlsMode::kRequire;
  EXPECT_EQ(reason(options), "The server does not offer TLS.");
  make_certificates(server_->path("data"), "localhost");
  const std::string data = server_->path("data");
  ASSERT_EQ(std::system(("chown --reference=" + data + " " + data + "/server.* && chmod 600 " +
                         data + "/server.key")
                            .c_str()),
            0);
  server_->configure("postgresql.conf", "ssl = on\n");
  server_->write("pg_hba.conf",
                 "local all postgres trust\nhostssl all all 127.0.0.1/32 "
                 "scram-sha-256\nhostssl all all ::1/128 scram-sha-256\n");
  server_->kill();
  server_->start_again();
  const std::string ca = read_text(data + "/ca.pem");
  options.ca_certificate = "";
  EXPECT_TRUE(open(options)->read_schema().ok());
  options.tls = TlsMode::kDisable;
  EXPECT_EQ(reason(options), "The server refuses this user, or requires TLS.");
  options.tls = TlsMode::kVerifyCa;
  EXPECT_EQ(reason(options), "The server's certificate is not trusted.");
  options.ca_certificate = ca;
  EXPECT_TRUE(open(options)->read_schema().ok());
  options.tls = TlsMode::kVerifyFull;
  EXPECT_EQ(reason(options), "The server's certificate is for another name.");
  options.host = "localhost";
  EXPECT_TRUE(open(options)->read_schema().ok());
  options.ca_certificate = "no certificate";
  EXPECT_EQ(reason(options), "The CA certificate can not be read.");
  server_->write("pg_hba.conf",
                 "local all postgres trust\nhost all all 127.0.0.1/32 "
                 "scram-sha-256\n");
  server_->run("SELECT pg_reload_conf()");
}

}  // namespace
}  // namespace source
