// Charts as makers try them out: every grain, the largest values and the rest, filters of the chart's
// own; each beside the SQL that one would write by hand over the same files.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openFlights } from '../harness/flights.mjs';
import { tablesOf } from './support/databases.mjs';
import { demoServer } from './support/demo_server.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
const flights = await openFlights();
after(() => server.end());
after(() => flights.close());

const { app } = server;
const [database] = (await app.get('/api/v1/databases')).databases;
const { flights: table } = await tablesOf(app, database.id);
const preview = (spec, more = {}) =>
  app.send({
    method: 'POST',
    path: '/api/v1/content/charts/preview',
    body: { spec: { table: table.id, type: 'table', limitRows: 100_000, ...spec }, ...more },
  });

async function rowsOf(spec) {
  const answer = await preview(spec);
  assert.equal(answer.status, 200, answer.text);
  const { columns } = answer.json;
  return columns[0].values.map((_, i) => columns.map(({ values }) => values[i]));
}

/** Numbers within rounding, everything else exactly; in the order of the SQL. */
async function assertAs(spec, sql) {
  const [actual, expected] = [await rowsOf(spec), await flights.rows(sql)];
  assert.equal(actual.length, expected.length, 'rows');
  for (const [i, row] of expected.entries()) {
    for (const [j, value] of row.entries()) {
      const found = actual[i][j];
      const same =
        typeof value === 'number' && typeof found === 'number'
          ? Math.abs(found - value) <= 1e-9 * Math.max(1, Math.abs(value))
          : found === value;
      assert.ok(same, `row ${i}: ${JSON.stringify(actual[i])}, not ${JSON.stringify(row)}`);
    }
  }
}

const day = (grain) => `strftime(date_trunc('${grain}', date), '%Y-%m-%d')`;
const moment = (grain) => `strftime(date_trunc('${grain}', date), '%Y-%m-%dT%H:%M:%SZ')`;
for (const [grain, key] of [
  ['minute', moment('minute')],
  ['hour', moment('hour')],
  ['day', day('day')],
  ['week', day('week')],
  ['month', day('month')],
  ['quarter', day('quarter')],
  ['year', day('year')],
  ['hourOfDay', 'hour(date)::DOUBLE'],
  ['dayOfWeek', 'isodow(date)::DOUBLE'],
  ['monthOfYear', 'month(date)::DOUBLE'],
]) {
  test(`by ${grain}`, async () => {
    const where = grain === 'minute' ? `WHERE origin = 'AUS'` : '';
    await assertAs(
      {
        metrics: ['flights', 'average_delay'],
        dimensions: [{ dimension: 'date', grain }],
        filters: where ? [{ dimension: 'origin', values: ['AUS'] }] : [],
      },
      `SELECT ${key} AS k, count(*)::DOUBLE, avg(delay) FROM flights ${where}
        GROUP BY k ORDER BY k`,
    );
  });
}

const largest = `(SELECT origin FROM flights GROUP BY origin ORDER BY count(*) DESC, origin LIMIT 5)`;
test('the five largest, and nothing else', async () => {
  await assertAs(
    {
      metrics: ['flights', 'average_delay'],
      dimensions: [{ dimension: 'origin' }],
      top: { count: 5, other: false },
      sort: { by: 'flights', descending: true },
    },
    `SELECT origin, count(*)::DOUBLE AS n, avg(delay) FROM flights WHERE origin IN ${largest}
      GROUP BY origin ORDER BY n DESC, origin`,
  );
});

test('the five largest and the rest, which comes last and is no sum of averages', async () => {
  const spec = {
    metrics: ['flights', 'average_delay', 'late_share'],
    dimensions: [{ dimension: 'origin' }],
    top: { count: 5, other: true },
    sort: { by: 'flights', descending: true },
  };
  await assertAs(
    spec,
    `SELECT CASE WHEN origin IN ${largest} THEN origin END AS o, count(*)::DOUBLE AS n, avg(delay),
      avg(CASE WHEN delay > 15 THEN 1.0 ELSE 0.0 END)
      FROM flights GROUP BY o ORDER BY o IS NULL, n DESC, o`,
  );
  const { columns } = (await preview(spec)).json;
  assert.deepEqual(columns[0].otherAt, [5]);
  assert.equal(columns[1].otherAt, undefined);
});

test('the largest by month: two dimensions, the rest once a month', async () => {
  await assertAs(
    {
      metrics: ['flights'],
      dimensions: [{ dimension: 'origin' }, { dimension: 'date', grain: 'month' }],
      top: { count: 5, other: true },
    },
    `SELECT CASE WHEN origin IN ${largest} THEN origin END AS o, ${day('month')} AS m,
      count(*)::DOUBLE FROM flights GROUP BY o, m ORDER BY o IS NULL, o, m`,
  );
});

for (const [name, filter, where] of [
  ['values', { dimension: 'origin_state', values: ['TX', 'VT'] }, `origin_state IN ('TX', 'VT')`],
  [
    'a range of numbers',
    { dimension: 'distance', from: 100.5, to: 250 },
    'distance BETWEEN 101 AND 250',
  ],
  [
    'a range of days, the last one whole',
    { dimension: 'date', from: '2001-02-01', to: '2001-02-03' },
    `date >= '2001-02-01' AND date < '2001-02-04'`,
  ],
  [
    'a text in whatever case',
    { dimension: 'origin_city', contains: 'SAN ' },
    `origin_city ILIKE '%san %'`,
  ],
  ['a per cent sign', { dimension: 'origin_city', contains: '%' }, 'false'],
  ['a preset that has no flights', { dimension: 'date', preset: 'last7Days' }, 'false'],
]) {
  test(`filtered by ${name}`, async () => {
    await assertAs(
      { metrics: ['flights'], filters: [filter] },
      `SELECT count(*)::DOUBLE FROM flights WHERE ${where}`,
    );
  });
}

for (const [name, spec, field] of [
  ['an unknown type', { type: 'radar', metrics: ['flights'] }, 'spec.type'],
  ['an unknown metric', { metrics: ['none'] }, 'spec.table'],
  ['SQL for a metric', { metrics: ['count(*)'] }, 'spec.table'],
  [
    'a grain on text',
    { metrics: ['flights'], dimensions: [{ dimension: 'origin', grain: 'day' }] },
    'spec.table',
  ],
  [
    'a range on text',
    { metrics: ['flights'], filters: [{ dimension: 'origin', from: 1 }] },
    'spec.table',
  ],
  ['a foreign table', { table: 'tbl_none', metrics: ['flights'] }, 'spec.table'],
  [
    'a heatmap of one dimension',
    { type: 'heatmap', metrics: ['flights'], dimensions: [{ dimension: 'origin' }] },
    'spec.dimensions',
  ],
  ['a member that is none', { metrics: ['flights'], sql: 'SELECT 1' }, 'spec.sql'],
]) {
  test(`${name} is refused in words`, async () => {
    const answer = await preview(spec);
    assert.equal(answer.status, 400, answer.text);
    assert.equal(answer.json.code, 'invalid_body');
    assert.equal(answer.json.field, field);
    assert.doesNotMatch(answer.text, /SELECT |duckdb|"values"/i);
  });
}

test('charts are kept, changed once each version, and not removed while they are shown', async () => {
  const path = '/api/v1/content/charts';
  const spec = {
    table: table.id,
    type: 'bar',
    metrics: ['flights'],
    dimensions: [{ dimension: 'origin' }],
  };
  const made = await app.post(path, { name: 'Mine', spec });
  assert.equal(made.version, 1);
  assert.deepEqual(made.dashboards, []);
  const put = (body) => app.send({ method: 'PUT', path: `${path}/${made.id}`, body });
  const changed = await put({ version: 1, name: 'Mine too', spec: { ...spec, type: 'funnel' } });
  assert.equal(changed.status, 200, changed.text);
  assert.equal(changed.json.version, 2);
  const late = await put({ version: 1, name: 'Lost', spec });
  assert.equal(late.status, 409);
  assert.equal(late.json.code, 'conflict');
  assert.equal(late.json.current.name, 'Mine too');
  assert.equal(late.json.current.spec.type, 'funnel');
  assert.equal((await app.remove(`${path}/${made.id}`)).status, 204);
  assert.equal((await app.send({ path: `${path}/${made.id}` })).status, 404);
  const shown = (await app.get(`/api/v1/dashboards/${server.dashboard}`)).tiles[0].chart.id;
  const refused = await app.remove(`${path}/${shown}`);
  assert.equal(refused.status, 409);
  assert.equal(refused.json.code, 'content_in_use');
  assert.match(refused.text, /Departures/);
});

logHoldsNoSecret();
