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

// Version 2: keys with limits and children, rotation, revocation, sessions that people can see,
// audit. The triggers on `changes` tell every process which part of its memory is stale
// (Store::generation).
constexpr Sql kVersion2 = R"sql(
CREATE TABLE changes (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  organizations INTEGER NOT NULL,
  api_keys INTEGER NOT NULL,
  signing_keys INTEGER NOT NULL,
  revocations INTEGER NOT NULL
) STRICT;
INSERT INTO changes VALUES (1, 0, 0, 0, 0);

ALTER TABLE api_keys ADD COLUMN parent_id TEXT REFERENCES api_keys (id);
ALTER TABLE api_keys ADD COLUMN rolled_to_id TEXT REFERENCES api_keys (id);
ALTER TABLE api_keys ADD COLUMN token_form TEXT NOT NULL DEFAULT 'signed'
  CHECK (token_form IN ('signed', 'encrypted'));
ALTER TABLE api_keys ADD COLUMN requests_per_minute INTEGER NOT NULL DEFAULT 600;
ALTER TABLE api_keys ADD COLUMN limits TEXT NOT NULL DEFAULT '';
-- Keys of version 1 were made to give anything, and go on.
UPDATE api_keys SET requests_per_minute = 6000, limits =
  '{"permissions":{"dashboard":["can_edit"],"chart":["can_edit"],"database":["can_edit"],'
  || '"ai":["can_query"]},"resources":{},"origins":[],"roles":["explorer","maker"],'
  || '"lifetimeMaxSeconds":null,"attributes":{}}';
CREATE INDEX api_keys_by_parent ON api_keys (organization_id, parent_id);

CREATE TABLE new_signing_keys (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT PRIMARY KEY,
  environment TEXT NOT NULL CHECK (environment IN ('sandbox', 'production')),
  public_key TEXT NOT NULL,
  sealed_private_key TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  activates_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO new_signing_keys SELECT organization_id, id, environment, public_key,
  sealed_private_key, created_at, created_at, NULL FROM signing_keys;
DROP TABLE signing_keys;
ALTER TABLE new_signing_keys RENAME TO signing_keys;
CREATE INDEX signing_keys_by_organization ON signing_keys (organization_id, environment);

-- Whether a master key is the one that the sealed columns were sealed under. At most one row.
CREATE TABLE master_key (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  fingerprint TEXT NOT NULL
) STRICT;

CREATE TABLE revocations (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  environment TEXT NOT NULL CHECK (environment IN ('sandbox', 'production')),
  kind TEXT NOT NULL CHECK (kind IN ('token', 'end_user', 'dashboard', 'chart', 'environment')),
  subject TEXT NOT NULL,
  id TEXT NOT NULL,
  revoked_at INTEGER NOT NULL,
  until INTEGER NOT NULL,
  revoked_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (organization_id, environment, kind, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX revocations_by_until ON revocations (until);
CREATE INDEX revocations_by_time ON revocations (organization_id, revoked_at);

-- People sign in once more after this migration.
DROP TABLE sessions;
CREATE TABLE sessions (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL REFERENCES users (id),
  secret_hash TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  user_agent TEXT NOT NULL,
  remote_address TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (organization_id, user_id);

CREATE TABLE audit_events (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  remote_address TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  subject_name TEXT NOT NULL,
  environment TEXT NOT NULL CHECK (environment IN ('', 'sandbox', 'production')),
  count INTEGER NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_events_by_time ON audit_events (organization_id, at);
CREATE INDEX audit_events_by_action ON audit_events (organization_id, action, at);

CREATE TRIGGER organizations_insert AFTER INSERT ON organizations
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER organizations_update AFTER UPDATE ON organizations
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER organizations_delete AFTER DELETE ON organizations
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER token_attributes_insert AFTER INSERT ON token_attributes
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER token_attributes_update AFTER UPDATE ON token_attributes
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER token_attributes_delete AFTER DELETE ON token_attributes
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER authorized_origins_insert AFTER INSERT ON authorized_origins
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER authorized_origins_update AFTER UPDATE ON authorized_origins
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER authorized_origins_delete AFTER DELETE ON authorized_origins
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER databases_insert AFTER INSERT ON databases
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER databases_update AFTER UPDATE ON databases
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER databases_delete AFTER DELETE ON databases
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER tables_insert AFTER INSERT ON tables
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER tables_update AFTER UPDATE ON tables
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER tables_delete AFTER DELETE ON tables
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER access_rules_insert AFTER INSERT ON access_rules
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER access_rules_update AFTER UPDATE ON access_rules
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER access_rules_delete AFTER DELETE ON access_rules
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER charts_insert AFTER INSERT ON charts
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER charts_update AFTER UPDATE ON charts
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER charts_delete AFTER DELETE ON charts
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER dashboards_insert AFTER INSERT ON dashboards
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER dashboards_update AFTER UPDATE ON dashboards
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER dashboards_delete AFTER DELETE ON dashboards
BEGIN UPDATE changes SET organizations = organizations + 1; END;
CREATE TRIGGER api_keys_insert AFTER INSERT ON api_keys
BEGIN UPDATE changes SET api_keys = api_keys + 1; END;
CREATE TRIGGER api_keys_update AFTER UPDATE OF name, scopes, expires_at, revoked_at, parent_id, rolled_to_id, token_form,
  requests_per_minute, limits ON api_keys
BEGIN UPDATE changes SET api_keys = api_keys + 1; END;
CREATE TRIGGER api_keys_delete AFTER DELETE ON api_keys
BEGIN UPDATE changes SET api_keys = api_keys + 1; END;
CREATE TRIGGER signing_keys_insert AFTER INSERT ON signing_keys
BEGIN UPDATE changes SET signing_keys = signing_keys + 1; END;
CREATE TRIGGER signing_keys_update AFTER UPDATE ON signing_keys
BEGIN UPDATE changes SET signing_keys = signing_keys + 1; END;
CREATE TRIGGER signing_keys_delete AFTER DELETE ON signing_keys
BEGIN UPDATE changes SET signing_keys = signing_keys + 1; END;
CREATE TRIGGER revocations_insert AFTER INSERT ON revocations
BEGIN UPDATE changes SET revocations = revocations + 1; END;
CREATE TRIGGER revocations_update AFTER UPDATE ON revocations
BEGIN UPDATE changes SET revocations = revocations + 1; END;
CREATE TRIGGER revocations_delete AFTER DELETE ON revocations
BEGIN UPDATE changes SET revocations = revocations + 1; END;

PRAGMA user_version = 2;
)sql";

// Version 3: databases of several kinds, columns with access, rules with an *if*, versions of table
// definitions, uploads, dashboards that are drafts until they are published.
constexpr Sql kVersion3 = R"sql(
ALTER TABLE databases ADD COLUMN kind TEXT NOT NULL DEFAULT 'duckdb'
  CHECK (kind IN ('duckdb', 'postgres'));
-- JSON of model::PostgresSettings, or empty.
ALTER TABLE databases ADD COLUMN postgres TEXT NOT NULL DEFAULT '';
ALTER TABLE databases ADD COLUMN sandbox TEXT NOT NULL DEFAULT '';
ALTER TABLE databases ADD COLUMN freshness_seconds INTEGER NOT NULL DEFAULT 60;

ALTER TABLE tables ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE tables ADD COLUMN statement TEXT;
ALTER TABLE tables ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- Until now every column of a table that was not hidden was visible.
UPDATE tables SET columns = (
  SELECT json_group_array(json_set(value, '$.access', 'visible')) FROM json_each(tables.columns));

ALTER TABLE access_rules ADD COLUMN applies_if TEXT NOT NULL DEFAULT '';

-- What a table's definition was, for people who look back or go back. JSON of model::Table.
CREATE TABLE table_versions (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  table_id TEXT NOT NULL REFERENCES tables (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor_name TEXT NOT NULL,
  summary TEXT NOT NULL,
  definition TEXT NOT NULL,
  PRIMARY KEY (organization_id, table_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE uploads (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id),
  file_name TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX uploads_by_organization ON uploads (organization_id, created_at);

-- Dashboards of earlier versions were seen by everybody who might see dashboards.
ALTER TABLE dashboards ADD COLUMN published INTEGER NOT NULL DEFAULT 1;

PRAGMA user_version = 3;
)sql";

// Version 4: databases whose file we wrote ourselves and may rewrite. The demo's is one.
constexpr Sql kVersion4 = R"sql(
ALTER TABLE databases ADD COLUMN imported INTEGER NOT NULL DEFAULT 0 CHECK (imported IN (0, 1));
UPDATE databases SET imported = 1 WHERE file = 'us-flights.duckdb' AND organization_id IN
  (SELECT id FROM organizations WHERE name = 'Demo');

PRAGMA user_version = 4;
)sql";

// Version 5: what became of an upload.
constexpr Sql kVersion5 = R"sql(
-- Why its last import failed, or the table that it made.
ALTER TABLE uploads ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE uploads ADD COLUMN table_id TEXT;

PRAGMA user_version = 5;
)sql";

// Version 6: tabs and themes, what makers are at work on beside what viewers see, and what content
// files call things.
constexpr Sql kVersion6 = R"sql(
ALTER TABLE organizations ADD COLUMN theme TEXT NOT NULL DEFAULT '{}';
ALTER TABLE dashboards ADD COLUMN tabs TEXT NOT NULL DEFAULT '[]';
ALTER TABLE dashboards ADD COLUMN theme TEXT NOT NULL DEFAULT '{}';
-- Of the draft, which grows with each change; and who made the last one.
ALTER TABLE dashboards ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE dashboards ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';
-- JSON of model::DashboardContent, or empty where viewers see all there is.
ALTER TABLE dashboards ADD COLUMN draft TEXT NOT NULL DEFAULT '';
ALTER TABLE charts ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE charts ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';

-- Empty for what never came from a file: there its id stands for it.
ALTER TABLE charts ADD COLUMN content_key TEXT NOT NULL DEFAULT '';
ALTER TABLE dashboards ADD COLUMN content_key TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX charts_content_key ON charts (organization_id, content_key)
WHERE content_key <> '';
CREATE UNIQUE INDEX dashboards_content_key ON dashboards (organization_id, content_key)
WHERE content_key <> '';

-- Drafts are in no process's memory: saving one makes none stale.
DROP TRIGGER dashboards_update;
CREATE TRIGGER dashboards_update
AFTER UPDATE OF name, description, tiles, filters, published, tabs, theme ON dashboards
BEGIN UPDATE changes SET organizations = organizations + 1; END;

-- What was published, for people who look back or go back. JSON of model::DashboardContent.
CREATE TABLE dashboard_versions (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  dashboard_id TEXT NOT NULL REFERENCES dashboards (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  actor_name TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (organization_id, dashboard_id, version)
) STRICT, WITHOUT ROWID;

-- What viewers of production did, by UTC day (days since 1970). Names of things that are gone are
-- gone; the counts stay.
CREATE TABLE dashboard_views (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  day INTEGER NOT NULL,
  dashboard_id TEXT NOT NULL,
  end_user TEXT NOT NULL,
  views INTEGER NOT NULL,
  PRIMARY KEY (organization_id, day, dashboard_id, end_user)
) STRICT, WITHOUT ROWID;
CREATE TABLE chart_runs (
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  day INTEGER NOT NULL,
  chart_id TEXT NOT NULL,
  runs INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  total_milliseconds INTEGER NOT NULL,
  slowest_milliseconds INTEGER NOT NULL,
  PRIMARY KEY (organization_id, day, chart_id)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 6;
)sql";

constexpr std::array kVersions = {kVersion1, kVersion2, kVersion3, kVersion4, kVersion5, kVersion6};

}  // namespace

Result<Done> migrate_to(Connection& connection, std::size_t last) {
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
    for (auto step = static_cast<std::size_t>(*version); outcome && step < last; ++step) {
      outcome = connection.run_script(kVersions[step]);
    }
  }
  if (!outcome) {
    (void)connection.run_script("ROLLBACK");
    return outcome;
  }
  return connection.run_script("COMMIT");
}

Result<Done> migrate(Connection& connection) { return migrate_to(connection, kVersions.size()); }

}  // namespace store
