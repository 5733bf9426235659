import { ownServer, send, sendForJson } from './request.js';

export type DatabaseKind = 'duckdb' | 'postgres';

/** How far a connection is protected: not, against listeners, and against whoever poses as the server. */
export type TlsMode = 'disable' | 'require' | 'verify-ca' | 'verify-full';

/** Where a PostgreSQL database is and who asks it, without the password, which the server never gives back. */
export interface PostgresConnection {
  host: string;
  port: number;
  database: string;
  /** The token attribute that names the database of a token; `database` is then for tests. */
  databaseAttribute?: string;
  user: string;
  tls: TlsMode;
  /** PEM. Without it, those that the server's system trusts. */
  caCertificate?: string;
}

/** Without a password, the stored one stays; only while host, port, user, TLS and certificate stay as well. */
export interface PostgresSettings extends PostgresConnection {
  password?: string;
}

export interface Database {
  id: string;
  name: string;
  kind: DatabaseKind;
  /** The base name, of DuckDB files. */
  file?: string;
  /** Its tables come from uploads. */
  imported?: boolean;
  postgres?: PostgresConnection;
  /** What sandbox tokens read instead. */
  sandbox?: PostgresConnection;
  /** How long an answer may be shown again. */
  freshnessSeconds: number;
  /** How many. */
  tables: number;
  /** How many of them nobody has decided on. */
  undecided: number;
}

/** A file of the server's folder for databases that no database uses yet. */
export interface DatabaseFile {
  file: string;
  bytes: number;
  modifiedAt: string;
}

export type NewDatabase =
  | { name: string; kind: 'duckdb'; file: string }
  | { name: string; kind: 'postgres'; postgres: PostgresSettings; sandbox?: PostgresSettings };

export interface DatabaseChanges {
  name: string;
  freshnessSeconds: number;
  postgres?: PostgresSettings;
  /** Null: sandbox tokens read what others read. */
  sandbox?: PostgresSettings | null;
}

export type ConnectionTest =
  { ok: true; milliseconds: number; version: string } | { ok: false; reason: string };

/** What a refresh of the schema found. What is new is a `table` or a `table.column`. */
export interface SchemaChanges {
  added: string[];
  changed: { table: string; column: string; from: string; to: string }[];
  vanished: { table: string; column?: string }[];
}

const path = '/api/v1/databases';

export async function listDatabases(signal?: AbortSignal): Promise<Database[]> {
  const call = { method: 'GET', path, signal } as const;
  return (await sendForJson<{ databases: Database[] }>(ownServer, call)).databases;
}

export async function listDatabaseFiles(signal?: AbortSignal): Promise<DatabaseFile[]> {
  const call = { method: 'GET', path: '/api/v1/database-files', signal } as const;
  return (await sendForJson<{ files: DatabaseFile[] }>(ownServer, call)).files;
}

/** Connects and reads the schema: every table comes in hidden. Throws `database_refused` with a reason. */
export function createDatabase(body: NewDatabase): Promise<Database> {
  return sendForJson(ownServer, { method: 'POST', path, body });
}

export function saveDatabase(id: string, body: DatabaseChanges): Promise<Database> {
  return sendForJson(ownServer, { method: 'PUT', path: pathOf(id), body });
}

/** Throws 409, naming the charts, while charts use its tables. */
export async function deleteDatabase(id: string): Promise<void> {
  await send(ownServer, { method: 'DELETE', path: pathOf(id) });
}

/** Tries to connect, and changes nothing. */
export function testDatabase(id: string): Promise<ConnectionTest> {
  return sendForJson(ownServer, { method: 'POST', path: `${pathOf(id)}/test`, body: {} });
}

/** Tries to connect with settings that are not saved; `stored` names the database whose password stands for none. */
export function testPostgres(
  postgres: PostgresSettings,
  stored: string | undefined,
): Promise<ConnectionTest> {
  const body = { kind: 'postgres', postgres, ...(stored ? { databaseId: stored } : {}) };
  return sendForJson(ownServer, { method: 'POST', path: `${path}/test`, body });
}

/** Reads the schema anew. New tables and columns come in hidden. */
export function refreshDatabase(id: string): Promise<SchemaChanges> {
  return sendForJson(ownServer, { method: 'POST', path: `${pathOf(id)}/refresh`, body: {} });
}

/** Forgets kept answers, so that the next ones are read anew. Gives how many were dropped. */
export async function purgeDatabase(id: string): Promise<number> {
  const call = { method: 'POST', path: `${pathOf(id)}/purge`, body: {} } as const;
  return (await sendForJson<{ dropped: number }>(ownServer, call)).dropped;
}

function pathOf(id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}
