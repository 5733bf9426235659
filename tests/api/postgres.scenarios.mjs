// PostgreSQL databases: added, changed and tested by makers, read by tokens: one database for all
// with rules, and one for each tenant. What must not appear: passwords, driver texts, foreign rows.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startPostgres } from '../harness/postgres.mjs';
import { signIn } from './support/app.mjs';
import { canary, changed, ownCity, tablesOf } from './support/databases.mjs';
import { demoServer, neighbour } from './support/demo_server.mjs';
import { check } from './support/scenario.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const postgres = await startPostgres();
const skip = postgres ? false : 'PostgreSQL is not installed: apt-get install postgresql-15';
const password = keepSecret('a password of PostgreSQL');
const wrong = keepSecret('not the password');
/** Texts of libpq and the server, and what only they know. */
const driverTexts = [/FATAL|libpq|sqlstate|28P01|scram|pg_hba|127\.0\.0\.1:/i, canary];

const orders = `CREATE TABLE orders (id integer, city text, amount numeric(12, 2), at timestamptz);
  INSERT INTO orders VALUES (1, 'Paris', 10.25, '2026-01-01 00:00:00+01'), (2, 'Paris', NULL, NULL),
    (3, 'Rome', 30, NULL), (4, '${canary}', 40, NULL);
  CREATE TABLE closed (secret text); CREATE VIEW slow AS SELECT id FROM orders, pg_sleep(3600);
  GRANT SELECT ON orders, slow TO reader;`;
const tenant = (name) =>
  `CREATE TABLE orders (id integer, note text); GRANT SELECT ON orders TO reader;
   INSERT INTO orders VALUES (1, '${name === 'tenant_a' ? 'ours' : canary}')`;

if (postgres) {
  await postgres.run(`CREATE ROLE reader LOGIN PASSWORD '${password}'`);
  await postgres.run(orders);
  for (const name of ['tenant_a', 'tenant_b', 'trial']) {
    await postgres.run(`CREATE DATABASE ${name}`);
    await postgres.run(tenant(name === 'trial' ? 'tenant_a' : name), name);
  }
  await postgres.run("UPDATE orders SET note = 'trial'", 'trial');
}
const server = await demoServer({ organizations: 'two' });
after(async () => {
  await server.end();
  await postgres?.stop();
});
const { app } = server;
const theirs = await signIn(server, neighbour);
await app.addAttribute('city', 'string');
await app.addAttribute('tenant', 'string');
await app.addAttribute('level', 'integer');

const settings = (more = {}) => ({
  host: '127.0.0.1',
  port: postgres?.port ?? 1,
  database: 'postgres',
  user: 'reader',
  password,
  tls: 'disable',
  ...more,
});
const add = (who, body) => who.send({ method: 'POST', path: '/api/v1/databases', body });
const addServer = (name, more, rest = {}) =>
  add(app, { name, kind: 'postgres', postgres: settings(more), ...rest });
const put = (id, body) => app.send({ method: 'PUT', path: `/api/v1/databases/${id}`, body });
const preview = (table, token) =>
  app.send({
    method: 'POST',
    path: `/api/v1/tables/${table}/preview`,
    body: token ? { token } : {},
  });
const mint = (attributes, key) => server.mint({ user: { attributes } }, key);

let shop;
let byName;

test(
  'a server is added with its tables hidden, and its password is told to nobody',
  { skip },
  async () => {
    const answer = await addServer('Shop', {});
    check(answer, { status: 201, echoes: true, json: { kind: 'postgres', tables: 2 } });
    shop = answer.json;
    assert.deepEqual(shop.postgres, {
      host: '127.0.0.1',
      port: postgres.port,
      database: 'postgres',
      user: 'reader',
      tls: 'disable',
    });
    byName = await tablesOf(app, shop.id);
    assert.deepEqual(Object.keys(byName).sort(), ['orders', 'slow']);
    assert.ok(Object.values(byName).every(({ access }) => access === 'hidden'));
    check(await app.send({ path: '/api/v1/databases' }), {
      echoes: true,
      notExpected: ['sealedPassword', password],
    });
    check(await theirs.send({ path: '/api/v1/databases' }), { notExpected: ['Shop', '127.0.0.1'] });
  },
);

test('numbers, moments and missing values arrive as they are', { skip }, async () => {
  const { columns, rows } = (await preview(byName.orders.id)).json;
  assert.deepEqual(
    columns.map(({ name, type }) => `${name} ${type}`),
    ['id integer', 'city string', 'amount numeric', 'at datetime'],
  );
  const sorted = rows.sort(([a], [b]) => a - b);
  assert.deepEqual(sorted[0], [1, 'Paris', 10.25, '2025-12-31T23:00:00Z']);
  assert.deepEqual(sorted[1], [2, 'Paris', null, null]);
});

test('a token sees the rows of its rules and no other', { skip }, async () => {
  await changed(app, byName.orders.id, { access: 'restricted', rules: [ownCity] });
  const answer = await preview(byName.orders.id, await mint({ city: 'Paris' }));
  check(answer, { echoes: true, notExpected: [canary, 'Rome'] });
  assert.deepEqual(answer.json.rows.map(([id]) => id).sort(), [1, 2]);
  assert.deepEqual((await preview(byName.orders.id, await mint({ city: 'paris' }))).json.rows, []);
  check(await preview(byName.orders.id, await mint({})), {
    status: 400,
    problem: { code: 'attribute_missing', field: 'user.attributes.city' },
  });
});

for (const [what, more, reason] of [
  ['a wrong password', { password: wrong }, 'The server refuses the user or the password.'],
  ['an unknown user', { user: 'nobody' }, 'The server refuses the user or the password.'],
  ['an unknown database', { database: 'none' }, 'There is no such database on the server.'],
  ['TLS that is not offered', { tls: 'require' }, 'The server does not offer TLS.'],
  ['a closed port', { port: 1 }, 'Nothing answers at this host and port.'],
  ['an unknown host', { host: 'nowhere.invalid' }, 'The host was not found.'],
]) {
  test(`${what} is refused in plain words`, { skip }, async () => {
    check(await addServer('Refused', more), {
      status: 422,
      problem: { code: 'database_refused', field: 'postgres', detail: reason },
      notExpected: driverTexts,
    });
    const body = { kind: 'postgres', postgres: settings(more) };
    const tested = await app.send({ method: 'POST', path: '/api/v1/databases/test', body });
    check(tested, { notExpected: driverTexts });
    assert.deepEqual(tested.json, { ok: false, reason });
    assert.ok(
      !(await app.get('/api/v1/databases')).databases.some(({ name }) => name === 'Refused'),
    );
  });
}

for (const [what, more, field] of [
  ['a socket of this machine', { host: '/var/run/postgresql' }, 'postgres.host'],
  ['an abstract socket', { host: '@socket' }, 'postgres.host'],
  ['several hosts', { host: 'a,b' }, 'postgres.host'],
  ['a host with a line break', { host: 'a\nb' }, 'postgres.host'],
  ['no host', { host: '' }, 'postgres.host'],
  ['a name with NUL', { database: 'a\u0000b' }, 'postgres.database'],
  ['a long name', { user: 'u'.repeat(64) }, 'postgres.user'],
  ['a port out of range', { port: 70_000 }, 'postgres.port'],
  ['an unknown TLS mode', { tls: 'prefer' }, 'postgres.tls'],
  ['verify-ca without a certificate', { tls: 'verify-ca' }, 'postgres.caCertificate'],
  [
    'a certificate that is none',
    { tls: 'verify-full', caCertificate: 'x' },
    'postgres.caCertificate',
  ],
  [
    'a path for a certificate',
    { tls: 'verify-ca', caCertificate: '/etc/shadow' },
    'postgres.caCertificate',
  ],
  ['an unregistered attribute', { databaseAttribute: 'nothing' }, 'postgres.databaseAttribute'],
  ['an attribute that is a number', { databaseAttribute: 'level' }, 'postgres.databaseAttribute'],
  ['an unknown member', { options: '-c x=y' }, 'postgres.options'],
  ['no password', { password: undefined }, 'postgres.password'],
]) {
  test(`${what} is refused by its field`, async () => {
    check(await addServer('Invalid', more), {
      status: 400,
      problem: { code: 'invalid_body', field },
    });
  });
}

test('a stored password goes to no other server', { skip }, async () => {
  const present = { name: 'Shop', freshnessSeconds: 60 };
  for (const more of [{ host: 'localhost' }, { port: 1 }, { user: 'other' }, { tls: 'require' }]) {
    const postgresSettings = settings({ ...more, password: undefined });
    check(await put(shop.id, { ...present, postgres: postgresSettings }), {
      status: 400,
      problem: { code: 'invalid_body', field: 'postgres.password' },
    });
    const body = { kind: 'postgres', postgres: postgresSettings, databaseId: shop.id };
    check(await app.send({ method: 'POST', path: '/api/v1/databases/test', body }), {
      status: 400,
      problem: { code: 'invalid_body', field: 'postgres.password' },
    });
  }
  const same = settings({ password: undefined });
  check(await put(shop.id, { ...present, postgres: same }), { echoes: true });
  const body = { kind: 'postgres', postgres: same, databaseId: shop.id };
  const tested = await app.send({ method: 'POST', path: '/api/v1/databases/test', body });
  check(tested, { echoes: true, json: { ok: true } });
  assert.match(tested.json.version, /^PostgreSQL \d+/);
  check(await theirs.send({ method: 'POST', path: '/api/v1/databases/test', body }), {
    status: 404,
    problem: { code: 'not_found' },
  });
});

test('a token reads the database that it names, and the sandbox its own', { skip }, async () => {
  const answer = await addServer(
    'Tenants',
    { database: 'tenant_a', databaseAttribute: 'tenant' },
    { sandbox: settings({ database: 'trial' }) },
  );
  check(answer, { status: 201, echoes: true, json: { sandbox: { database: 'trial' } } });
  const { orders: table } = await tablesOf(app, answer.json.id);
  await changed(app, table.id, { access: 'shared' });
  const notes = async (token) => (await preview(table.id, token)).json.rows.map(([, note]) => note);
  const production = (attributes) => mint(attributes, server.keys.production);
  assert.deepEqual(await notes(undefined), ['ours']);
  assert.deepEqual(await notes(await production({ tenant: 'tenant_a' })), ['ours']);
  assert.deepEqual(await notes(await production({ tenant: 'tenant_b' })), [canary]);
  assert.deepEqual(await notes(await production({ tenant: 'tenant_a' })), ['ours']);
  assert.deepEqual(await notes(await mint({ tenant: 'tenant_b' })), ['trial']);
  for (const [attributes, code] of [
    [{}, 'attribute_missing'],
    [{ tenant: '' }, 'attribute_missing'],
    [{ tenant: 'host=127.0.0.1 dbname=tenant_b' }, 'attribute_type'],
    [{ tenant: 'postgresql:///tenant_b' }, 'attribute_type'],
    [{ tenant: "tenant_b'" }, 'attribute_type'],
  ]) {
    check(await preview(table.id, await production(attributes)), {
      status: 400,
      problem: { code, field: 'user.attributes.tenant' },
      notExpected: [...driverTexts, 'ours'],
    });
  }
  check(await preview(table.id, await production({ tenant: 'no_such_tenant' })), {
    status: 503,
    problem: { code: 'source_unavailable', detail: 'The database could not answer.' },
    notExpected: [...driverTexts, 'no_such_tenant', 'ours'],
  });
});

test('SQL tables are refused with a reason', { skip }, async () => {
  for (const statement of [
    'SELECT * FROM orders',
    'SELECT pg_sleep(3600)',
    'DROP TABLE orders; SELECT 1',
  ]) {
    const body = { name: 'made', label: 'Made', statement };
    const path = `/api/v1/databases/${shop.id}/tables`;
    check(await app.send({ method: 'POST', path, body }), {
      status: 422,
      problem: { code: 'invalid_statement', field: 'statement' },
      echoes: true,
    });
  }
});

test('a server that is down, and is back, is told of without its words', { skip }, async () => {
  const token = await mint({ city: 'Rome' });
  await app.post(`/api/v1/databases/${shop.id}/purge`, {});
  await postgres.kill();
  check(await preview(byName.orders.id, token), {
    status: 503,
    problem: { code: 'source_unavailable', detail: 'The database could not answer.' },
    notExpected: driverTexts,
  });
  const tested = await app.post(`/api/v1/databases/${shop.id}/test`, {});
  assert.deepEqual(tested, { ok: false, reason: 'Nothing answers at this host and port.' });
  await postgres.start();
  const answer = await preview(byName.orders.id, token);
  assert.deepEqual(
    answer.json.rows.map(([id]) => id),
    [3],
  );
});

test('who leaves stops what runs for them', { skip }, async () => {
  await changed(app, byName.slow.id, { access: 'shared' });
  const gone = new AbortController();
  const asked = fetch(`${server.url}/api/v1/tables/${byName.slow.id}/preview`, {
    method: 'POST',
    headers: { cookie: app.cookie, 'content-type': 'application/json' },
    body: '{}',
    signal: gone.signal,
  }).catch(() => undefined);
  const running = () =>
    postgres.run(
      "SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader' AND state = 'active'",
    );
  const until = async (count) => {
    for (let i = 0; i < 100 && (await running()) !== count; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal(await running(), count);
  };
  await until('1');
  gone.abort();
  await asked;
  await until('0');
});

test('changes are in the audit log, without a secret', { skip }, async () => {
  const answer = await app.send({ path: '/api/v1/audit?limit=200' });
  check(answer, { echoes: true, notExpected: [password, 'sealed'] });
  assert.ok(answer.text.includes('database.added') && answer.text.includes('database.changed'));
});

test('a removed server is gone', { skip }, async () => {
  const answer = await app.remove(`/api/v1/databases/${shop.id}`);
  assert.equal(answer.status, 204, answer.text);
  check(await preview(byName.orders.id), { status: 404, problem: { code: 'not_found' } });
});

logHoldsNoSecret();
