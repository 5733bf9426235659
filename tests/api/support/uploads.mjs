// Files that people send, from the first piece to the table.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

const path = '/api/v1/uploads';

/** Sends a piece; returns the answer. */
export function sendPiece(who, id, offset, body) {
  const headers = {
    'content-type': 'application/offset+octet-stream',
    'upload-offset': String(offset),
  };
  return who.send({ method: 'PATCH', path: `${path}/${id}`, headers, body });
}

/** A whole upload of `content`, in pieces of `pieceBytes`; returns it as it is then. */
export async function upload(who, fileName, content, pieceBytes = 8 << 20) {
  const bytes = Buffer.from(content);
  const { id } = await who.post(path, { fileName, bytes: bytes.length });
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const answer = await sendPiece(who, id, at, bytes.subarray(at, at + pieceBytes));
    assert.equal(answer.status, 204, answer.text);
  }
  return who.get(`${path}/${id}`);
}

/** The answer. */
export function inspect(who, id, body = {}) {
  return who.send({ method: 'POST', path: `${path}/${id}/inspect`, body });
}

/** The answer. `more` replaces members of an import of all columns as they are described. */
export async function startImport(who, id, more) {
  const { json, text } = await inspect(who, id);
  assert.ok(json?.columns, text);
  const { format, delimiter, header, columns } = json;
  const body = {
    format,
    ...(delimiter === undefined ? {} : { delimiter, header }),
    columns: columns.map(({ name, type }) => ({ name, type })),
    ...more,
  };
  return who.send({ method: 'POST', path: `${path}/${id}/import`, body });
}

/** The upload once its import has ended. */
export async function importEnd(who, id) {
  for (let tries = 0; tries < 600; tries += 1) {
    const now = await who.get(`${path}/${id}`);
    if (now.state !== 'importing') return now;
    await pause(100);
  }
  throw new Error('the import does not end');
}

/** Imports into `database`; returns the upload with its table. */
export async function imported(who, id, database, name) {
  const answer = await startImport(who, id, { database, table: { name, label: name } });
  assert.equal(answer.status, 202, answer.text);
  assert.equal(answer.json.state, 'importing');
  const now = await importEnd(who, id);
  assert.equal(now.state, 'imported', JSON.stringify(now));
  return now;
}

/** The rows of a table as its maker sees them. */
export async function rowsOf(who, table) {
  const { rows } = await who.post(`/api/v1/tables/${table}/preview`, { limit: 200 });
  return rows;
}
