// Which rows a viewer gets: every number of every chart against SQL written by hand, and what must
// never be among them.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openFlights } from '../harness/flights.mjs';
import { signIn } from './support/app.mjs';
import { assertCharts } from './support/departures.mjs';
import { bearer, createUser, demoServer, readCharts } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check, scenario } from './support/scenario.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
const flights = await openFlights();
after(() => server.end());
after(() => flights.close());

const path = `/api/v1/dashboards/${server.dashboard}`;
const description = await server.app.get(path);
const names = new Map(description.tiles.map(({ chart }) => [chart.id, chart.name]));
const tokenFor = (state, more = {}) => server.mint({ user: { attributes: { state } }, ...more });
const read = (token, body) => readCharts(server, server.dashboard, bearer(token), body);

const driverTexts = /\bSELECT\b|duckdb|origin_state =|\/tmp|exception/i;

/** Airport codes of every state but `state`. */
async function foreignAirports(state) {
  const rows = await flights.rows(
    `SELECT DISTINCT origin FROM flights WHERE origin_state <> '${state}'`,
  );
  return rows.flat();
}

for (const state of ['TX', 'VT', 'CA']) {
  test(`a token for ${state} gets the rows of ${state} and no other`, async () => {
    const { text, charts } = await read(await tokenFor(state));
    await assertCharts(flights, charts, names, `origin_state = '${state}'`);
    assert.ok(!text.includes('3000000'), 'the count of all flights');
    assert.doesNotMatch(text, driverTexts);
    const foreign = new Set(await foreignAirports(state));
    const lines = charts.flatMap(({ columns }) => columns);
    for (const { name, values } of lines) {
      if (name === 'origin') for (const code of values) assert.ok(!foreign.has(code), code);
      if (name === 'origin_state') assert.deepEqual(values, [state]);
    }
  });
}

test('a production token gets the same rows', async () => {
  const token = await server.mint(
    { user: { attributes: { state: 'VT' } } },
    server.keys.production,
  );
  await assertCharts(flights, (await read(token)).charts, names, "origin_state = 'VT'");
});

test('two states at the same time do not mix', async () => {
  const tokens = await Promise.all(['NH', 'ID', 'RI', 'UT'].map((state) => tokenFor(state)));
  const answers = await Promise.all([...tokens, ...tokens].map((token) => read(token)));
  for (const [i, { charts }] of answers.entries()) {
    const state = ['NH', 'ID', 'RI', 'UT'][i % 4];
    await assertCharts(flights, charts, names, `origin_state = '${state}'`);
  }
});

test('a signed-in admin sees all rows', async () => {
  const { charts } = await readCharts(server, server.dashboard, { cookie: server.app.cookie });
  await assertCharts(flights, charts, names, 'true');
});

test('a signed-in maker sees all rows, an explorer none', async () => {
  const maker = await signIn(
    server,
    await createUser(server.dataDir, 'maker@demo.example', 'maker'),
  );
  const all = await readCharts(server, server.dashboard, { cookie: maker.cookie });
  await assertCharts(flights, all.charts, names, 'true');
  const account = await createUser(server.dataDir, 'explorer@demo.example', 'explorer');
  const explorer = await signIn(server, account);
  const none = await readCharts(server, server.dashboard, { cookie: explorer.cookie });
  assertAllRefused(none, 'attribute_missing', 'state');
});

/** Every line is an error that names the attribute, and no row is there. */
function assertAllRefused({ text, charts }, code, attribute) {
  assert.equal(charts.length, names.size);
  for (const { error, columns } of charts) {
    assert.equal(columns, undefined);
    assert.equal(error.code, code);
    assert.equal(error.field, `user.attributes.${attribute}`);
    assert.match(error.detail, new RegExp(`“${attribute}”`));
  }
  assert.doesNotMatch(text, /"values"|3000000/);
  assert.doesNotMatch(text, driverTexts);
}

test('a token without the attribute gets no rows and is told which is missing', async () => {
  assertAllRefused(await read(await server.mint({})), 'attribute_missing', 'state');
});

test('another attribute than the rule’s does not open it', async () => {
  await server.app.addAttribute('origin_state', 'string');
  const token = await server.mint({ user: { attributes: { origin_state: 'TX' } } });
  assertAllRefused(await read(token), 'attribute_missing', 'state');
});

for (const [name, state] of [
  ['a state that does not exist', 'ZZ'],
  ['lower case', 'tx'],
  ['an empty text', ''],
  ['a space behind', 'TX '],
  ['the pattern %', '%'],
  ['the star', '*'],
  ['the file’s word for unknown', 'NA'],
  ['the word NULL', 'NULL'],
  ['an always true condition', "' OR '1'='1"],
  ['a second statement', "TX'; DROP TABLE flights; --"],
  ['a UNION', "TX' UNION SELECT * FROM airports --"],
  ['a double quote', 'TX" OR "1"="1'],
  ['a placeholder', '$1'],
  ['a backslash', "TX\\' OR 1=1 --"],
  ['letters of other scripts', 'ＴＸ'],
  ['4,000 letters', 'x'.repeat(4000)],
]) {
  test(`state as ${name} matches nothing`, async () => {
    const { charts, text } = await read(await tokenFor(state));
    await assertCharts(flights, charts, names, 'false');
    assert.doesNotMatch(text, driverTexts);
  });
}

test('after all of these the data is unharmed', async () => {
  const { charts } = await readCharts(server, server.dashboard, { cookie: server.app.cookie });
  await assertCharts(flights, charts, names, 'true');
});

test('the scope tells the viewer what is locked', async () => {
  const answer = await send(server, { path, headers: bearer(await tokenFor('TX')) });
  check(answer, {
    json: {
      name: 'Departures',
      environment: 'sandbox',
      scope: [{ attribute: 'state', values: ['TX'] }],
    },
    headers: { 'cache-control': 'no-store' },
    notExpected: ['origin_state', 'rule', 'admin@'],
  });
  assert.equal(answer.json.tiles.length, names.size);
  assert.equal(description.environment, null);
  assert.deepEqual(description.scope, []);
});

test('a token without the attribute may read the description, with an empty scope', async () => {
  const answer = await send(server, { path, headers: bearer(await server.mint({})) });
  check(answer, { json: { scope: [] } });
});

logHoldsNoSecret();
