// A chart on its own, as <aracari-chart> asks for it: who may see which, its rows beside SQL written by hand, and that
// every kind of absence looks the same.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openFlights } from '../harness/flights.mjs';
import { signIn } from './support/app.mjs';
import { tablesOf } from './support/databases.mjs';
import { bearer, createUser, demoServer } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check } from './support/scenario.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
const flights = await openFlights();
after(() => server.end());
after(() => flights.close());

const { app } = server;
const { tiles } = await app.get(`/api/v1/dashboards/${server.dashboard}`);
const idOf = (name) => tiles.find(({ chart }) => chart.name === name).chart.id;
const count = idOf('Number of flights');
const byOrigin = idOf('Average delay by origin, top 10');
const [database] = (await app.get('/api/v1/databases')).databases;
const { flights: table } = await tablesOf(app, database.id);
const nowhere = await app.post('/api/v1/content/charts', {
  name: 'On no dashboard',
  spec: { table: table.id, type: 'value', metrics: ['flights'] },
});

const user = { attributes: { state: 'TX' } };
const tokenOf = (more) => server.mint({ user, ...more });
const ask = (headers, id) => send(server, { path: `/api/v1/charts/${id}`, headers });
const post = (headers, id, what, body = {}) =>
  send(server, { method: 'POST', path: `/api/v1/charts/${id}/${what}`, headers, body });
const notFound = {
  status: 404,
  problem: { code: 'not_found' },
  notExpected: ['Number of flights'],
};

/** The chart is there on every route. */
async function assertSeen(headers, id, name) {
  check(await ask(headers, id), { json: { chart: { id, name } } });
  check(await post(headers, id, 'data'), { expected: ['"columns"', '{"end":true,"charts":1}'] });
  check(await post(headers, id, 'rows', { limit: 1 }), { expected: ['"columns"'] });
}

/** It is on none, and nothing tells why. */
async function assertUnseen(headers, id) {
  const answers = [
    await ask(headers, id),
    await post(headers, id, 'data'),
    await post(headers, id, 'rows'),
  ];
  for (const answer of answers) {
    check(answer, notFound);
    assert.equal(answer.json.detail, 'There is no such chart.');
  }
}

test('a chart, told to a token and to a person', async () => {
  const answer = await ask(bearer(await tokenOf()), byOrigin);
  check(answer, {
    json: {
      chart: { id: byOrigin, name: 'Average delay by origin, top 10', type: 'bar' },
      environment: 'sandbox',
      scope: [{ attribute: 'state', values: ['TX'] }],
      theme: {},
    },
    headers: { 'cache-control': 'no-store' },
    notExpected: ['origin_state', 'rule', 'Departures'],
  });
  assert.ok(Date.parse(answer.json.expiresAt) > Date.parse(answer.json.serverTime));
  const mine = await app.get(`/api/v1/charts/${byOrigin}`);
  assert.equal(mine.environment, null);
  assert.equal(mine.expiresAt, null);
  assert.deepEqual(mine.scope, []);
});

test('its data and its rows are those of the viewer', async () => {
  const headers = bearer(await tokenOf());
  const lines = (await post(headers, byOrigin, 'data')).text.trim().split('\n');
  assert.equal(lines.length, 2);
  const { chart, columns } = JSON.parse(lines[0]);
  assert.equal(chart, byOrigin);
  const expected = await flights.rows(`SELECT origin, avg(delay) AS average FROM flights
    WHERE origin_state = 'TX' GROUP BY origin ORDER BY average DESC, origin LIMIT 10`);
  assert.deepEqual(
    columns[0].values,
    expected.map(([origin]) => origin),
  );
  for (const [i, [, average]] of expected.entries()) {
    assert.ok(Math.abs(columns[1].values[i] - average) < 1e-9, `row ${i}`);
  }
  const at = [{ dimension: 'origin', value: expected[0][0] }];
  const { json } = await post(headers, byOrigin, 'rows', { at, limit: 1000 });
  const [[rows]] = await flights.rows(
    `SELECT count(*)::DOUBLE FROM flights WHERE origin = '${expected[0][0]}'`,
  );
  const origins = json.columns.find(({ name }) => name === 'origin').values;
  assert.equal(origins.length, Math.min(rows, 1000));
  assert.ok(origins.every((origin) => origin === expected[0][0]));
  const foreign = [{ dimension: 'origin', value: 'JFK' }];
  const none = (await post(headers, byOrigin, 'rows', { at: foreign })).json;
  assert.ok(none.columns.every(({ values }) => values.length === 0));
});

test('a list of charts decides in place of the dashboards', async () => {
  const headers = bearer(await tokenOf({ resources: { dashboards: [], charts: [count] } }));
  await assertSeen(headers, count, 'Number of flights');
  await assertUnseen(headers, byOrigin);
  await assertUnseen(headers, nowhere.id);
  const named = bearer(await tokenOf({ resources: { charts: [nowhere.id] } }));
  await assertSeen(named, nowhere.id, 'On no dashboard');
  await assertUnseen(named, count);
});

test('without a list: what is on a dashboard that the token may see, and nothing else', async () => {
  const headers = bearer(await tokenOf());
  await assertSeen(headers, count, 'Number of flights');
  await assertUnseen(headers, nowhere.id);
  await assertUnseen(headers, 'cht_none');
  const one = bearer(await tokenOf({ resources: { dashboards: [server.dashboard] } }));
  await assertSeen(one, count, 'Number of flights');
  await assertUnseen(bearer(await tokenOf({ resources: { dashboards: [] } })), count);
  await assertUnseen(bearer(await tokenOf({ resources: { charts: [] } })), count);
  await assertUnseen(bearer(await tokenOf({ permissions: { chart: ['can_view'] } })), count);
});

test('a token that may not view charts is told so, of whatever chart', async () => {
  const token = await tokenOf({
    permissions: { dashboard: ['can_edit'] },
    resources: { charts: [count] },
  });
  for (const id of [count, 'cht_none']) {
    for (const answer of [
      await ask(bearer(token), id),
      await post(bearer(token), id, 'data'),
      await post(bearer(token), id, 'rows'),
    ]) {
      check(answer, { status: 403, problem: { code: 'permission_missing' } });
    }
  }
});

test('people: makers see all, explorers those on published dashboards', async () => {
  const sessionOf = async (role) => {
    const account = await createUser(server.dataDir, `${role}@demo.example`, role);
    return { cookie: (await signIn(server, account)).cookie };
  };
  const [maker, explorer] = [await sessionOf('maker'), await sessionOf('explorer')];
  await assertSeen(maker, count, 'Number of flights');
  await assertSeen(maker, nowhere.id, 'On no dashboard');
  check(await ask(explorer, count), { json: { chart: { id: count }, scope: [] } });
  await assertUnseen(explorer, nowhere.id);
  await app.post(`/api/v1/dashboards/${server.dashboard}/unpublish`, {});
  try {
    await assertUnseen(explorer, count);
    await assertUnseen(bearer(await tokenOf()), count);
    await assertSeen(maker, count, 'Number of flights');
  } finally {
    await app.post(`/api/v1/dashboards/${server.dashboard}/publish`, {});
  }
  check(await ask(explorer, count), { json: { chart: { id: count } } });
});

test('what the rules refuse is refused here', async () => {
  const headers = bearer(await server.mint({}));
  check(await ask(headers, byOrigin), { json: { scope: [] } });
  check(await post(headers, byOrigin, 'data'), {
    expected: ['attribute_missing'],
    notExpected: ['"values"'],
  });
  check(await post(headers, byOrigin, 'rows'), {
    status: 400,
    problem: { code: 'attribute_missing', field: 'user.attributes.state' },
    notExpected: ['"values"'],
  });
});

for (const [name, what, body, field] of [
  ['a filter of its dashboard', 'data', { filters: { origin: ['AUS'] } }, 'filters.origin'],
  ['a filter of its dashboard', 'rows', { filters: { origin: ['AUS'] } }, 'filters.origin'],
  ['another chart', 'data', { charts: ['cht_none'] }, 'charts'],
  ['a place of another chart', 'rows', { at: [{ dimension: 'late', value: 1 }] }, 'at.dimension'],
  ['a member that is none', 'data', { sql: 'x' }, 'sql'],
]) {
  test(`${what}: ${name} is refused`, async () => {
    check(await post(bearer(await tokenOf()), byOrigin, what, body), {
      status: 400,
      problem: { code: 'invalid_body', field },
      notExpected: ['"values"'],
    });
  });
}

test('no filters at all are none, and a selection leaves its own chart alone', async () => {
  const headers = bearer(await tokenOf());
  const plain = (await post(headers, byOrigin, 'data')).text;
  const selections = [{ chart: byOrigin, dimension: 'origin', values: ['AUS'] }];
  assert.equal((await post(headers, byOrigin, 'data', { filters: {}, selections })).text, plain);
});

test('pages of other origins, expired and foreign credentials are refused as on dashboards', async () => {
  const live = await server.mint({ user }, server.keys.production);
  const origin = 'https://evil.example';
  for (const answer of [
    await ask({ ...bearer(live), origin }, count),
    await post({ ...bearer(live), origin }, count, 'data'),
    await post({ ...bearer(live), origin }, count, 'rows'),
  ]) {
    check(answer, {
      status: 403,
      problem: { code: 'origin_not_authorized' },
      notExpected: ['"values"'],
    });
  }
  check(await ask({}, count), { status: 401, problem: { code: 'token_missing' } });
  await app.addOrigin('https://shop.example', 'production');
  const shop = { ...bearer(live), origin: 'https://shop.example' };
  check(await ask(shop, count), {
    headers: { 'access-control-allow-origin': 'https://shop.example' },
  });
});

test('revoked, it goes out of reach of the tokens that were minted before, wherever it is', async () => {
  const listed = bearer(await tokenOf({ resources: { charts: [count, byOrigin] } }));
  const whole = bearer(await tokenOf());
  await assertSeen(listed, count, 'Number of flights');
  await app.post('/api/v1/revocations', { kind: 'chart', environment: 'sandbox', subject: count });
  await assertUnseen(listed, count);
  await assertUnseen(whole, count);
  await assertSeen(listed, byOrigin, 'Average delay by origin, top 10');
  const dashboard = { kind: 'dashboard', environment: 'sandbox', subject: server.dashboard };
  await app.post('/api/v1/revocations', dashboard);
  await assertUnseen(whole, byOrigin);
  await assertSeen(listed, byOrigin, 'Average delay by origin, top 10');
});

logHoldsNoSecret();
