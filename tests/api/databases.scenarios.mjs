// Databases: add, list, change, test, refresh, remove; and what another organization may not learn.

import assert from 'node:assert/strict';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { signIn } from './support/app.mjs';
import {
  addDatabase,
  changed,
  ownCity,
  shop,
  tablesOf,
  writeDatabase,
} from './support/databases.mjs';
import { bearer, demoServer, neighbour } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check } from './support/scenario.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer({ organizations: 'two' });
after(() => server.end());
const { app } = server;
const theirs = await signIn(server, neighbour);
await writeDatabase(server.dataDir, 'shop.duckdb', shop);
await app.addAttribute('city', 'string');

const add = (who, body) => who.send({ method: 'POST', path: '/api/v1/databases', body });

test('files that nobody uses are offered, by their base names', async () => {
  await symlink('/etc/passwd', join(server.dataDir, 'databases', 'link.db'));
  await writeFile(join(server.dataDir, 'databases', '.hidden.duckdb'), 'x');
  await writeFile(join(server.dataDir, 'databases', 'notes.txt'), 'x');
  const answer = await app.send({ path: '/api/v1/database-files' });
  check(answer, { echoes: true, notExpected: ['/tmp', 'us-flights', 'link', 'hidden', 'notes'] });
  assert.deepEqual(
    answer.json.files.map(({ file }) => file),
    ['shop.duckdb'],
  );
  assert.ok(answer.json.files[0].bytes > 0);
});

for (const file of [
  '../aracari.db',
  '/etc/passwd.db',
  'us-flights.duckdb',
  'missing.duckdb',
  'link.db',
  'shop.duckdb\u0000.db',
  'md:shop.db',
  '.hidden.duckdb',
]) {
  test(`the file ${JSON.stringify(file)} is as if it were missing`, async () => {
    for (const who of [app, theirs]) {
      check(await add(who, { name: 'X', kind: 'duckdb', file }), {
        status: 422,
        problem: {
          code: 'database_refused',
          field: 'file',
          detail: 'The database file is missing.',
        },
        notExpected: ['another'],
      });
    }
  });
}

test('what is not a database is refused with the reason', async () => {
  await writeFile(join(server.dataDir, 'databases', 'text.db'), 'x'.repeat(8192));
  check(await add(app, { name: 'Text', kind: 'duckdb', file: 'text.db' }), {
    status: 422,
    problem: { code: 'database_refused', detail: 'The file is not a database.' },
  });
  assert.ok(!(await app.get('/api/v1/databases')).databases.some(({ name }) => name === 'Text'));
});

for (const [what, body, field] of [
  ['no name', { kind: 'duckdb', file: 'shop.duckdb' }, 'name'],
  ['another kind', { name: 'X', kind: 'sqlite', file: 'shop.duckdb' }, 'kind'],
  ['an unknown member', { name: 'X', kind: 'duckdb', file: 'shop.duckdb', sql: 'x' }, 'sql'],
]) {
  test(`adding with ${what} is refused`, async () => {
    const problem = { code: 'invalid_body', field };
    check(await add(app, body), { status: 400, problem, echoes: true });
  });
}

let database;
test('a database is added with its tables, hidden', async () => {
  database = await addDatabase(app, 'Shop', 'shop.duckdb');
  assert.deepEqual(
    { ...database, id: undefined, byName: undefined },
    {
      id: undefined,
      byName: undefined,
      name: 'Shop',
      kind: 'duckdb',
      file: 'shop.duckdb',
      freshnessSeconds: 60,
      tables: 2,
      undecided: 0,
    },
  );
  assert.deepEqual(Object.keys(database.byName).sort(), ['cities', 'orders']);
  assert.equal(database.byName.orders.access, 'hidden');
  const table = await app.get(`/api/v1/tables/${database.byName.orders.id}`);
  assert.deepEqual(
    table.columns.map(({ name, type }) => [name, type]),
    [
      ['id', 'integer'],
      ['city', 'string'],
      ['amount', 'numeric'],
      ['note', 'string'],
    ],
  );
});

test('one file is in one database, of whatever organization', async () => {
  for (const who of [app, theirs]) {
    check(await add(who, { name: 'Again', kind: 'duckdb', file: 'shop.duckdb' }), {
      status: 422,
      problem: { code: 'database_refused', field: 'file', detail: 'The database file is missing.' },
    });
    const { files } = await who.get('/api/v1/database-files');
    assert.ok(!files.some(({ file }) => file === 'shop.duckdb'));
  }
});

test('two databases do not share a name', async () => {
  await writeDatabase(server.dataDir, 'second.duckdb', ['CREATE TABLE t (id INTEGER)']);
  check(await add(app, { name: 'Shop', kind: 'duckdb', file: 'second.duckdb' }), {
    status: 409,
    problem: { code: 'conflict', field: 'name' },
  });
});

test('a connection is tested', async () => {
  const path = `/api/v1/databases/${database.id}/test`;
  const answer = await app.send({ method: 'POST', path, body: {} });
  check(answer, { json: { ok: true }, echoes: true, notExpected: ['/tmp', 'shop.duckdb'] });
  assert.match(answer.json.version, /^DuckDB v\d/);
});

test('a refresh finds what is new, changed and gone, and opens nothing', async () => {
  const { orders } = database.byName;
  await changed(app, orders.id, { access: 'restricted', rules: [ownCity] });
  await writeDatabase(server.dataDir, 'shop.duckdb', [
    'CREATE TABLE fresh (id INTEGER)',
    'ALTER TABLE orders ADD COLUMN iban VARCHAR',
    'ALTER TABLE orders ALTER amount TYPE VARCHAR',
    'ALTER TABLE orders DROP COLUMN city',
    'DROP TABLE cities',
  ]);
  const changes = await app.post(`/api/v1/databases/${database.id}/refresh`, {});
  assert.deepEqual(changes, {
    added: ['fresh', 'orders.iban'],
    changed: [{ table: 'orders', column: 'amount', from: 'numeric', to: 'string' }],
    vanished: [{ table: 'orders', column: 'city' }, { table: 'cities' }],
  });
  const tables = await tablesOf(app, database.id);
  assert.equal(tables.fresh.access, 'hidden');
  assert.equal(tables.orders.undecided, true);
  const table = await app.get(`/api/v1/tables/${orders.id}`);
  const column = (name) => table.columns.find((each) => each.name === name);
  assert.equal(column('iban').access, 'hidden');
  assert.equal(column('city').gone, true);
  assert.deepEqual(
    table.problems.map(({ field }) => field),
    ['rules[0].rows.column'],
  );
});

test('a table that vanished may be removed, another may not', async () => {
  const tables = await tablesOf(app, database.id);
  check(await app.remove(`/api/v1/tables/${tables.orders.id}`), {
    status: 409,
    problem: { code: 'conflict' },
  });
  assert.equal((await app.remove(`/api/v1/tables/${tables.cities.id}`)).status, 204);
  assert.ok(!('cities' in (await tablesOf(app, database.id))));
});

test('name and freshness change', async () => {
  const path = `/api/v1/databases/${database.id}`;
  const body = { name: 'Store', freshnessSeconds: 5 };
  const answer = await app.send({ method: 'PUT', path, body });
  check(answer, { json: { name: 'Store', freshnessSeconds: 5 }, echoes: true });
  check(await app.send({ method: 'PUT', path, body: { ...body, freshnessSeconds: -1 } }), {
    status: 400,
    problem: { code: 'invalid_body', field: 'freshnessSeconds' },
  });
});

test('the kept answers of a database are forgotten', async () => {
  const { databases } = await app.get('/api/v1/databases');
  const flights = databases.find(({ name }) => name === 'US flights');
  const path = `/api/v1/dashboards/${server.dashboard}/data`;
  await app.send({ method: 'POST', path, body: {} });
  const purge = () => app.post(`/api/v1/databases/${flights.id}/purge`, {});
  assert.ok((await purge()).dropped > 0);
  assert.equal((await purge()).dropped, 0);
});

test('a database in use is tested and refreshed while it answers', async () => {
  const { databases } = await app.get('/api/v1/databases');
  const flights = databases.find(({ name }) => name === 'US flights');
  const path = `/api/v1/dashboards/${server.dashboard}/data`;
  const before = await app.send({ method: 'POST', path, body: {} });
  assert.equal((await app.post(`/api/v1/databases/${flights.id}/test`, {})).ok, true);
  const refresh = () => app.post(`/api/v1/databases/${flights.id}/refresh`, {});
  // The demo leaves out some columns; once they were found nothing is new.
  const { added } = await refresh();
  assert.ok(
    added.every((name) => name.startsWith('flights.destination_')),
    String(added),
  );
  assert.deepEqual(await refresh(), { added: [], changed: [], vanished: [] });
  const again = await app.send({ method: 'POST', path, body: {} });
  assert.equal(again.text, before.text);
});

test('a database whose tables have charts stays, and says which', async () => {
  const { databases } = await app.get('/api/v1/databases');
  const flights = databases.find(({ name }) => name === 'US flights');
  check(await app.remove(`/api/v1/databases/${flights.id}`), {
    status: 409,
    problem: { code: 'content_in_use' },
    expected: ['Top 10 routes'],
  });
});

/** Every address of this database and its tables, with the method that it takes. */
async function addresses() {
  const { fresh } = await tablesOf(app, database.id);
  const base = `/api/v1/databases/${database.id}`;
  const table = `/api/v1/tables/${fresh.id}`;
  return [
    ['PUT', base, { name: 'Stolen', freshnessSeconds: 1 }],
    ['POST', `${base}/test`, {}],
    ['POST', `${base}/refresh`, {}],
    ['POST', `${base}/purge`, {}],
    ['GET', `${base}/tables`],
    ['POST', `${base}/tables`, { name: 'x', label: 'x', statement: 'select id from fresh' }],
    ['GET', table],
    ['PUT', table, { version: 1, access: 'shared' }],
    ['POST', `${table}/preview`, {}],
    ['GET', `${table}/versions`],
    ['GET', `${table}/versions/1`],
    ['POST', `${table}/versions/1/restore`, { version: 1 }],
    ['POST', '/api/v1/tables/bulk', { ids: [fresh.id], access: 'shared' }],
    ['DELETE', table],
    ['DELETE', base],
  ];
}

test('for another organization all of it does not exist', async () => {
  for (const [method, path, body] of await addresses()) {
    const answer = await theirs.send({ method, path, body });
    check(answer, {
      status: 404,
      problem: { code: 'not_found' },
      notExpected: ['fresh', 'Store', 'orders'],
    });
  }
  const { databases } = await theirs.get('/api/v1/databases');
  assert.deepEqual(databases, []);
  assert.equal((await tablesOf(app, database.id)).fresh.access, 'hidden');
});

test('a token, whatever it carries, and nobody get none of it', async () => {
  const token = await server.mint({
    user: { role: 'maker' },
    permissions: { database: 'can_edit' },
  });
  for (const [method, path, body] of await addresses()) {
    for (const headers of [bearer(token), {}]) {
      check(await send(server, { method, path, body, headers }), {
        status: 401,
        problem: { code: 'not_signed_in' },
        notExpected: ['fresh', 'Store', 'orders'],
      });
    }
  }
});

test('every change is in the audit log', async () => {
  const { events } = await app.get('/api/v1/audit?limit=200');
  const actions = new Set(events.map(({ action }) => action));
  for (const action of [
    'database.added',
    'database.changed',
    'database.refreshed',
    'database.purged',
    'table.added',
    'table.changed',
    'table.removed',
  ]) {
    assert.ok(actions.has(action), action);
  }
});

test('a database goes with its tables', async () => {
  assert.equal((await app.remove(`/api/v1/databases/${database.id}`)).status, 204);
  check(await app.send({ path: `/api/v1/databases/${database.id}/tables` }), {
    status: 404,
    problem: { code: 'not_found' },
  });
  const { files } = await app.get('/api/v1/database-files');
  assert.ok(files.some(({ file }) => file === 'shop.duckdb'));
});

logHoldsNoSecret();
