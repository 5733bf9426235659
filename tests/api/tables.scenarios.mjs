// Tables: versions, rules, preview as oneself and with a token, SQL tables.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signIn } from './support/app.mjs';
import {
  addDatabase,
  canary,
  changeTable,
  changed,
  ownCity,
  shop,
  tablesOf,
  writeDatabase,
} from './support/databases.mjs';
import { createUser, demoServer, neighbour } from './support/demo_server.mjs';
import { check } from './support/scenario.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer({ organizations: 'two' });
after(() => server.end());
const { app } = server;
await writeDatabase(server.dataDir, 'shop.duckdb', shop);
await app.addAttribute('city', 'string');
const database = await addDatabase(app, 'Shop', 'shop.duckdb');
const { orders, cities } = database.byName;
const path = `/api/v1/tables/${orders.id}`;
const theirs = await signIn(server, neighbour);

const preview = (body, table = orders.id, who = app) =>
  who.send({ method: 'POST', path: `/api/v1/tables/${table}/preview`, body });
const tokenOf = (city, more = {}) =>
  server.mint({ user: { attributes: city === undefined ? {} : { city } }, ...more });

test('makers see all rows of a hidden table, a token none', async () => {
  const answer = await preview({});
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.json.rows.length, 4);
  assert.deepEqual(answer.json.columns[1], {
    name: 'city',
    label: 'city',
    type: 'string',
    masked: false,
  });
  check(await preview({ token: await tokenOf('Paris') }), {
    status: 403,
    problem: { code: 'no_rule' },
    notExpected: [canary, 'Paris', 'orders'],
  });
});

test('with a rule, a token sees its rows, and why is told to the maker', async () => {
  await changed(app, orders.id, {
    access: 'restricted',
    rules: [ownCity],
    columns: [
      { name: 'note', access: 'hidden' },
      { name: 'amount', access: 'masked', label: 'Amount' },
    ],
  });
  const answer = await preview({ token: await tokenOf('Paris') });
  assert.equal(answer.status, 200, answer.text);
  assert.ok(!answer.text.includes(canary));
  assert.deepEqual(
    answer.json.columns.map(({ name, masked }) => [name, masked]),
    [
      ['id', false],
      ['city', false],
      ['amount', true],
    ],
  );
  assert.deepEqual(answer.json.rows.sort(), [
    [1, 'Paris', null],
    [2, 'Paris', null],
  ]);
  const { decision } = answer.json;
  assert.equal(decision.rowsBefore, 4);
  assert.equal(decision.rowsAfter, 2);
  assert.deepEqual(decision.arguments, ['Paris']);
  assert.match(decision.sql, /WHERE \(CAST\("city" AS VARCHAR\) = \$1\)/);
  assert.deepEqual(decision.conditions, [
    {
      rule: 'Own city',
      column: 'city',
      operator: 'isEqualTo',
      attribute: 'city',
      values: ['Paris'],
    },
  ]);
  assert.deepEqual(decision.hiddenColumns, ['note']);
  assert.deepEqual(decision.maskedColumns, ['amount']);
});

test('production tokens may be looked through, wherever they may be used', async () => {
  const body = { user: { distinctId: 'p', attributes: { city: 'Rome' } } };
  const token = await server.mint(
    { ...body, origins: ['https://app.example.com'] },
    server.keys.production,
  );
  const answer = await preview({ token });
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(answer.json.rows, [[3, 'Rome', null]]);
});

test('a token without the attribute is refused, with the name of the attribute', async () => {
  check(await preview({ token: await tokenOf() }), {
    status: 400,
    problem: { code: 'attribute_missing', field: 'user.attributes.city' },
    notExpected: [canary],
  });
});

test('a token that is not active, or of another organization, is refused', async () => {
  const key = await theirs.createKey({ environment: 'sandbox' });
  const foreign = await server.mint({}, key.secret);
  check(await preview({ token: foreign }), {
    status: 401,
    problem: { code: 'token_unknown_key' },
    notExpected: ['Neighbour'],
  });
  check(await preview({ token: 'x.y.z' }), { status: 401, problem: { code: 'token_malformed' } });
  const token = await tokenOf('Paris', {
    user: { distinctId: 'gone', attributes: { city: 'Paris' } },
  });
  await app.post('/api/v1/revocations', {
    kind: 'end_user',
    subject: 'gone',
    environment: 'sandbox',
  });
  check(await preview({ token }), { status: 401, problem: { code: 'token_revoked' } });
});

test('the bounds of a preview', async () => {
  for (const limit of [0, 201, -1]) {
    check(await preview({ limit }), {
      status: 400,
      problem: { code: 'invalid_body', field: 'limit' },
    });
  }
  assert.equal((await preview({ limit: 1 })).json.rows.length, 1);
});

test('an explorer sees neither tables nor rules nor rows', async () => {
  const account = await createUser(server.dataDir, 'reader@demo.example', 'explorer', 'Demo');
  const explorer = await signIn(server, account);
  for (const request of [
    { path: '/api/v1/databases' },
    { path: '/api/v1/database-files' },
    { path: `/api/v1/databases/${database.id}/tables` },
    { path },
    { path: `${path}/versions` },
    { method: 'POST', path: `${path}/preview`, body: {} },
    { method: 'PUT', path, body: { version: 1, access: 'shared' } },
  ]) {
    check(await explorer.send(request), {
      status: 403,
      problem: { code: 'forbidden' },
      notExpected: [canary, 'orders', 'Own city', 'Shop'],
    });
  }
});

test('who saw an older version changes nothing and is told who was faster', async () => {
  const { version } = await app.get(path);
  await changed(app, orders.id, { label: 'All orders' });
  check(await app.send({ method: 'PUT', path, body: { version, access: 'shared' } }), {
    status: 409,
    problem: { code: 'conflict' },
    expected: [server.account.email],
  });
  assert.equal((await app.get(path)).access, 'restricted');
});

test('a table that nobody has changed has its first version', async () => {
  const { databases } = await app.get('/api/v1/databases');
  const { id } = databases.find(({ name }) => name === 'US flights');
  const { flights } = await tablesOf(app, id);
  const { versions } = await app.get(`/api/v1/tables/${flights.id}/versions`);
  assert.deepEqual(
    versions.map(({ version, actor, summary }) => [version, actor, summary]),
    [[1, 'Aracari', 'As it came in']],
  );
  const { table } = await app.get(`/api/v1/tables/${flights.id}/versions/1`);
  assert.equal(table.access, 'restricted');
});

test('versions are listed, read and brought back', async () => {
  const before = await app.get(path);
  await changed(app, orders.id, { access: 'shared', rules: [], summary: 'Opened by mistake' });
  const { versions } = await app.get(`${path}/versions`);
  assert.equal(versions[0].summary, 'Opened by mistake');
  assert.equal(versions[0].actor, server.account.email);
  const kept = await app.get(`${path}/versions/${before.version}`);
  assert.deepEqual(kept.table.rules, before.rules);
  const restored = await app.post(`${path}/versions/${before.version}/restore`, {
    version: before.version + 1,
  });
  assert.equal(restored.access, 'restricted');
  assert.deepEqual(restored.rules, before.rules);
  assert.equal(restored.version, before.version + 2);
  for (const wrong of ['99', '0', 'x', '1e1', '-1']) {
    check(await app.send({ path: `${path}/versions/${wrong}` }), {
      status: 404,
      problem: { code: 'not_found' },
    });
  }
});

for (const [what, rows, field] of [
  ['a column that is not there', { column: 'town', operator: 'isSet' }, 'column'],
  [
    'an operator of another type',
    { column: 'city', operator: 'isGreaterThan', attribute: 'city' },
    'operator',
  ],
  [
    'an attribute that is not registered',
    { column: 'city', operator: 'isEqualTo', attribute: 'x' },
    'attribute',
  ],
  [
    'an attribute of another type',
    { column: 'amount', operator: 'isEqualTo', attribute: 'city' },
    'attribute',
  ],
  [
    '100,000 values',
    { column: 'city', operator: 'isIn', type: 'string', values: Array(100_000).fill('a') },
    'values',
  ],
  [
    'an impossible date',
    { column: 'city', operator: 'isEqualTo', type: 'date', values: ['2026-02-30'] },
    'values',
  ],
  [
    'a NUL',
    { column: 'city', operator: 'isEqualTo', type: 'string', values: ['a\u0000b'] },
    'values',
  ],
  [
    'a number out of range',
    { column: 'id', operator: 'isEqualTo', type: 'integer', values: [1e30] },
    'values',
  ],
]) {
  test(`a rule with ${what} is refused by its place`, async () => {
    check(await changeTable(app, orders.id, { rules: [{ name: 'R', rows: { and: [rows] } }] }), {
      status: 400,
      problem: { code: 'invalid_body', field: `rules[0].rows.and[0].${field}` },
    });
  });
}

test('values with quotes, emoji and marks from right to left stay values', async () => {
  const values = ["'; DROP TABLE orders; --", '😀', '\u202eabc', '"', '%', '\\'];
  const rules = [{ name: 'R', rows: { column: 'city', operator: 'isIn', type: 'string', values } }];
  const table = await changed(app, orders.id, { rules });
  assert.deepEqual(table.rules[0].rows.values, values);
  const answer = await preview({ token: await tokenOf('Paris') });
  assert.deepEqual(answer.json.rows, []);
  assert.deepEqual(answer.json.decision.arguments, values);
  await changed(app, orders.id, { rules: [ownCity] });
});

test('several tables are opened together or not at all', async () => {
  const bulk = (ids, access) =>
    app.send({ method: 'POST', path: '/api/v1/tables/bulk', body: { ids, access } });
  check(await bulk([cities.id, 'tbl_unknown'], 'shared'), {
    status: 404,
    problem: { code: 'not_found' },
  });
  assert.equal((await app.get(`/api/v1/tables/${cities.id}`)).access, 'hidden');
  check(await bulk([cities.id], 'restricted'), {
    status: 400,
    problem: { code: 'invalid_body', field: 'access' },
  });
  const answer = await bulk([cities.id], 'shared');
  assert.equal(answer.json.tables[0].access, 'shared');
});

// SQL tables

const define = (statement, name = 'big_orders') =>
  app.send({
    method: 'POST',
    path: `/api/v1/databases/${database.id}/tables`,
    body: { name, label: 'Big orders', statement },
  });

for (const statement of [
  'SELECT 1; SELECT 2',
  'DELETE FROM orders',
  "SELECT * FROM read_csv('/etc/passwd')",
  "SELECT * FROM '/etc/passwd'",
  "SELECT getenv('HOME') AS home",
  "SELECT current_setting('temp_directory') AS t",
  'SELECT pg_sleep(3600) AS s',
  'SELECT * FROM duckdb_databases',
  'SELECT * FROM information_schema.tables',
  "ATTACH 'x.db'",
  'SELECT id FROM orders) AS s; DROP TABLE orders; --',
  'SELECT $1 AS a FROM orders',
  'SELECT nothing FROM orders',
]) {
  test(`the statement ${statement} is refused`, async () => {
    const answer = await define(statement);
    assert.equal(answer.status, 422, answer.text);
    assert.equal(answer.json.code, 'invalid_statement');
    assert.equal(answer.json.field, 'statement');
    assert.doesNotMatch(answer.text, /root:|Binder|Catalog Error|Parser Error|\/tmp\//);
  });
}

test('a SQL table is a table like any other, with rules of its own', async () => {
  const statement =
    'SELECT o.id, o.city, c.country, o.note FROM orders o LEFT JOIN cities c USING (city) -- all';
  const answer = await define(statement);
  assert.equal(answer.status, 201, answer.text);
  const table = answer.json;
  assert.equal(table.access, 'hidden');
  assert.equal(table.statement, statement);
  check(await preview({ token: await tokenOf('Paris') }, table.id), {
    status: 403,
    problem: { code: 'no_rule' },
    notExpected: [canary],
  });
  await changed(app, table.id, { access: 'restricted', rules: [ownCity] });
  const seen = await preview({ token: await tokenOf('Paris') }, table.id);
  assert.deepEqual(seen.json.rows.sort(), [
    [1, 'Paris', 'France', 'a'],
    [2, 'Paris', 'France', null],
  ]);
  assert.ok(!seen.text.includes(canary));
  check(await define(statement), { status: 409, problem: { code: 'conflict', field: 'name' } });
  const wider = await changed(app, table.id, {
    statement: 'SELECT id, city, note, amount FROM orders',
  });
  assert.deepEqual(
    wider.columns.map(({ name, access }) => [name, access]),
    [
      ['id', 'visible'],
      ['city', 'visible'],
      ['note', 'visible'],
      ['amount', 'hidden'],
    ],
  );
  const refused = await changeTable(app, table.id, { statement: 'SELECT id FROM orders' });
  assert.equal(refused.json.field, 'rules[0].rows.column');
  assert.equal((await app.remove(`/api/v1/tables/${table.id}`)).status, 204);
});

logHoldsNoSecret();
