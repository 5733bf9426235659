#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "source/fair_share.h"
#include "source/postgres_pool.h"
#include "source/postgres_schema.h"
#include "source/source.h"
#include "source/spill_folder.h"

namespace source {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;
using std::chrono::steady_clock;

/// How long the reading of a schema may take.
constexpr std::chrono::seconds kSchemaPatience{30};
/// Rolling back what is read-only takes no time; a server that does not answer is given up.
constexpr std::chrono::seconds kRollBackPatience{5};

/// What the sources of one server's databases share.
struct Shared {
  SpillFolder folder;  ///< Of the CA certificate.
  FairShare& share;    ///< Between the organizations of this process.
  PostgresPool pool;
  std::uint64_t opening;  ///< Differs for each that this process made.
  std::atomic<int> version = 0;
};

/// A transaction on a lent connection, begun once `wait_for_turn` returns. A connection that turns
/// out to have been closed by the server before anything ran on it, as after a restart, is replaced
/// once.
template <typename WaitForTurn>
Result<PostgresPool::Lease> begin_on(PostgresPool& pool, const std::string& database,
                                     const Patience& patience, WaitForTurn wait_for_turn) {
  for (bool again = true;; again = false) {
    ASSIGN_OR_RETURN(PostgresPool::Lease lease, pool.acquire(database, patience));
    if (again) RETURN_IF_ERROR(wait_for_turn());
    auto begun = lease.connection().begin(patience);
    if (begun) return lease;
    if (!again || !lease.is_reused() || !lease.connection().is_broken()) {
      return std::move(begun).error();
    }
    pool.forget_idle();
  }
}

/// For what people ask for themselves, once in a while.
Result<Done> no_turn() { return Done{}; }

/// What `work` gives within a transaction.
template <typename Work>
auto in_transaction(PostgresPool::Lease& lease, Work work) {
  auto outcome = work(lease.connection());
  if (!outcome) {
    lease.connection().cancel();
    return outcome;
  }
  const Cancellation never;
  const Patience patience(steady_clock::now() + kRollBackPatience, never);
  if (lease.connection().roll_back(patience)) lease.keep();
  return outcome;
}

/// Why a server can not be connected to is for those who set it up, not for those who read charts.
Error for_readers(Error error) {
  if (error.code != Code::kSourceUnavailable) return error;
  return {error.code, "The database could not answer.", error.what + " " + error.detail};
}

class PostgresSource final : public Source {
 public:
  PostgresSource(std::shared_ptr<Shared> shared, std::string database)
      : shared_(std::move(shared)),
        database_(std::move(database)),
        version_(fmt::format("{}/{}", shared_->opening, database_)) {}

  [[nodiscard]] const std::string& version() const override { return version_; }

  Result<ResultSet> run(const guard::SealedQuery& query, const Limits& limits,
                        const Cancellation& cancellation) override;
  Result<Done> stream(const guard::SealedQuery& query, const Limits& limits,
                      const Cancellation& cancellation, const BatchSink& take) override;
  /// PostgreSQL does not store rows in groups.
  Result<std::vector<TableScan>> measure_scans(const guard::SealedQuery& /*query*/,
                                               const Limits& /*limits*/,
                                               const Cancellation& /*cancellation*/) override {
    return std::vector<TableScan>{};
  }
  Result<std::string> explain_plan(const guard::SealedQuery& query, const Limits& limits,
                                   const Cancellation& cancellation) override;
  Result<std::vector<SchemaTable>> read_schema() override;
  Result<std::vector<SchemaColumn>> describe_statement(
      const std::string& statement, const std::vector<std::string>& tables) override;

  [[nodiscard]] std::string engine() const override {
    constexpr int kMajor = 10'000;
    const int version = shared_->version;
    if (version == 0) return "PostgreSQL";
    return fmt::format("PostgreSQL {}.{}", version / kMajor, version % kMajor);
  }

 private:
  /// `statement`, which is of `query`, when it is the turn of the query's organization; without the
  /// rows that `take`, where there is one, gets.
  Result<ResultSet> fetch(const guard::SealedQuery& query, const sql::Statement& statement,
                          const Limits& limits, const Cancellation& cancellation,
                          const BatchSink& take = nullptr);

  std::shared_ptr<Shared> shared_;
  std::string database_;
  std::string version_;
};

Result<ResultSet> PostgresSource::run(const guard::SealedQuery& query, const Limits& limits,
                                      const Cancellation& cancellation) {
  return fetch(query, query.statement(), limits, cancellation);
}

Result<Done> PostgresSource::stream(const guard::SealedQuery& query, const Limits& limits,
                                    const Cancellation& cancellation, const BatchSink& take) {
  RETURN_IF_ERROR(fetch(query, query.statement(), limits, cancellation, take));
  return Done{};
}

Result<std::string> PostgresSource::explain_plan(const guard::SealedQuery& query,
                                                 const Limits& limits,
                                                 const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(const ResultSet told,
                   fetch(query, query.plan_statement(), limits, cancellation));
  std::string lines;
  for (std::size_t row = 0; !told.columns.empty() && row < told.rows(); ++row) {
    const model::Cell& line = told.columns.front().cells[row];
    if (line) lines += std::get<std::string>(*line) + "\n";
  }
  return lines;
}

Result<ResultSet> PostgresSource::fetch(const guard::SealedQuery& query,
                                        const sql::Statement& statement, const Limits& limits,
                                        const Cancellation& cancellation, const BatchSink& take) {
  using std::chrono::duration_cast;
  using std::chrono::microseconds;
  if (statement.dialect != sql::Dialect::kPostgres) {
    return for_readers({Code::kSourceUnavailable, "", "another dialect"});
  }
  const auto asked = steady_clock::now();
  const Patience patience(asked + limits.time_max, cancellation);
  std::optional<FairShare::Slot> turn;
  auto lease = begin_on(shared_->pool, database_, patience, [&]() -> Result<Done> {
    ASSIGN_OR_RETURN(
        FairShare::Slot slot,
        shared_->share.acquire(query.organization().text(), patience.deadline(), cancellation));
    turn.emplace(std::move(slot));
    return Done{};
  });
  if (!lease) return for_readers(std::move(lease).error());
  const auto began = steady_clock::now();
  auto result = in_transaction(*lease, [&](PostgresConnection& connection) {
    return connection.fetch(statement, limits.rows_max, patience, take);
  });
  if (!result) return for_readers(std::move(result).error());
  result->queued = duration_cast<microseconds>(began - asked);
  result->ran = duration_cast<microseconds>(steady_clock::now() - began);
  return result;
}

Result<std::vector<SchemaTable>> PostgresSource::read_schema() {
  const Cancellation never;
  const Patience patience(steady_clock::now() + kSchemaPatience, never);
  ASSIGN_OR_RETURN(PostgresPool::Lease lease,
                   begin_on(shared_->pool, database_, patience, no_turn));
  shared_->version = lease.connection().server_version();
  return in_transaction(lease, [&](PostgresConnection& connection) {
    return source::read_schema(connection, patience);
  });
}

Result<std::vector<SchemaColumn>> PostgresSource::describe_statement(
    const std::string& /*statement*/, const std::vector<std::string>& /*tables*/) {
  return Error{Code::kInvalidStatement,
               "SQL tables are not offered on PostgreSQL: make a view in the database instead.",
               {},
               "statement"};
}

class PostgresServerOfPool final : public PostgresServer {
 public:
  explicit PostgresServerOfPool(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}
  [[nodiscard]] std::unique_ptr<Source> open(const std::string& database) override {
    return std::make_unique<PostgresSource>(shared_, database);
  }

 private:
  std::shared_ptr<Shared> shared_;
};

/// The certificates that Debian and its kin trust, where the server's owner gave none.
constexpr const char* kSystemCertificates = "/etc/ssl/certs/ca-certificates.crt";

Result<std::string> write_certificate(const SpillFolder& folder, const std::string& certificate) {
  if (certificate.empty()) return std::string(kSystemCertificates);
  std::string file = folder.path() + "/ca.pem";
  std::ofstream out(file, std::ios::binary);
  out << certificate;
  out.close();
  if (!out) return storage_error(errno, "CA certificate");
  return file;
}

}  // namespace

Result<std::unique_ptr<PostgresServer>> make_postgres_server(const PostgresOptions& options,
                                                             FairShare& share) {
  static std::atomic<std::uint64_t> openings = 0;
  ASSIGN_OR_RETURN(SpillFolder folder, SpillFolder::make_below(options.temporary_directory));
  ASSIGN_OR_RETURN(std::string ca_file, write_certificate(folder, options.ca_certificate));
  PostgresLogin login{options.host,     options.port, options.user,
                      options.password, options.tls,  std::move(ca_file)};
  // Not make_shared, which takes no braces: nothing of it can be moved.
  std::shared_ptr<Shared> shared(new Shared{std::move(folder), share,
                                            PostgresPool(std::move(login), options.connections_max),
                                            ++openings});
  return std::unique_ptr<PostgresServer>(std::make_unique<PostgresServerOfPool>(std::move(shared)));
}

}  // namespace source
