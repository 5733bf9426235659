// Files that viewers take along: what a chart shows and the rows behind it, as CSV and as a workbook; who may, what must
// not be in them, and that one which is broken off is seen to be.

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openFlights } from '../harness/flights.mjs';
import { addDatabase, canary, changed, ownCity, writeDatabase } from './support/databases.mjs';
import { bearer, demoServer } from './support/demo_server.mjs';
import { download, parseCsv, readWorkbook } from './support/files.mjs';
import { send } from './support/request.mjs';
import { check } from './support/scenario.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer({ args: ['--organization-exports-max=2'] });
const flights = await openFlights();
after(() => server.end());
after(() => flights.close());

const { app, dashboard } = server;
const mayExport = { dashboard: ['can_view'], chart: ['can_view', 'can_export'] };
const texas = (more = {}) =>
  server.mint({
    user: { distinctId: 'tex', attributes: { state: 'TX' } },
    permissions: mayExport,
    ...more,
  });
const { tiles } = await app.get(`/api/v1/dashboards/${dashboard}`);
const idOf = (name) => tiles.find(({ chart }) => chart.name === name).chart.id;
const count = idOf('Number of flights');
const byOrigin = idOf('Average delay by origin, top 10');
const late = idOf('Flights over 15 min late by state');
const onDashboard = (chart) => `/api/v1/dashboards/${dashboard}/charts/${chart}/export`;
const alone = (chart) => `/api/v1/charts/${chart}/export`;
const csv = (of, more = {}) => ({ format: 'csv', of, ...more });
const xlsx = (of, more = {}) => ({ format: 'xlsx', of, ...more });
const get = (token, path, body) => download(server, { path, headers: bearer(token), body });
const exported = async () =>
  (await app.get('/api/v1/audit?action=chart.exported&limit=200')).events;

/** A whole CSV file as {head, rows}. */
function csvOf(answer) {
  assert.equal(answer.status, 200, answer.text.slice(0, 500));
  assert.ok(answer.whole);
  assert.equal(answer.headers['content-type'], 'text/csv; charset=utf-8');
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.ok(answer.text.endsWith('\r\n'));
  const [head, ...rows] = parseCsv(answer.text);
  return { head, rows };
}

function workbookOf(answer) {
  assert.equal(answer.status, 200, answer.text.slice(0, 500));
  assert.ok(answer.whole);
  assert.match(answer.headers['content-type'], /spreadsheetml\.sheet$/);
  return readWorkbook(answer.bytes);
}

test('what a chart shows, as CSV: beside the SQL that one would write by hand', async () => {
  const expected = await flights.rows(`SELECT origin, avg(delay) AS average FROM flights
    WHERE origin_state = 'TX' GROUP BY origin ORDER BY average DESC, origin LIMIT 10`);
  const token = await texas();
  for (const path of [onDashboard(byOrigin), alone(byOrigin)]) {
    const answer = await get(token, path, csv('chart'));
    const { head, rows } = csvOf(answer);
    assert.deepEqual(head, ['Origin', 'Average delay']);
    assert.deepEqual(
      rows.map(([origin]) => origin),
      expected.map(([origin]) => origin),
    );
    for (const [i, [, average]] of expected.entries()) {
      assert.ok(Math.abs(Number(rows[i][1]) - average) < 1e-9, `row ${i}`);
    }
    assert.equal(
      answer.headers['content-disposition'],
      'attachment; filename="Average_delay_by_origin_top_10.csv"; ' +
        "filename*=UTF-8''Average%20delay%20by%20origin%2C%20top%2010.csv",
    );
  }
});

test('the rows behind a chart, as CSV: all of the viewer’s and no other', async () => {
  const { head, rows } = csvOf(await get(await texas(), onDashboard(count), csv('rows')));
  const [[own, delays]] = await flights.rows(
    "SELECT count(*)::DOUBLE, sum(delay)::DOUBLE FROM flights WHERE origin_state = 'TX'",
  );
  assert.ok(own > 100_000, 'more than one query may return');
  assert.equal(rows.length, own);
  const column = (label) => head.findIndex((each) => each.toLowerCase() === label);
  const [delay, state] = [column('delay'), column('origin_state')];
  assert.ok(rows.every((cells) => cells.length === head.length && cells[state] === 'TX'));
  assert.equal(
    rows.reduce((sum, cells) => sum + Number(cells[delay]), 0),
    delays,
  );
});

test('filters, selections and a place narrow a file as they narrow the chart', async () => {
  const token = await texas();
  const [[own]] = await flights.rows("SELECT count(*)::DOUBLE FROM flights WHERE origin = 'AUS'");
  const filters = { origin: ['AUS'] };
  const selections = [{ chart: byOrigin, dimension: 'origin', values: ['AUS'] }];
  const at = [{ dimension: 'origin', value: 'AUS' }];
  const told = csvOf(await get(token, onDashboard(count), csv('chart', { filters })));
  assert.deepEqual(told.rows, [[String(own)]]);
  const picked = csvOf(await get(token, onDashboard(count), csv('chart', { selections })));
  assert.deepEqual(picked.rows, [[String(own)]]);
  for (const [path, more] of [
    [onDashboard(byOrigin), { at }],
    [onDashboard(byOrigin), { filters }],
    [alone(byOrigin), { at }],
  ]) {
    assert.equal(csvOf(await get(token, path, csv('rows', more))).rows.length, own);
  }
  const foreign = [{ dimension: 'origin', value: 'JFK' }];
  const none = csvOf(await get(token, alone(byOrigin), csv('rows', { at: foreign })));
  assert.equal(none.rows.length, 0);
});

test('as a workbook: numbers with their formats', async () => {
  const { rows } = workbookOf(await get(await texas(), onDashboard(late), xlsx('chart')));
  const [[share]] = await flights.rows(`SELECT avg(CASE WHEN delay > 15 THEN 1.0 ELSE 0.0 END)
    FROM flights WHERE origin_state = 'TX'`);
  assert.equal(rows.length, 2);
  assert.equal(rows[1].A.value, 'TX');
  assert.ok(Math.abs(rows[1].B.value - share) < 1e-12);
  assert.match(rows[1].B.format, /^0(\.0+)?%$/);
  const total = workbookOf(await get(await texas(), alone(count), xlsx('chart')));
  assert.match(total.rows[1].A.format, /^(#,##0|3)$/);
});

test('people export what they see', async () => {
  const answer = await download(server, {
    path: onDashboard(count),
    headers: { cookie: app.cookie },
    body: csv('chart'),
  });
  assert.deepEqual(csvOf(answer).rows, [['3000000']]);
  assert.equal((await app.get(`/api/v1/dashboards/${dashboard}`)).canExport, true);
  assert.equal((await app.get(`/api/v1/charts/${count}`)).canExport, true);
});

test('without the permission there is no file, and nothing offers one', async () => {
  const user = { attributes: { state: 'TX' } };
  for (const more of [
    {},
    { permissions: { dashboard: ['can_edit'], chart: ['can_edit'] } },
    { permissions: { dashboard: ['can_view'], chart: ['can_view'] } },
  ]) {
    const headers = bearer(await server.mint({ user, ...more }));
    for (const path of [onDashboard(count), alone(count)]) {
      for (const body of [csv('chart'), csv('rows'), xlsx('chart'), xlsx('rows')]) {
        check(await send(server, { method: 'POST', path, headers, body }), {
          status: 403,
          problem: { code: 'permission_missing' },
        });
      }
    }
    for (const path of [`/api/v1/dashboards/${dashboard}`, `/api/v1/charts/${count}`]) {
      check(await send(server, { path, headers }), { json: { canExport: false } });
    }
  }
  const allowed = bearer(await texas());
  check(await send(server, { path: `/api/v1/charts/${count}`, headers: allowed }), {
    json: { canExport: true },
  });
});

test('a key gives the permission only where it has it', async () => {
  const limits = { permissions: { dashboard: ['can_view'], chart: ['can_edit'] } };
  const key = await app.createKey({ environment: 'sandbox', limits });
  const answer = await send(server, {
    method: 'POST',
    path: '/embed/generate-token',
    headers: { 'x-api-key': key.secret },
    body: { user: { distinctId: 'u' }, permissions: mayExport },
  });
  check(answer, { status: 403, problem: { code: 'key_limit', field: 'permissions.chart' } });
  const usual = await app.createKey({ environment: 'sandbox', limits: undefined });
  const body = { user: { distinctId: 'u' }, permissions: mayExport };
  const headers = { 'x-api-key': usual.secret };
  check(await send(server, { method: 'POST', path: '/embed/generate-token', headers, body }), {
    status: 403,
    problem: { code: 'key_limit', field: 'permissions.chart' },
  });
  const told = await app.explain(await texas());
  assert.deepEqual(told.claims.permissions.chart, ['can_view', 'can_export']);
});

test('foreign, unknown and unseen charts are not there', async () => {
  const token = await texas({ resources: { charts: [count] } });
  for (const path of [alone(byOrigin), alone('cht_none'), onDashboard('cht_none')]) {
    check(
      await send(server, { method: 'POST', path, headers: bearer(token), body: csv('chart') }),
      {
        status: 404,
        problem: { code: 'not_found' },
        notExpected: ['origin'],
      },
    );
  }
});

for (const [body, field] of [
  [{ of: 'chart' }, 'format'],
  [{ format: 'pdf', of: 'chart' }, 'format'],
  [{ format: 'csv' }, 'of'],
  [csv('table'), 'of'],
  [csv('chart', { at: [] }), 'at'],
  [csv('rows', { at: [{ dimension: 'none', value: 1 }] }), 'at.dimension'],
  [csv('rows', { filters: { none: [1] } }), 'filters.none'],
  [csv('rows', { timeZone: 'Mars/Olympus' }), 'timeZone'],
  [csv('rows', { sql: 'SELECT 1' }), 'sql'],
  [csv('rows', { limit: 1 }), 'limit'],
]) {
  test(`${JSON.stringify(body)} is refused`, async () => {
    const answer = await send(server, {
      method: 'POST',
      path: onDashboard(byOrigin),
      headers: bearer(await texas()),
      body,
    });
    check(answer, { status: 400, problem: { code: 'invalid_body', field } });
    assert.equal(answer.headers['content-disposition'], undefined);
  });
}

test('what the rules refuse is refused before there is a file', async () => {
  const token = await server.mint({ permissions: mayExport });
  for (const body of [csv('chart'), csv('rows'), xlsx('chart'), xlsx('rows')]) {
    const answer = await get(token, onDashboard(count), body);
    check(
      { ...answer, json: JSON.parse(answer.text) },
      {
        status: 400,
        problem: { code: 'attribute_missing', field: 'user.attributes.state' },
        notExpected: ['3000000'],
      },
    );
  }
});

// A table with everything that a file could get wrong.
const nasty = [
  ["'=1+1'", "'plain'"],
  ["'-2+3'", "'a,b'"],
  ["'+x'", `'say "hi"'`],
  ["'@SUM(A1)'", "'two' || chr(10) || 'lines'"],
  ["chr(9) || 'tab'", "'emoji 🦜 ü'"],
  ["'<b>&amp;</b>'", 'NULL'],
  ["''", "repeat('x', 40000)"],
];
await writeDatabase(server.dataDir, 'nasty.duckdb', [
  `CREATE TABLE orders (id BIGINT, city VARCHAR, amount DOUBLE, day DATE, moment TIMESTAMP, paid BOOLEAN, text VARCHAR,
    note VARCHAR, iban VARCHAR, secret VARCHAR)`,
  ...nasty.map(
    (
      [text, note],
      i,
    ) => `INSERT INTO orders VALUES (${i - 2}, 'Paris', ${i} / 4, DATE '2001-01-31' + ${i},
      TIMESTAMP '2001-01-31 13:14:15', ${i % 2 === 0}, ${text}, ${note}, 'IBAN${i}', 'secret${i}')`,
  ),
  `INSERT INTO orders VALUES (9007199254740993, 'Paris', NULL, DATE '1899-12-31', NULL, NULL, NULL, NULL, NULL, NULL)`,
  `INSERT INTO orders SELECT i, 'Rome', 99999999, DATE '1987-06-05', NULL, true, '${canary}', '${canary}', '${canary}',
    '${canary}' FROM range(100) r(i)`,
]);
await app.addAttribute('city', 'string');
const { byName } = await addDatabase(app, 'Nasty', 'nasty.duckdb');
const visible = ['id', 'city', 'amount', 'day', 'moment', 'paid', 'text', 'note'];
await changed(app, byName.orders.id, {
  access: 'restricted',
  columns: [
    ...visible.map((name) => ({ name, access: 'visible', label: name === 'text' ? '=cmd()' : '' })),
    { name: 'iban', access: 'masked' },
    { name: 'secret', access: 'hidden' },
  ],
  metrics: [
    {
      name: 'rows',
      label: 'Rows',
      measure: { aggregate: 'count' },
      format: { style: 'decimal', decimals: 0 },
    },
    {
      name: 'amount',
      label: 'Amount, "all"',
      measure: { aggregate: 'sum', column: 'amount' },
      format: { style: 'decimal', decimals: 2, unit: 'min"' },
    },
  ],
  dimensions: [
    { name: 'text', label: 'Text', column: 'text' },
    { name: 'day', label: 'Day', column: 'day' },
    { name: 'secret', label: 'Secret', column: 'secret' },
  ],
  rules: [ownCity],
});
const makeChart = async (name, spec) =>
  (await app.post('/api/v1/content/charts', { name, spec: { table: byName.orders.id, ...spec } }))
    .id;
const name = 'Größe "x"\r\n🦜 ../../a;b';
const byText = await makeChart(name.replace('\r\n', ' '), {
  type: 'bar',
  metrics: ['rows', 'amount'],
  dimensions: [{ dimension: 'text' }],
  top: { count: 3, other: true },
});
const bySecret = await makeChart('Secret', {
  type: 'bar',
  metrics: ['rows'],
  dimensions: [{ dimension: 'secret' }],
});
const paris = await server.mint({
  user: { attributes: { city: 'Paris' } },
  permissions: { chart: ['can_view', 'can_export'] },
  resources: { charts: [byText, bySecret] },
});

test('CSV: texts are no formulas, numbers stay numbers, hidden columns are not there and masked ones hold a mask', async () => {
  const answer = await get(paris, alone(byText), csv('rows'));
  const { head, rows } = csvOf(answer);
  assert.deepEqual(head, [
    'id',
    'city',
    'amount',
    'day',
    'moment',
    'paid',
    "'=cmd()",
    'note',
    'iban',
  ]);
  assert.equal(rows.length, nasty.length + 1);
  const byId = new Map(rows.map((cells) => [cells[0], cells]));
  assert.deepEqual(byId.get('-2').slice(0, 8), [
    '-2',
    'Paris',
    '0',
    '2001-01-31',
    '2001-01-31T13:14:15Z',
    'true',
    "'=1+1",
    'plain',
  ]);
  assert.deepEqual(byId.get('9007199254740993').slice(0, 8), [
    '9007199254740993',
    'Paris',
    '',
    '1899-12-31',
    '',
    '',
    '',
    '',
  ]);
  const texts = ['-2', '-1', '0', '1', '2', '3', '4'].map((id) => byId.get(id)[6]);
  assert.deepEqual(texts, ["'=1+1", "'-2+3", "'+x", "'@SUM(A1)", "'\ttab", '<b>&amp;</b>', '']);
  const notes = ['-1', '0', '1', '2', '3'].map((id) => byId.get(id)[7]);
  assert.deepEqual(notes, ['a,b', 'say "hi"', 'two\nlines', 'emoji 🦜 ü', '']);
  assert.equal(byId.get('4')[7].length, 40_000);
  assert.doesNotMatch(answer.text, new RegExp(`IBAN\\d|secret|99999999|${canary}`));
});

test('a workbook: the same, with dates as dates and no formula anywhere', async () => {
  const answer = await get(paris, alone(byText), xlsx('rows'));
  const { rows, sheet } = workbookOf(answer);
  assert.equal(rows.length, nasty.length + 2);
  assert.deepEqual(
    Object.values(rows[0]).map(({ value }) => value),
    ['id', 'city', 'amount', 'day', 'moment', 'paid', '=cmd()', 'note', 'iban'],
  );
  const byId = new Map(rows.slice(1).map((cells) => [cells.A.value, cells]));
  const first = byId.get(-2);
  assert.equal(first.C.value, 0);
  assert.deepEqual(first.D, { value: 36_922, format: 'yyyy-mm-dd' });
  assert.equal(first.E.format, 'yyyy-mm-dd hh:mm:ss');
  assert.ok(Math.abs(first.E.value - (36_922 + (13 * 3600 + 14 * 60 + 15) / 86_400)) < 1e-6);
  assert.equal(first.F.value, true);
  assert.equal(first.G.value, '=1+1');
  assert.equal(byId.get(0).H.value, 'say "hi"');
  assert.equal(byId.get(1).H.value, 'two\nlines');
  assert.equal(byId.get(2).H.value, 'emoji 🦜 ü');
  assert.equal(byId.get(3).G.value, '<b>&amp;</b>');
  assert.ok(byId.get(4).H.value.endsWith('x…') && byId.get(4).H.value.length <= 32_767);
  const exact = byId.get('9007199254740993');
  assert.equal(exact.D.value, '1899-12-31', 'a day that Excel does not have');
  assert.equal(exact.C, undefined, 'NULL is no cell');
  assert.doesNotMatch(sheet, /<f>|<f /);
  assert.doesNotMatch(sheet, new RegExp(`IBAN\\d|secret|99999999|${canary}`));
});

test('what a chart shows of them: the rest has a name, and the file is named safely', async () => {
  const answer = await get(paris, alone(byText), csv('chart'));
  const { head, rows } = csvOf(answer);
  assert.deepEqual(head, ['Text', 'Rows', 'Amount, "all"']);
  assert.equal(rows.length, 4);
  assert.equal(rows[3][0], 'Other');
  assert.equal(
    rows.reduce((sum, cells) => sum + Number(cells[1]), 0),
    nasty.length + 1,
  );
  const disposition = answer.headers['content-disposition'];
  assert.match(disposition, /^attachment; filename="[\w-]+\.csv"; filename\*=UTF-8''[\w%-]+\.csv$/);
  assert.equal(answer.headers['set-cookie'], undefined);
  const { rows: cells } = workbookOf(await get(paris, alone(byText), xlsx('chart')));
  assert.equal(cells[1].C.format, '#,##0.00 "min"');
  assert.doesNotMatch(answer.text, new RegExp(`99999999|${canary}`));
});

test('a chart of a hidden column gives none of it', async () => {
  for (const body of [csv('chart'), xlsx('chart')]) {
    const answer = await get(paris, alone(bySecret), body);
    assert.ok(answer.status >= 400, answer.text);
    assert.doesNotMatch(answer.text, /secret\d/);
  }
  const rows = await get(paris, alone(bySecret), csv('rows'));
  assert.doesNotMatch(rows.text, /secret/);
});

test('each export is in the audit log, by whom and how much', async () => {
  const before = (await exported()).length;
  await get(
    await texas({ user: { distinctId: 'audited', attributes: { state: 'VT' } } }),
    onDashboard(count),
    csv('chart'),
  );
  await get(paris, alone(byText), xlsx('rows'));
  await download(server, {
    path: alone(count),
    headers: { cookie: app.cookie },
    body: csv('chart'),
  });
  const [mine, workbook, theirs, ...older] = await exported();
  assert.equal(older.length, before);
  assert.deepEqual(theirs.actor, { kind: 'end_user', id: 'audited', name: 'audited' });
  assert.deepEqual(theirs.subject, { kind: 'chart', id: count, name: 'Number of flights' });
  assert.equal(theirs.environment, 'sandbox');
  assert.equal(theirs.detail, 'CSV of the chart: 1 row');
  assert.equal(workbook.detail, `XLSX of the rows: ${nasty.length + 1} rows`);
  assert.equal(mine.actor.kind, 'user');
  assert.equal(mine.actor.name, server.account.email);
  assert.equal(mine.environment, null);
});

test('a client that goes ends the query, and the log tells how far it came', async () => {
  const answer = await download(server, {
    path: onDashboard(count),
    headers: { cookie: app.cookie },
    body: csv('rows'),
    onData: (bytes, request) => bytes > 500_000 && request.destroy(),
  });
  assert.equal(answer.whole, false);
  let last;
  for (let waited = 0; waited < 10_000; waited += 100) {
    [last] = await exported();
    if (/broken off/.test(last.detail)) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const [, rows] = last.detail.match(/^CSV of the rows: broken off after (\d+) rows$/);
  assert.ok(Number(rows) < 1_000_000, rows);
});

/** Reads slowly from a file of three million rows while `act` happens; the answer. */
async function during(token, act) {
  let acted;
  const answer = await download(server, {
    path: onDashboard(count),
    headers: bearer(token),
    body: csv('rows'),
    onData: (_, __, response) => {
      acted ??= act();
      response.pause();
      setTimeout(() => response.resume(), 20);
    },
  });
  await acted;
  return answer;
}

test('a token that is revoked meanwhile gets no whole file', async () => {
  await changed(app, await flightsTable(), { access: 'shared' });
  const token = await texas();
  const answer = await during(token, () =>
    app.post('/api/v1/revocations', { kind: 'token', token }),
  );
  assert.equal(answer.status, 200);
  assert.equal(answer.whole, false, 'the end of the body came');
  const second = await texas();
  const chart = { kind: 'chart', environment: 'sandbox', subject: count };
  const cut = await during(second, () => app.post('/api/v1/revocations', chart));
  assert.equal(cut.whole, false);
  const [last] = await exported();
  assert.match(last.detail, /broken off/);
});

async function flightsTable() {
  for (const { id } of (await app.get('/api/v1/databases')).databases) {
    const { tables } = await app.get(`/api/v1/databases/${id}/tables`);
    const found = tables.find(({ name }) => name === 'flights');
    if (found) return found.id;
  }
  return undefined;
}

test('more than two at once are refused, with when to come again', async () => {
  const slow = () => {
    let stop;
    const done = download(server, {
      path: onDashboard(byOrigin),
      headers: { cookie: app.cookie },
      body: csv('rows'),
      onData: (_, request, response) => {
        response.pause();
        stop = () => request.destroy();
      },
    });
    return { done, stop: () => stop?.() };
  };
  const running = [slow(), slow()];
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const refused = await send(server, {
    method: 'POST',
    path: onDashboard(byOrigin),
    headers: { cookie: app.cookie },
    body: csv('chart'),
  });
  check(refused, { status: 429, problem: { code: 'too_many_requests' } });
  assert.ok(Number(refused.headers['retry-after']) >= 1);
  for (const each of running) each.stop();
  await Promise.all(running.map(({ done }) => done));
  for (let waited = 0; waited < 10_000; waited += 100) {
    const again = await download(server, {
      path: alone(byOrigin),
      headers: { cookie: app.cookie },
      body: csv('chart'),
    });
    if (again.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail('the places are not free again');
});

test('more rows than a sheet holds are refused, and nothing is left on the disk', async () => {
  const answer = await download(server, {
    path: alone(byOrigin),
    headers: { cookie: app.cookie },
    body: xlsx('rows'),
  });
  assert.equal(answer.status, 422, answer.text.slice(0, 200));
  const problem = JSON.parse(answer.text);
  assert.equal(problem.code, 'query_too_large');
  assert.match(problem.detail, /1,048,575 rows.*CSV/);
  const left = await readdir(join(server.dataDir, 'spill'));
  assert.deepEqual(
    left.filter((file) => file.startsWith('export-')),
    [],
  );
});

logHoldsNoSecret();
