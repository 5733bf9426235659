import { ownServer, send, sendForJson } from './request.js';

export type DatabaseKind = 'duckdb' | 'postgres';

export interface Database {
  id: string;
  name: string;
  kind: DatabaseKind;
  /** Its base name. */
  file: string;
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

export interface NewDatabase {
  name: string;
  kind: 'duckdb';
  file: string;
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

/** Opens the file and reads its schema: every table comes in hidden. Throws `database_refused` with a reason. */
export function createDatabase(body: NewDatabase): Promise<Database> {
  return sendForJson(ownServer, { method: 'POST', path, body });
}

export function saveDatabase(
  id: string,
  body: { name: string; freshnessSeconds: number },
): Promise<Database> {
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
