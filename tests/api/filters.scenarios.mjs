// Filter values of POST /api/v1/dashboards/{id}/data: they narrow, and nothing else.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openFlights } from '../harness/flights.mjs';
import { assertCharts } from './support/departures.mjs';
import { bearer, demoServer, readCharts } from './support/demo_server.mjs';
import { scenario } from './support/scenario.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
const flights = await openFlights();
after(() => server.end());
after(() => flights.close());

const path = `/api/v1/dashboards/${server.dashboard}`;
const { tiles, filters } = await server.app.get(path);
const names = new Map(tiles.map(({ chart }) => [chart.id, chart.name]));
const token = await server.mint({ user: { attributes: { state: 'TX' } } });
const read = (origin) =>
  readCharts(server, server.dashboard, bearer(token), { filters: { origin } });

test('the description names the filters', () => {
  const charts = tiles.map(({ chart }) => chart.id);
  assert.deepEqual(filters, [
    { id: 'origin', label: 'Origin', kind: 'category', multiple: true, charts },
  ]);
});

for (const [name, values, where] of [
  ['one value narrows', ['DFW'], "origin = 'DFW'"],
  ['two values are either', ['DFW', 'HOU'], "origin IN ('DFW', 'HOU')"],
  ['a value twice counts once', ['HOU', 'HOU'], "origin = 'HOU'"],
  ['an empty list does not filter', [], 'true'],
  ['a foreign airport gives nothing', ['SFO'], 'false'],
  ['a foreign airport beside an own one adds nothing', ['SFO', 'DFW'], "origin = 'DFW'"],
  ['lower case is another value', ['dfw'], 'false'],
  ['an always true condition is text', ["' OR '1'='1"], 'false'],
  ['a second statement is text', ["DFW'); DROP TABLE flights; --"], 'false'],
  ['the end of the sub-query is text', ["DFW') OR origin_state = 'CA' --"], 'false'],
  ['a UNION is text', ["x') UNION ALL SELECT origin FROM flights --"], 'false'],
  ['an empty text', [''], 'false'],
  ['no value beside one', [null, 'DFW'], "origin = 'DFW'"],
]) {
  test(`a filter on the origin: ${name}`, async () => {
    const { charts, text } = await read(values);
    await assertCharts(flights, charts, names, `origin_state = 'TX' AND ${where}`);
    assert.doesNotMatch(text, /SFO|\bSELECT\b|duckdb/i);
  });
}

test('without a body’s filters all of the token’s rows come', async () => {
  for (const body of [{}, { filters: {} }]) {
    const { charts } = await readCharts(server, server.dashboard, bearer(token), body);
    await assertCharts(flights, charts, names, "origin_state = 'TX'");
  }
});

test('an admin’s filter reaches every state', async () => {
  const headers = { cookie: server.app.cookie };
  const body = { filters: { origin: ['SFO'] } };
  const { charts } = await readCharts(server, server.dashboard, headers, body);
  await assertCharts(flights, charts, names, "origin = 'SFO'");
});

for (const [body, field] of [
  [{ filters: { destination: ['SFO'] } }, 'filters.destination'],
  [{ filters: { origin_state: ['CA'] } }, 'filters.origin_state'],
  [{ filters: { 'origin" OR 1=1 --': ['CA'] } }, 'filters.origin" OR 1=1 --'],
  [{ filters: { origin: 'DFW' } }, 'filters.origin'],
  [{ filters: { origin: [7] } }, 'filters.origin'],
  [{ filters: { origin: [['DFW']] } }, 'filters.origin'],
  [{ filters: { origin: { in: ['DFW'] } } }, 'filters.origin.in'],
  [{ filters: { origin: { contains: 'DFW' } } }, 'filters.origin'],
  [{ filters: { origin: { from: 1 } } }, 'filters.origin'],
  [{ filters: { origin: ['D\u0000FW'] } }, 'filters.origin'],
  [{ filters: { origin: Array(1001).fill('DFW') } }, 'filters.origin'],
  [{ filters: [] }, 'filters'],
  [{ filters: null }, 'filters'],
  [{ sql: 'SELECT 1' }, 'sql'],
  [{ charts: ['cht_unknown'] }, 'charts'],
  [{ charts: 'all' }, 'charts'],
  [{ points: { cht_unknown: 0 } }, 'points'],
  [{ points: [300] }, 'points'],
  [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
  [{ timeZone: '../../../etc/passwd' }, 'timeZone'],
  [{ selections: {} }, 'selections'],
  [
    { selections: [{ chart: 'cht_unknown', dimension: 'origin', values: ['DFW'] }] },
    'selections.chart',
  ],
  [{ environment: 'production' }, 'environment'],
]) {
  scenario(server, `${JSON.stringify(body).slice(0, 60)} is refused`, {
    send: { method: 'POST', path: `${path}/data`, headers: bearer(token), body },
    status: 400,
    problem: { code: 'invalid_body', field },
    notExpected: ['"values"', '"chart"'],
  });
}

for (const [name, more, status, code, field] of [
  ['no body', { body: '' }, 400, 'invalid_json'],
  ['text', { body: 'all' }, 400, 'invalid_json'],
  [
    'a filter twice',
    { body: '{"filters":{"origin":["DFW"],"origin":["SFO"]}}' },
    400,
    'invalid_json',
    'origin',
  ],
  ['nesting of 10,000 levels', { body: '['.repeat(10_000) }, 400, 'invalid_json'],
  ['10 MB', { body: Buffer.alloc(10_000_000, 0x20) }, 413, 'body_too_large'],
  [
    'a form',
    { body: 'filters=1', type: 'application/x-www-form-urlencoded' },
    415,
    'unsupported_media_type',
  ],
]) {
  scenario(server, `a data request with ${name}`, {
    send: {
      method: 'POST',
      path: `${path}/data`,
      headers: { ...bearer(token), ...(more.type ? { 'content-type': more.type } : {}) },
      body: more.body,
    },
    status,
    problem: { code, field },
    notExpected: ['"values"', '"chart"'],
  });
}

logHoldsNoSecret();
