// DuckDB files in a server's folder of databases, and what tests ask of them.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Runs `statements` on the file `name` below `dataDir`/databases, which is made when it is not there. */
export async function writeDatabase(dataDir, name, statements) {
  const folder = join(dataDir, 'databases');
  await mkdir(folder, { recursive: true });
  const instance = await DuckDBInstance.create(join(folder, name), { threads: '1' });
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

/** A word that no answer for somebody else may hold. */
export const canary = 'CANARY-of-another-tenant';

/** Orders of two cities, the rows of the second marked with `canary`; and a table of cities. */
export const shop = [
  'CREATE TABLE orders (id INTEGER, city VARCHAR, amount DOUBLE, note VARCHAR)',
  `INSERT INTO orders VALUES (1, 'Paris', 10, 'a'), (2, 'Paris', 20, NULL),
    (3, 'Rome', 30, '${canary}'), (4, NULL, 40, '${canary}')`,
  'CREATE TABLE cities (city VARCHAR, country VARCHAR)',
  "INSERT INTO cities VALUES ('Paris', 'France'), ('Rome', 'Italy')",
];

/** Adds the file as a database; returns it with its tables by name. */
export async function addDatabase(app, name, file) {
  const database = await app.post('/api/v1/databases', { name, kind: 'duckdb', file });
  return { ...database, byName: await tablesOf(app, database.id) };
}

export async function tablesOf(app, id) {
  const { tables } = await app.get(`/api/v1/databases/${id}/tables`);
  return Object.fromEntries(tables.map((table) => [table.name, table]));
}

/** Changes a table as it is now; returns the answer. */
export async function changeTable(app, id, change) {
  const { version } = await app.get(`/api/v1/tables/${id}`);
  return app.send({ method: 'PUT', path: `/api/v1/tables/${id}`, body: { version, ...change } });
}

export async function changed(app, id, change) {
  const answer = await changeTable(app, id, change);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
}

/** The rule that an end user sees the rows of their own city. */
export const ownCity = {
  name: 'Own city',
  rows: { column: 'city', operator: 'isEqualTo', attribute: 'city' },
};
