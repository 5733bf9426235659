// The canary: the demo's charts over flights of two tenants, where everything of the second holds a
// marker. Whatever the first one asks, and whatever goes wrong, the marker is in no answer (send()
// looks), in nothing that the server printed, and in no file that it wrote.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { command } from '../harness/aracari.mjs';
import { signIn } from './support/app.mjs';
import { changed, tablesOf, writeDatabase } from './support/databases.mjs';
import {
  bearer,
  copyDemo,
  createUser,
  mint,
  readCharts,
  watchedServer,
} from './support/demo_server.mjs';
import { download, unzip } from './support/files.mjs';
import { send } from './support/request.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';
import { filesThatHold } from './support/traces.mjs';

// Numbers and days mark foreign rows, too: a sum or a maximum over them would show.
const marker = keepSecret(`CANARY${randomBytes(8).toString('hex')}`);
const markedNumber = keepSecret('98765432');
const markedDay = keepSecret('1987-06');
const tenants = 200_000;

/** More rows than a vector or a row group of the engine holds, own and foreign ones mixed. */
const flights = `CREATE TABLE flights AS SELECT
    CASE WHEN own THEN TIMESTAMP '2001-01-05 10:00:00' + INTERVAL (i % 40) DAY
      ELSE TIMESTAMP '1987-06-05 23:00:00' END AS date,
    CASE WHEN own THEN i % 60 - 5 ELSE ${markedNumber} END::INTEGER AS delay,
    CASE WHEN own THEN i % 2000 ELSE ${markedNumber} END::INTEGER AS distance,
    CASE WHEN own THEN 'TX' || i % 7 ELSE '${marker}-origin' END AS origin,
    CASE WHEN own THEN 'D' || i % 5 ELSE '${marker}-destination' END AS destination,
    CASE WHEN own THEN 'Austin' ELSE '${marker}-city' END AS origin_city,
    CASE WHEN own THEN 'TX' ELSE '${marker}-state' END AS origin_state,
    CASE WHEN own THEN 30.5 ELSE ${markedNumber} END::DOUBLE AS origin_latitude,
    CASE WHEN own THEN 30.5 ELSE ${markedNumber} END::DOUBLE AS origin_longitude
  FROM (SELECT i, i % 3 = 0 AS own FROM range(${tenants}) r(i)) s`;

const { dataDir, account } = await copyDemo();
await rm(join(dataDir, 'databases', 'us-flights.duckdb'));
await writeDatabase(dataDir, 'us-flights.duckdb', [
  flights,
  // Shared: everybody sees it.
  `CREATE TABLE airports AS SELECT 'AUS' AS iata, 'Bergstrom' AS name, 'Austin' AS city,
    'TX' AS state, 'USA' AS country, 30.5 AS latitude, 30.5 AS longitude`,
  'CREATE TABLE copies AS SELECT i FROM range(8) r(i)',
]);
// So little memory that a sort of all rows goes to the disk.
const args = ['--engine-memory-mib=64', '--engine-threads=1'];
let server = await watchedServer({ dataDir, args });
after(async () => {
  await server.stop();
  await rm(join(dataDir, '..'), { recursive: true, force: true });
});
let app = await signIn(server, account);
const keys = {
  sandbox: (await app.createKey({ environment: 'sandbox' })).secret,
  production: (await app.createKey({ environment: 'production' })).secret,
};
const dashboard = (await app.get('/api/v1/dashboards')).dashboards[0].id;
const database = (await app.get('/api/v1/databases')).databases[0].id;
const tables = await tablesOf(app, database);
const tokenOf = (attributes, key = keys.sandbox) => mint(server, { user: { attributes } }, key);
const own = await tokenOf({ state: 'TX' });
const reader = await signIn(server, await createUser(dataDir, 'reader@demo.example', 'explorer'));
const dashboardPath = `/api/v1/dashboards/${dashboard}`;
const explain = (who, body) => who.send({ method: 'POST', path: `${dashboardPath}/explain`, body });
const holder = (token) => ({
  send: (wanted) => send(server, { ...wanted, headers: bearer(token) }),
});
const preview = (body, table = tables.flights.id) =>
  app.send({ method: 'POST', path: `/api/v1/tables/${table}/preview`, body });

const ownRows = Math.ceil(tenants / 3);
/** What the chart "Number of flights" shows; undefined where it is refused. */
const totalOf = ({ charts }) =>
  charts.find(({ columns }) => columns?.length === 1 && columns[0].name === 'flights')?.columns[0]
    .values[0];

test('the foreign rows are there', async () => {
  const { rows } = await preview({ token: own }).then(({ json }) => json);
  assert.ok(rows.length > 0);
  const [line] = (await explain(app, { token: own })).text
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  assert.equal(line.tables[0].rowsBefore, tenants);
  assert.equal(line.tables[0].rowsAfter, ownRows);
});

for (const environment of ['sandbox', 'production']) {
  test(`charts of a ${environment} token, twice, so that the second come from the cache`, async () => {
    const token = await tokenOf({ state: 'TX' }, keys[environment]);
    for (let time = 0; time < 2; ++time) {
      const answer = await readCharts(server, dashboard, bearer(token));
      assert.equal(answer.charts.length, 8);
      for (const chart of answer.charts)
        assert.equal(chart.error, undefined, JSON.stringify(chart));
      assert.equal(totalOf(answer), ownRows);
    }
  });
}

test('filters, with own values and guessed ones', async () => {
  for (const origin of [['TX1'], ['TX1', '%'], ['CANARY'], ['%'], ["' OR '1'='1"], ['']]) {
    const { charts } = await readCharts(server, dashboard, bearer(own), { filters: { origin } });
    assert.equal(charts.length, 8);
  }
  // Who knows the foreign value learns nothing by it; the answer does not repeat it either.
  const known = { filters: { origin: [`${marker}-origin`] } };
  assert.equal(totalOf(await readCharts(server, dashboard, bearer(own), known)), 0);
});

test('values to choose from, and rows behind a chart', async () => {
  const { tiles } = await holder(own)
    .send({ path: dashboardPath })
    .then(({ json }) => json);
  const post = (path, body) =>
    holder(own).send({ method: 'POST', path: `${dashboardPath}${path}`, body });
  for (const body of [{}, { search: 'canary' }, { search: marker }, { search: '%' }]) {
    const { json } = await post('/filters/origin/values', body);
    assert.deepEqual(json.values, body.search ? [] : [0, 1, 2, 3, 4, 5, 6].map((i) => `TX${i}`));
    assert.equal(json.more, false);
  }
  for (const { chart } of tiles) {
    for (const body of [{}, { limit: 1000 }, { filters: { origin: [`${marker}-origin`] } }]) {
      const answer = await post(`/charts/${chart.id}/rows`, body);
      assert.equal(answer.status, 200, answer.text);
      const { columns } = answer.json;
      const state = columns.find(({ name }) => name === 'origin_state');
      assert.ok(
        state.values.every((value) => value === 'TX'),
        'own rows alone',
      );
    }
  }
  const byOrigin = tiles.find(({ chart }) => chart.name.includes('by origin')).chart.id;
  const at = [{ dimension: 'origin', value: `${marker}-origin` }];
  const behind = await post(`/charts/${byOrigin}/rows`, { at });
  assert.equal(behind.json.columns[0].values.length, 0);
  const selections = [{ chart: byOrigin, dimension: 'origin', values: [`${marker}-origin`] }];
  assert.equal(totalOf(await readCharts(server, dashboard, bearer(own), { selections })), 0);
});

test('charts on their own', async () => {
  const { tiles } = (await holder(own).send({ path: dashboardPath })).json;
  for (const { chart } of tiles) {
    const path = `/api/v1/charts/${chart.id}`;
    const post = (what, body) =>
      holder(own).send({ method: 'POST', path: `${path}/${what}`, body });
    assert.equal((await holder(own).send({ path })).status, 200);
    const data = await post('data', {});
    assert.match(data.text, /"columns"/);
    const rows = await post('rows', { limit: 1000 });
    const state = rows.json.columns.find(({ name }) => name === 'origin_state');
    assert.ok(
      state.values.every((value) => value === 'TX'),
      'own rows alone',
    );
    const selections = [{ chart: chart.id, dimension: 'origin', values: [`${marker}-origin`] }];
    await post('data', { selections });
    await post('rows', { at: [{ dimension: 'origin', value: `${marker}-origin` }] });
  }
});

test('files of charts and of their rows', async () => {
  const permissions = { dashboard: ['can_view'], chart: ['can_view', 'can_export'] };
  const user = { attributes: { state: 'TX' } };
  const headers = bearer(await mint(server, { user, permissions }, keys.sandbox));
  const { tiles } = (await holder(own).send({ path: dashboardPath })).json;
  const file = (path, body) => download(server, { path: `/api/v1/${path}/export`, headers, body });
  const asText = ({ bytes }) =>
    bytes.toString('latin1', 0, 2) === 'PK' ? JSON.stringify(unzip(bytes)) : bytes.toString();
  for (const { chart } of tiles) {
    for (const body of [
      { format: 'csv', of: 'chart' },
      { format: 'xlsx', of: 'chart' },
      { format: 'csv', of: 'rows' },
    ]) {
      const answer = await file(`dashboards/${dashboard}/charts/${chart.id}`, body);
      assert.equal(answer.status, 200, answer.text);
      const text = asText(answer);
      for (const mark of [marker, markedNumber, markedDay]) assert.ok(!text.includes(mark), mark);
      if (body.of === 'rows') assert.ok(text.split('\r\n').length - 2 <= ownRows);
    }
  }
  const whole = await file(`charts/${tiles[0].chart.id}`, { format: 'xlsx', of: 'rows' });
  const text = asText(whole);
  for (const mark of [marker, markedNumber, markedDay]) assert.ok(!text.includes(mark), mark);
  const known = { filters: { origin: [`${marker}-origin`] } };
  const none = await file(`dashboards/${dashboard}/charts/${tiles[0].chart.id}`, {
    format: 'csv',
    of: 'rows',
    ...known,
  });
  assert.equal(none.text.trim().split('\r\n').length, 1, 'the head alone');
});

test('requests that are refused', async () => {
  for (const [headers, body] of [
    [bearer(own), { filters: { origin: [7] } }],
    [bearer(own), { filters: { nowhere: ['TX1'] } }],
    [bearer(own), { filters: 'x' }],
    [bearer(own), '{"filters": '],
    [bearer('x.y.z'), {}],
    [{}, {}],
  ]) {
    const answer = await send(server, {
      method: 'POST',
      path: `${dashboardPath}/data`,
      headers,
      body,
    });
    assert.ok(answer.status >= 400, answer.text);
  }
});

test('tokens without a right, and an explorer, get refusals in place of rows', async () => {
  for (const headers of [
    bearer(await tokenOf({})),
    bearer(await tokenOf({ state: '' })),
    bearer(await tokenOf({ state: "TX' OR '1'='1" })),
    { cookie: reader.cookie },
  ]) {
    const answer = await readCharts(server, dashboard, headers);
    assert.ok([undefined, 0].includes(totalOf(answer)), answer.text);
  }
});

test('explain and compare, by the token and by a maker', async () => {
  const other = await tokenOf({ state: 'CA' });
  for (const token of [own, other, await tokenOf({})]) {
    for (const answer of [await explain(app, { token }), await explain(holder(token), {})]) {
      assert.equal(answer.status, 200, answer.text);
    }
    await readCharts(server, dashboard, bearer(token));
  }
});

test('preview with tokens, whole and narrowed, of every table', async () => {
  for (const limit of [1, 200]) {
    const { json } = await preview({ token: own, limit });
    assert.equal(json.rows.length, limit);
  }
  assert.equal((await preview({ token: own }, tables.airports.id)).status, 200);
  await changed(app, tables.flights.id, {
    columns: [
      { name: 'origin_city', access: 'masked' },
      { name: 'delay', access: 'hidden' },
    ],
  });
  assert.equal((await preview({ token: own })).status, 200);
  await readCharts(server, dashboard, bearer(own));
});

test('a SQL table over the same rows, by the same rule', async () => {
  const table = await app.post(`/api/v1/databases/${database}/tables`, {
    name: 'late',
    label: 'Late',
    statement: 'SELECT origin_state AS state, origin, max(delay) AS most FROM flights GROUP BY ALL',
  });
  assert.equal((await preview({ token: own }, table.id)).status, 403);
  await changed(app, table.id, {
    access: 'restricted',
    columns: ['state', 'origin', 'most'].map((name) => ({ name, access: 'visible' })),
    rules: [{ name: 'Own', rows: { column: 'state', operator: 'isEqualTo', attribute: 'state' } }],
  });
  const { json } = await preview({ token: own }, table.id);
  assert.equal(json.rows.length, 7);
});

test('what tells of tables tells nothing of their rows', async () => {
  for (const path of [
    '/api/v1/databases',
    `/api/v1/databases/${database}/tables`,
    `/api/v1/tables/${tables.flights.id}`,
    `/api/v1/tables/${tables.flights.id}/versions`,
    `${dashboardPath}/coverage`,
    '/api/v1/audit',
    '/api/v1/audit/export?format=csv',
  ]) {
    assert.equal((await app.send({ path })).status, 200, path);
  }
  for (const path of ['/api/v1/dashboards', dashboardPath]) {
    assert.equal((await holder(own).send({ path })).status, 200, path);
  }
  await app.post(`/api/v1/databases/${database}/test`, {});
  await app.post(`/api/v1/databases/${database}/refresh`, {});
  await app.post(`/api/v1/databases/${database}/purge`, {});
  const check = await command(['check', '--data-dir', dataDir, '--format', 'json']);
  assert.ok(
    check.stdout.length > 0 && !check.stdout.includes(marker) && !check.stderr.includes(marker),
  );
});

/** A table whose every answer sorts the rows of all tenants before the rule is asked. */
async function makeNumbered() {
  const table = await app.post(`/api/v1/databases/${database}/tables`, {
    name: 'numbered',
    label: 'Numbered',
    statement: `SELECT origin_state AS state, destination, origin_city, row_number() OVER (ORDER BY
      destination DESC, origin, delay, i) AS n FROM flights, copies`,
  });
  await changed(app, table.id, {
    access: 'restricted',
    columns: ['state', 'n'].map((name) => ({ name, access: 'visible' })),
    rules: [{ name: 'Own', rows: { column: 'state', operator: 'isEqualTo', attribute: 'state' } }],
  });
  return table.id;
}

const spilt = () => filesThatHold(join(dataDir, 'spill'), marker);

/** Waits until foreign rows are in spilt files; false when `answer` came before. */
async function isSpiltBefore(answer) {
  let over = false;
  answer.then(() => (over = true));
  while (!over) if ((await spilt()).length > 0) return true;
  return false;
}

test('a query that spills foreign rows to the disk takes them away again', async () => {
  const numbered = await makeNumbered();
  const asked = preview({ token: own, limit: 50 }, numbered);
  assert.ok(await isSpiltBefore(asked), 'nothing was spilt, so nothing was tested');
  const answer = await asked;
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.json.rows.length, 50);
  assert.deepEqual(await spilt(), []);

  // Killed in the middle of it, it leaves them to its next start.
  const cutOff = preview({ token: own, limit: 49 }, numbered).catch(() => undefined);
  assert.ok(await isSpiltBefore(cutOff));
  await server.kill();
  await cutOff;
  server = await watchedServer({ dataDir, args });
  app = await signIn(server, account);
  assert.deepEqual(await spilt(), []);
});

test('no file but the database itself holds the marker, while the server runs and after', async () => {
  const holding = () => filesThatHold(dataDir, marker);
  assert.deepEqual(await holding(), ['databases/us-flights.duckdb']);
  await server.stop();
  assert.deepEqual(await holding(), ['databases/us-flights.duckdb']);
});

logHoldsNoSecret();
