#include "query/sources.h"

#include <algorithm>
#include <vector>

#include "base/base64url.h"
#include "crypto/aes_gcm.h"

namespace query {
namespace {

using base::Code;
using base::Error;
using base::Result;
using base::Secret;
using source::Source;

/// Sorting spills beyond this; it goes beside what queries use.
constexpr std::int64_t kLayoutMemoryBytes = std::int64_t{256} << 20;

Error not_set_up(std::string detail) {
  return {Code::kSourceUnavailable, "The database could not answer.", std::move(detail)};
}

}  // namespace

std::string database_path(const std::string& data_directory, const std::string& file) {
  return data_directory + "/databases/" + file;
}

Result<Secret> Sources::unseal(const model::PostgresSettings& settings,
                               const base::DatabaseId& id) const {
  const auto sealed = base::parse_base64url(settings.sealed_password);
  if (!sealed) return not_set_up("a stored password is damaged");
  auto password = crypto::open_aes_gcm(*sealed, options_.master_key, id.text());
  if (!password) return not_set_up("a stored password can not be unsealed");
  return password;
}

Result<std::unique_ptr<source::PostgresServer>> Sources::make_server(
    const model::PostgresSettings& settings, const Secret& password) {
  return source::make_postgres_server(
      {settings.host, settings.port, settings.user, password, settings.tls, settings.ca_certificate,
       options_.data_directory + "/spill", kServerConnectionsMax},
      share_);
}

/// Requires the mutex.
Result<std::shared_ptr<Source>> Sources::get_file(const model::Database& database) {
  const auto found = open_.find(database.id);
  if (found != open_.end() && found->second.file == database.file) return found->second.source;
  ASSIGN_OR_RETURN(std::shared_ptr<Source> source, open(database));
  const Open opened{database.file, std::move(source)};
  return open_.insert_or_assign(database.id, opened).first->second.source;
}

source::DuckDbOptions Sources::options_for(const model::Database& database) const {
  return {database_path(options_.data_directory, database.file), options_.data_directory + "/spill",
          options_.memory_bytes, options_.threads};
}

/// Requires the mutex. Nothing is connected yet, so nobody waits behind a server that is silent.
Result<std::shared_ptr<Source>> Sources::get_server_database(const model::Database& database,
                                                             const guard::Connection& connection) {
  const auto& settings = connection.sandbox ? database.sandbox : database.postgres;
  if (!settings) return not_set_up("no settings");
  const ServerKey key{database.id, connection.sandbox};
  auto found = servers_.find(key);
  if (found == servers_.end() || found->second.settings != *settings) {
    ASSIGN_OR_RETURN(const Secret password, unseal(*settings, database.id));
    ASSIGN_OR_RETURN(std::shared_ptr<source::PostgresServer> server,
                     make_server(*settings, password));
    found = servers_.insert_or_assign(key, Server{*settings, std::move(server)}).first;
  }
  return std::shared_ptr<Source>(found->second.server->open(connection.name));
}

Result<std::shared_ptr<Source>> Sources::get(const model::Database& database,
                                             const guard::Connection& connection) {
  const std::scoped_lock lock(mutex_);
  if (database.kind == model::DatabaseKind::kDuckDb) return get_file(database);
  return get_server_database(database, connection);
}

Result<std::unique_ptr<Source>> Sources::open(const model::Database& database) {
  if (database.kind == model::DatabaseKind::kDuckDb) {
    return source::open_duckdb(options_for(database));
  }
  if (!database.postgres) return not_set_up("no settings");
  ASSIGN_OR_RETURN(const Secret password, unseal(*database.postgres, database.id));
  ASSIGN_OR_RETURN(const auto server, make_server(*database.postgres, password));
  return server->open(database.postgres->database);
}

/// Where `database` is open, its next query finds the file as it is now open already.
void Sources::reopen(const model::Database& database) {
  {
    const std::scoped_lock lock(mutex_);
    if (!open_.contains(database.id)) return;
  }
  auto opened = open(database);
  if (!opened) return close(database.id);
  std::shared_ptr<Source> source = std::move(opened).value();
  const std::scoped_lock lock(mutex_);
  const auto found = open_.find(database.id);
  // An import may have given the database another file meanwhile.
  if (found == open_.end() || found->second.file != database.file) return;
  found->second.source.swap(source);  // The old one ends after the lock.
}

Result<bool> Sources::lay_out(const model::Database& database,
                              const std::vector<source::TableLayout>& wanted,
                              const source::Cancellation& cancellation) {
  if (!database.imported) {
    return Error{Code::kInternal, "Only imported files are rewritten."};
  }
  const auto held = hold_files();
  source::DuckDbOptions options = options_for(database);
  options.memory_bytes = std::min(options.memory_bytes, kLayoutMemoryBytes);
  ASSIGN_OR_RETURN(const auto present, source::read_layouts(options));
  const bool as_wanted = std::ranges::all_of(wanted, [&](const source::TableLayout& layout) {
    return std::ranges::find(present, layout) != present.end();
  });
  if (as_wanted) return false;
  RETURN_IF_ERROR(source::lay_out(options, wanted, cancellation));
  reopen(database);
  return true;
}

void Sources::close(const base::DatabaseId& id) {
  std::shared_ptr<Source> closed;  // These end after the lock.
  std::vector<Server> closed_servers;
  const std::scoped_lock lock(mutex_);
  if (const auto found = open_.find(id); found != open_.end()) {
    closed = std::move(found->second.source);
    open_.erase(found);
  }
  for (const bool sandbox : {false, true}) {
    const auto found = servers_.find({id, sandbox});
    if (found == servers_.end()) continue;
    closed_servers.push_back(std::move(found->second));
    servers_.erase(found);
  }
}

}  // namespace query
