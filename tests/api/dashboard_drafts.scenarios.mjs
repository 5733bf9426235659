// A dashboard while makers work on it: viewers go on getting what was published, nobody's work is
// lost, and everything can be brought back.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { changed, tablesOf } from './support/databases.mjs';
import { bearer, demoServer, readCharts } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());
const { app } = server;
const token = await server.mint({ user: { attributes: { state: 'TX' } } });
const [database] = (await app.get('/api/v1/databases')).databases;
const { flights: table } = await tablesOf(app, database.id);
const content = '/api/v1/content/dashboards';
const path = `${content}/${server.dashboard}`;
const seen = async (id = server.dashboard) =>
  send(server, { path: `/api/v1/dashboards/${id}`, headers: bearer(token) });
const put = (to, body) => app.send({ method: 'PUT', path: to, body });
const post = (to, body = {}) => app.send({ method: 'POST', path: to, body });

test('a draft is for makers alone until it is published', async () => {
  const before = (await seen()).json;
  const state = await app.get(path);
  assert.equal(state.hasDraft, false);
  const draft = {
    ...state.draft,
    tabs: [
      { id: 'one', label: 'One' },
      { id: 'two', label: 'Two' },
    ],
    tiles: [
      ...state.draft.tiles.slice(0, 2),
      {
        id: 'note',
        kind: 'text',
        tab: 'two',
        text: '**Draft** secret plan',
        x: 0,
        y: 0,
        width: 6,
        height: 2,
      },
    ],
    theme: { accent: '#336699' },
  };
  const saved = await put(path, {
    version: state.version,
    name: 'Departures 2',
    description: '',
    draft,
  });
  assert.equal(saved.status, 200, saved.text);
  assert.equal(saved.json.hasDraft, true);
  assert.equal(saved.json.version, state.version + 1);
  const meanwhile = await seen();
  assert.deepEqual({ ...meanwhile.json, serverTime: '' }, { ...before, serverTime: '' });
  assert.doesNotMatch(meanwhile.text, /secret plan|Departures 2/);

  assert.equal((await post(`${path}/publish`)).status, 200);
  const published = (await seen()).json;
  assert.equal(published.name, 'Departures 2');
  assert.deepEqual(
    published.tabs.map(({ id }) => id),
    ['one', 'two'],
  );
  assert.equal(published.tiles.length, 3);
  assert.deepEqual(published.tiles[2], {
    id: 'note',
    kind: 'text',
    tab: 'two',
    text: '**Draft** secret plan',
    layout: { x: 0, y: 0, width: 6, height: 2 },
  });
  assert.deepEqual(published.theme, { accent: '#336699' });
  assert.equal((await app.get(path)).hasDraft, false);
  assert.equal((await readCharts(server, server.dashboard, bearer(token))).charts.length, 2);
});

test('of two at once the second is told, and nothing is lost', async () => {
  const state = await app.get(path);
  const first = await put(path, { version: state.version, name: 'First', draft: state.draft });
  assert.equal(first.status, 200, first.text);
  const second = await put(path, {
    version: state.version,
    name: 'Second',
    draft: { ...state.draft, tiles: [] },
  });
  assert.equal(second.status, 409);
  assert.equal(second.json.code, 'conflict');
  assert.match(second.json.detail, /changed this dashboard/);
  assert.equal(second.json.current.name, 'First');
  assert.equal(second.json.current.draft.tiles.length, 3);
  const dropped = await post(`${path}/discard`);
  assert.equal(dropped.json.hasDraft, false);
  assert.equal(dropped.json.name, 'Departures 2');
});

test('what was published before can be brought back', async () => {
  const state = await app.get(path);
  await put(path, { version: state.version, name: 'Third', draft: { ...state.draft, tiles: [] } });
  await post(`${path}/publish`);
  const { versions } = await app.get(`${path}/versions`);
  assert.deepEqual(
    versions.map(({ name }) => name),
    ['Third', 'Departures 2'],
  );
  const restored = await post(`${path}/versions/1/restore`);
  assert.equal(restored.json.name, 'Departures 2');
  assert.equal(restored.json.hasDraft, true);
  assert.equal((await seen()).json.name, 'Third');
  await post(`${path}/publish`);
  assert.equal((await seen()).json.tiles.length, 3);
  assert.equal((await post(`${path}/versions/99/restore`)).status, 404);
});

test('a new one and a copy are nobody’s but the makers’', async () => {
  const made = await app.post(content, { name: 'New', description: 'x' });
  const copy = (await post(`${path}/duplicate`)).json;
  assert.equal(copy.name, 'Departures 2 (copy)');
  for (const { id, published } of [made, copy]) {
    assert.equal(published, false);
    assert.equal((await seen(id)).status, 404);
  }
  assert.equal((await app.remove(`${content}/${made.id}`)).status, 204);
  assert.equal((await app.send({ path: `${content}/${made.id}` })).status, 404);
});

test('publishing still asks that somebody decided who sees what', async () => {
  const hidden = await app.post(`/api/v1/databases/${database.id}/tables`, {
    name: 'counted',
    label: 'Counted',
    statement: 'SELECT origin, count(*) AS n FROM flights GROUP BY origin',
  });
  await changed(app, hidden.id, {
    dimensions: [{ name: 'origin', label: 'Origin', column: 'origin' }],
  });
  const state = await app.get(path);
  const filters = [
    ...state.draft.filters,
    { id: 'f', label: 'F', table: hidden.id, dimension: 'origin' },
  ];
  const draft = { ...state.draft, filters };
  assert.equal((await put(path, { version: state.version, name: 'X', draft })).status, 200);
  const refused = await post(`${path}/publish`);
  assert.equal(refused.status, 409);
  assert.equal(refused.json.code, 'coverage_undecided');
  assert.match(refused.json.detail, /Counted/);
  assert.notEqual((await seen()).json.name, 'X');
  assert.equal((await post(`${path}/discard`)).status, 200);
});

for (const [name, draft, field] of [
  [
    'a chart that is none',
    { tiles: [{ id: 'a', chart: 'cht_none', x: 0, y: 0, width: 1, height: 1 }] },
    'draft.tiles.chart',
  ],
  [
    'a tab that is none',
    { tiles: [{ id: 'a', kind: 'text', tab: 'x', text: '', x: 0, y: 0, width: 1, height: 1 }] },
    'draft.tiles.tab',
  ],
  [
    'a tile beside the grid',
    { tiles: [{ id: 'a', kind: 'text', text: '', x: 8, y: 0, width: 5, height: 1 }] },
    'draft.tiles.width',
  ],
  ['a script in the theme', { theme: { accent: 'red;background:url(//evil)' } }, 'theme.accent'],
  ['a font that ends the rule', { theme: { font: 'a}body{' } }, 'theme.font'],
  [
    'a filter on no table',
    { filters: [{ id: 'a', label: 'A', table: 'tbl_x', dimension: 'd' }] },
    'draft.filters.table',
  ],
  ['a member that is none', { html: '<script>' }, 'draft.html'],
]) {
  test(`a draft with ${name} is refused`, async () => {
    const { version } = await app.get(path);
    const answer = await put(path, { version, name: 'X', draft });
    assert.equal(answer.status, 400, answer.text);
    assert.equal(answer.json.field, field);
  });
}

test('a pick in one chart narrows the others; rows are those behind the place', async () => {
  const make = (name, spec) =>
    app.post('/api/v1/content/charts', {
      name,
      spec: { table: table.id, metrics: ['flights'], ...spec },
    });
  const byMonth = await make('Months', {
    type: 'line',
    dimensions: [{ dimension: 'date', grain: 'month' }],
  });
  const total = await make('Total', { type: 'value' });
  const perHour = await make('Hours', {
    type: 'line',
    dimensions: [{ dimension: 'date', grain: 'hour' }],
    limitRows: 10_000,
  });
  const made = await app.post(content, { name: 'Picks' });
  const tile = (chart, y) => ({ id: chart.id, chart: chart.id, x: 0, y, width: 6, height: 2 });
  const filters = [
    {
      id: 'day',
      label: 'Day',
      table: table.id,
      dimension: 'date',
      kind: 'date',
      charts: [total.id],
    },
    { id: 'far', label: 'Far', table: table.id, dimension: 'distance', kind: 'number' },
    { id: 'city', label: 'City', table: table.id, dimension: 'origin_city', kind: 'search' },
  ];
  const draft = { tiles: [tile(byMonth, 0), tile(total, 2), tile(perHour, 4)], filters };
  assert.equal(
    (await put(`${content}/${made.id}`, { version: 1, name: 'Picks', draft })).status,
    200,
  );
  assert.equal((await post(`${content}/${made.id}/publish`)).status, 200);
  const read = async (body) => {
    const { charts } = await readCharts(server, made.id, bearer(token), body);
    return new Map(charts.map((chart) => [chart.chart, chart]));
  };
  const months = (await read({})).get(byMonth.id).columns;
  const february = months[0].values.indexOf('2001-02-01');
  const wanted = months[1].values[february];
  const selections = [
    { chart: byMonth.id, dimension: 'date', grain: 'month', values: ['2001-02-01'] },
  ];
  const picked = await read({ selections });
  assert.equal(picked.get(total.id).columns[0].values[0], wanted);
  assert.deepEqual(picked.get(byMonth.id).columns, months, 'the chart itself stays');

  const filtered = await read({ filters: { day: { from: '2001-02-01', to: '2001-02-28' } } });
  assert.equal(filtered.get(total.id).columns[0].values[0], wanted);
  assert.deepEqual(filtered.get(byMonth.id).columns, months, 'the filter is not wired to it');

  const only = await read({ charts: [total.id], filters: { city: { contains: 'DALLAS' } } });
  assert.deepEqual([...only.keys()], [total.id]);
  assert.ok(only.get(total.id).columns[0].values[0] > 0);

  const thinned = (await read({ points: { [perHour.id]: 200 } })).get(perHour.id);
  assert.ok(thinned.columns[0].values.length <= 200);
  assert.ok(thinned.thinnedFrom > 2000);
  assert.equal(thinned.columns[0].values.length, thinned.columns[1].values.length);

  const asked = (to, body = {}) =>
    send(server, {
      method: 'POST',
      path: `/api/v1/dashboards/${made.id}${to}`,
      headers: bearer(token),
      body,
    });
  const bounds = (await asked('/filters/day/values')).json;
  assert.match(bounds.least, /^2001-01-01/);
  const rows = (
    await asked(`/charts/${byMonth.id}/rows`, {
      at: [{ dimension: 'date', grain: 'month', value: '2001-02-01' }],
      limit: 1000,
    })
  ).json.columns;
  const dates = rows.find(({ name }) => name === 'date').values;
  assert.equal(dates.length, 1000);
  assert.ok(dates.every((date) => date.startsWith('2001-02')));
  assert.ok(
    rows.find(({ name }) => name === 'origin_state').values.every((state) => state === 'TX'),
  );
  for (const [to, body, status] of [
    [`/charts/${byMonth.id}/rows`, { at: [{ dimension: 'origin', value: 'DFW' }] }, 400],
    [`/charts/${byMonth.id}/rows`, { at: [{ dimension: 'date', value: '2001-02-01' }] }, 400],
    [`/charts/${byMonth.id}/rows`, { limit: 1001 }, 400],
    ['/charts/cht_none/rows', {}, 404],
    ['/filters/none/values', {}, 404],
    ['/filters/far/values', { search: 'x' }, 400],
  ]) {
    assert.equal((await asked(to, body)).status, status, `${to} ${JSON.stringify(body)}`);
  }

  // A column that is hidden from viewers is gone from everything that could ask for it.
  await changed(app, table.id, { columns: [{ name: 'date', access: 'hidden' }] });
  const description = (await seen(made.id)).json;
  assert.deepEqual(
    description.filters.map(({ id }) => id),
    ['far', 'city'],
  );
  assert.equal((await asked('/filters/day/values')).status, 404);
  const without = (await asked(`/charts/${total.id}/rows`)).json.columns;
  assert.equal(
    without.find(({ name }) => name === 'date'),
    undefined,
  );
  for (const body of [{ selections }, { filters: { day: { from: '2001-02-01' } } }]) {
    assert.equal((await asked('/data', body)).status, 400, JSON.stringify(body));
  }
  const gone = await asked(`/charts/${byMonth.id}/rows`, {
    at: [{ dimension: 'date', grain: 'month', value: '2001-02-01' }],
  });
  assert.equal(gone.status, 400);
});

logHoldsNoSecret();
