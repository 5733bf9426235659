#pragma once

// The open databases, each opened at its first query. The passwords of servers are unsealed here
// and nowhere else. Thread-safe.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "guard/sealed_query.h"
#include "model/database.h"
#include "source/fair_share.h"
#include "source/source.h"
#include "source/table_layout.h"

namespace query {

struct SourceOptions {
  std::string data_directory;
  std::int64_t memory_bytes;  ///< For each database's engine.
  int threads;
  base::Secret master_key;  ///< Under which the passwords of servers are sealed.
};

/// Queries on PostgreSQL that run at the same time, and how many of them one organization may have.
inline constexpr std::size_t kServerQueriesMax = 64;
inline constexpr std::size_t kServerQueriesOfOneMax = 48;
/// Connections to one server.
inline constexpr std::size_t kServerConnectionsMax = 16;

class Sources {
 public:
  explicit Sources(SourceOptions options) : options_(std::move(options)) {}

  /// The one that `connection` of `database` names, or its file as it is named now.
  /// kSourceUnavailable; a later call tries again.
  [[nodiscard]] base::Result<std::shared_ptr<source::Source>> get(
      const model::Database& database, const guard::Connection& connection);
  /// Another opening, beside the one that queries use: as `database` is now. Of a PostgreSQL
  /// database what signed-in users read. kSourceUnavailable.
  [[nodiscard]] base::Result<std::unique_ptr<source::Source>> open(const model::Database& database);
  /// The next query opens `id` anew; those that run come to their end.
  void close(const base::DatabaseId& id);
  /// To be held by whoever replaces the file of an imported database, from reading the old one on.
  [[nodiscard]] std::unique_lock<std::mutex> hold_files() { return std::unique_lock(replacing_); }
  /// Sees to it that the tables of an imported database are stored as `wanted`; true where that
  /// took a new file. Later queries read the new one, those that run the old one to their end.
  /// Errors as source::lay_out.
  [[nodiscard]] base::Result<bool> lay_out(const model::Database& database,
                                           const std::vector<source::TableLayout>& wanted,
                                           const source::Cancellation& cancellation);

 private:
  struct Open {
    std::string file;
    std::shared_ptr<source::Source> source;
  };
  struct Server {
    model::PostgresSettings settings;
    std::shared_ptr<source::PostgresServer> server;
  };
  using ServerKey = std::pair<base::DatabaseId, bool>;  ///< Whether of the sandbox.

  [[nodiscard]] base::Result<std::shared_ptr<source::Source>> get_file(
      const model::Database& database);
  [[nodiscard]] base::Result<std::shared_ptr<source::Source>> get_server_database(
      const model::Database& database, const guard::Connection& connection);
  [[nodiscard]] base::Result<std::unique_ptr<source::PostgresServer>> make_server(
      const model::PostgresSettings& settings, const base::Secret& password);
  [[nodiscard]] base::Result<base::Secret> unseal(const model::PostgresSettings& settings,
                                                  const base::DatabaseId& id) const;

  [[nodiscard]] source::DuckDbOptions options_for(const model::Database& database) const;
  void reopen(const model::Database& database);

  SourceOptions options_;
  std::mutex replacing_;
  source::FairShare share_{kServerQueriesMax, kServerQueriesOfOneMax};  ///< Outlives the servers.
  std::mutex mutex_;
  std::map<base::DatabaseId, Open> open_;
  std::map<ServerKey, Server> servers_;
};

/// Where the file of a database lies.
[[nodiscard]] std::string database_path(const std::string& data_directory, const std::string& file);

}  // namespace query
