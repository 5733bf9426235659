import { ownServer, send, sendForJson } from './request.js';
import type { TableSummary } from './tables.js';

export type DatabaseKind = 'duckdb' | 'postgres';

/** As libpq's `sslmode` of the same name. */
export type TlsMode = 'disable' | 'require' | 'verify-ca' | 'verify-full';

/** A connection as the server tells it: passwords are never returned. */
export interface PostgresConnection {
  host: string;
  port: number;
  database: string;
  /** The token attribute that names the end user's own database, in place of `database`; null: one for all. */
  databaseAttribute: string | null;
  user: string;
  hasPassword: boolean;
  tls: TlsMode;
  /** PEM. */
  caCertificate: string | null;
}

/** A password that is left out: the one that is stored. */
export interface NewPostgresConnection {
  host: string;
  port: number;
  database: string;
  databaseAttribute?: string;
  user: string;
  password?: string;
  tls: TlsMode;
  caCertificate?: string;
}

export interface Database {
  id: string;
  name: string;
  kind: DatabaseKind;
  /** How many. */
  tables: number;
  /** How many. */
  hiddenTables: number;
  /** How long an answer may be shown again. */
  freshnessSeconds: number;
  postgres?: PostgresConnection;
  /** Where sandbox tokens read instead. */
  sandbox?: PostgresConnection;
}

export interface DatabaseWithTables extends Database {
  tableList: TableSummary[];
}

export interface NewDatabase {
  name: string;
  kind: 'postgres';
  postgres: NewPostgresConnection;
  sandbox?: NewPostgresConnection;
  freshnessSeconds?: number;
}

export interface DatabaseChanges {
  name?: string;
  postgres?: NewPostgresConnection;
  /** Null: sandbox tokens read from the same. */
  sandbox?: NewPostgresConnection | null;
  freshnessSeconds?: number;
}

export type ConnectionFailure =
  | 'host_unknown'
  | 'refused'
  | 'timeout'
  | 'wrong_password'
  | 'database_missing'
  | 'tls_mismatch'
  | 'certificate_not_trusted'
  | 'permission'
  | 'unavailable';

/** The user could do more than read. */
export type ConnectionWarning = 'superuser' | 'can_write';

export type ConnectionTest =
  | { ok: true; serverVersion: string; latencyMs: number; warnings: ConnectionWarning[] }
  | { ok: false; reason: ConnectionFailure; detail: string };

/** What a schema refresh found. */
export interface SchemaChanges {
  added: string[];
  changed: { table: string; columns: string[] }[];
  gone: string[];
}

const path = '/api/v1/databases';

export async function listDatabases(signal?: AbortSignal): Promise<Database[]> {
  const call = { method: 'GET', path, signal } as const;
  return (await sendForJson<{ databases: Database[] }>(ownServer, call)).databases;
}

export function getDatabase(id: string, signal?: AbortSignal): Promise<DatabaseWithTables> {
  return sendForJson(ownServer, { method: 'GET', path: pathOf(id), signal });
}

/** Reads the schema: every table comes in hidden. */
export function createDatabase(body: NewDatabase): Promise<Database> {
  return sendForJson(ownServer, { method: 'POST', path, body });
}

/** Tries to connect, and changes nothing. `database` is the one whose stored password is meant where none is given. */
export function testConnection(
  postgres: NewPostgresConnection,
  database?: string,
): Promise<ConnectionTest> {
  const body = database ? { postgres, database } : { postgres };
  return sendForJson(ownServer, { method: 'POST', path: `${path}/test-connection`, body });
}

export function saveDatabase(id: string, body: DatabaseChanges): Promise<Database> {
  return sendForJson(ownServer, { method: 'POST', path: pathOf(id), body });
}

/** Throws 409, naming the charts, while charts use its tables. */
export async function deleteDatabase(id: string): Promise<void> {
  await send(ownServer, { method: 'DELETE', path: pathOf(id) });
}

export function refreshSchema(id: string): Promise<SchemaChanges> {
  return sendForJson(ownServer, { method: 'POST', path: `${pathOf(id)}/refresh`, body: {} });
}

/** Answers that are kept are forgotten, so that the next ones are read anew. */
export async function purgeCache(id: string): Promise<void> {
  await send(ownServer, { method: 'POST', path: `${pathOf(id)}/purge-cache`, body: {} });
}

function pathOf(id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}
