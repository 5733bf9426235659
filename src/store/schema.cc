#include "store/schema.h"

#include <array>

namespace store {
namespace {

using base::Done;
using base::Error;
using base::Result;

// Every table that holds an organization's data begins with organization_id, and the statements on
// it name it in the WHERE. Times are seconds since 1970 UTC. JSON columns hold the codecs of
// `model`.
constexpr Sql kVersion1 = R"sql(
CREATE TABLE organizations (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  active INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role TEXT NOT NULL CHECK (role IN ('admin', 'maker', 'explorer')),
  password_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  user_id TEXT NOT NULL REFERENCES users (id),
  secret_hash TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  environment TEXT NOT NULL CHECK (environment IN ('sandbox', 'production')),
  scopes TEXT NOT NULL,
  secret_hash TEXT NOT NULL UNIQUE,
  last_four TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  expires_at INTEGER,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX api_keys_by_organization ON api_keys (organization_id, created_at);

CREATE TABLE signing_keys (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT PRIMARY KEY,
  environment TEXT NOT NULL CHECK (environment IN ('sandbox', 'production')),
  public_key TEXT NOT NULL,
  sealed_private_key TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (organization_id, environment)
) STRICT, WITHOUT ROWID;

CREATE TABLE token_attributes (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  list INTEGER NOT NULL,
  required INTEGER NOT NULL,
  UNIQUE (organization_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE authorized_origins (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT PRIMARY KEY,
  origin TEXT NOT NULL,
  environment TEXT NOT NULL CHECK (environment IN ('sandbox', 'production')),
  created_at INTEGER NOT NULL,
  UNIQUE (organization_id, environment, origin)
) STRICT, WITHOUT ROWID;

CREATE TABLE databases (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  file TEXT NOT NULL,
  UNIQUE (organization_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE tables (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT PRIMARY KEY,
  database_id TEXT NOT NULL REFERENCES databases (id),
  name TEXT NOT NULL,
  label TEXT NOT NULL,
  access TEXT NOT NULL CHECK (access IN ('hidden', 'shared', 'restricted')),
  columns TEXT NOT NULL,
  metrics TEXT NOT NULL,
  dimensions TEXT NOT NULL,
  UNIQUE (organization_id, database_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE access_rules (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT PRIMARY KEY,
  table_id TEXT NOT NULL REFERENCES tables (id),
  name TEXT NOT NULL,
  rows TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE charts (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  spec TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE dashboards (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  tiles TEXT NOT NULL,
  filters TEXT NOT NULL
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 1;
)sql";

constexpr std::array kVersions = {kVersion1};

}  // namespace

Result<Done> migrate(Connection& connection) {
  RETURN_IF_ERROR(connection.run_script("BEGIN IMMEDIATE"));
  auto version = [&]() -> Result<std::int64_t> {
    Query query = connection.query("PRAGMA user_version");
    RETURN_IF_ERROR(query.next());
    return query.integer(0);
  }();
  Result<Done> outcome = Done{};
  if (!version) {
    outcome = version.error();
  } else if (*version > static_cast<std::int64_t>(kVersions.size())) {
    outcome =
        Error{base::Code::kStorageFailed, "The data directory was written by a newer Aracari."};
  } else {
    for (auto step = static_cast<std::size_t>(*version); outcome && step < kVersions.size();
         ++step) {
      outcome = connection.run_script(kVersions[step]);
    }
  }
  if (!outcome) {
    (void)connection.run_script("ROLLBACK");
    return outcome;
  }
  return connection.run_script("COMMIT");
}

}  // namespace store
