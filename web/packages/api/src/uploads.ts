import type { ColumnType } from './dashboards.js';
import type { Problem } from './problem.js';
import { ownServer, send, sendForJson } from './request.js';

export type FileFormat = 'csv' | 'parquet' | 'json' | 'duckdb';

/** `received` bytes are on the server; what follows them is still to be sent. */
export interface Upload {
  id: string;
  fileName: string;
  sizeBytes: number;
  received: number;
}

export interface InspectedColumn {
  name: string;
  type: ColumnType;
  /** Some values, as texts. */
  sample: (string | null)[];
}

/** What an uploaded file holds. */
export interface Inspection {
  format: FileFormat;
  columns: InspectedColumn[];
  /** How many, where that is known without reading the file to its end. */
  rows?: number;
}

/** Into a database that there is, or into a new one. */
export type ImportWishes = ({ database: string } | { databaseName: string }) & {
  table: string;
  columns: { name: string; type: ColumnType }[];
};

export interface Import {
  state: 'running' | 'done' | 'failed';
  /** From 0 to 1. */
  progress: number;
  /** What is being done, in a sentence. */
  step: string;
  /** Id of the table, when it is done. */
  table?: string;
  error?: Problem;
}

const path = '/api/v1/uploads';

export function createUpload(
  fileName: string,
  sizeBytes: number,
): Promise<{ id: string; received: number; chunkBytes: number }> {
  return sendForJson(ownServer, { method: 'POST', path, body: { fileName, sizeBytes } });
}

/** Sends the bytes at `offset` and gives how many the server has then. Throws 409 when they do not follow. */
export async function sendUploadBytes(
  id: string,
  offset: number,
  bytes: Blob,
  signal?: AbortSignal,
): Promise<number> {
  const address = `${pathOf(id)}/bytes?offset=${offset}`;
  const call = { method: 'POST', path: address, bytes, signal } as const;
  return (await sendForJson<{ received: number }>(ownServer, call)).received;
}

/** Says how far an upload came. Throws 404 for one that is over or was forgotten. */
export function getUpload(id: string, signal?: AbortSignal): Promise<Upload> {
  return sendForJson(ownServer, { method: 'GET', path: pathOf(id), signal });
}

export async function deleteUpload(id: string): Promise<void> {
  await send(ownServer, { method: 'DELETE', path: pathOf(id) });
}

export function inspectUpload(id: string, signal?: AbortSignal): Promise<Inspection> {
  return sendForJson(ownServer, {
    method: 'POST',
    path: `${pathOf(id)}/inspect`,
    body: {},
    signal,
  });
}

/** Begins an import and gives its id. */
export async function startImport(upload: string, body: ImportWishes): Promise<string> {
  const call = { method: 'POST', path: `${pathOf(upload)}/import`, body } as const;
  return (await sendForJson<{ import: string }>(ownServer, call)).import;
}

export function getImport(id: string, signal?: AbortSignal): Promise<Import> {
  const address = `/api/v1/imports/${encodeURIComponent(id)}`;
  return sendForJson(ownServer, { method: 'GET', path: address, signal });
}

function pathOf(id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}
