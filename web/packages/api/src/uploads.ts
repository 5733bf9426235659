import type { ColumnType } from './dashboards.js';
import { ownServer, send, sendForJson } from './request.js';

export type UploadState = 'receiving' | 'received' | 'importing' | 'imported' | 'failed';

/** A file that comes in pieces, to become a table. */
export interface Upload {
  id: string;
  fileName: string;
  bytes: number;
  /** How many of them the server has. */
  received: number;
  /** At most so many at once. */
  chunkBytes: number;
  state: UploadState;
  /** Of the import, from 0 to 1. */
  progress?: number;
  /** Why the import failed. */
  reason?: string;
  createdAt: string;
  /** What it has become. */
  table?: { id: string; databaseId: string; label: string };
}

export type FileFormat = 'csv' | 'parquet' | 'json';

/** How to read a file; what is left out, the server finds out. */
export interface FileReading {
  format?: FileFormat;
  delimiter?: string;
  header?: boolean;
}

export interface FileColumn {
  name: string;
  /** What the file calls it, where that cannot be its name here. */
  original?: string;
  type: ColumnType;
  /** What it may be read as. */
  offers: ColumnType[];
  samples: string[];
}

export interface FileDescription extends FileReading {
  format: FileFormat;
  columns: FileColumn[];
  /** Columns that no table here can hold. */
  leftOut?: string[];
  rows?: number;
}

export interface FileImport extends FileReading {
  format: FileFormat;
  /** A new database of this name, or one that earlier uploads made. */
  database: { name: string } | { id: string };
  table: { name: string; label: string };
  /** Columns that are not named stay behind. */
  columns: { name: string; type: ColumnType }[];
}

const path = '/api/v1/uploads';

export async function listUploads(signal?: AbortSignal): Promise<Upload[]> {
  const call = { method: 'GET', path, signal } as const;
  return (await sendForJson<{ uploads: Upload[] }>(ownServer, call)).uploads;
}

export function getUpload(id: string, signal?: AbortSignal): Promise<Upload> {
  return sendForJson(ownServer, { method: 'GET', path: pathOf(id), signal });
}

export function createUpload(body: { fileName: string; bytes: number }): Promise<Upload> {
  return sendForJson(ownServer, { method: 'POST', path, body });
}

/**
 * Sends bytes of the file that begin at `offset`, and gives how many the server has then. Throws 409 with `uploadOffset`
 * when it goes on elsewhere.
 */
export async function sendChunk(
  id: string,
  offset: number,
  content: ArrayBuffer,
  signal?: AbortSignal,
): Promise<number> {
  const headers = {
    'content-type': 'application/offset+octet-stream',
    'upload-offset': String(offset),
  };
  const call = { method: 'PATCH', path: pathOf(id), bytes: { content, headers }, signal } as const;
  const answer = await send(ownServer, call);
  return Number(answer.headers.get('upload-offset') ?? offset + content.byteLength);
}

export async function deleteUpload(id: string): Promise<void> {
  await send(ownServer, { method: 'DELETE', path: pathOf(id) });
}

/** What is in a file that has come in whole. Throws `invalid_file` with the reason, and a line where there is one. */
export function inspectUpload(
  id: string,
  reading: FileReading,
  signal?: AbortSignal,
): Promise<FileDescription> {
  const address = `${pathOf(id)}/inspect`;
  return sendForJson(ownServer, { method: 'POST', path: address, body: reading, signal });
}

/** Begins to make a table of it; `getUpload` says how far it is. */
export function importUpload(id: string, body: FileImport): Promise<Upload> {
  return sendForJson(ownServer, { method: 'POST', path: `${pathOf(id)}/import`, body });
}

function pathOf(id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}
