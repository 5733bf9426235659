// Content as a file: what one organization has made is brought into another, again and again, by the
// page, the API and the command line; and the theme that all of it starts from.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { command } from '../harness/aracari.mjs';
import { signIn } from './support/app.mjs';
import { bearer, demoServer, neighbour, readCharts } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer({ organizations: 'two' });
after(() => server.end());
const { app } = server;
const path = '/api/v1/content';
const post = (to, body = {}) => app.send({ method: 'POST', path: to, body });
const apply = (file, query = '') => post(`${path}/apply${query}`, file);
const changesOf = ({ json }) => json.changes.map(({ kind, change }) => `${change} ${kind}`);
const exported = async (query = '') => app.get(`${path}/export${query}`);
/** The file under other keys, so that everything in it is new. */
const renamed = (file, suffix) =>
  JSON.parse(JSON.stringify(file).replaceAll(/"((?:cht|dsh)_\w+)"/g, `"$1${suffix}"`));

test('a dashboard is exported with its charts, without an id of a table', async () => {
  const answer = await app.send({
    method: 'GET',
    path: `${path}/export?dashboard=${server.dashboard}`,
  });
  assert.equal(answer.status, 200, answer.text);
  assert.match(answer.headers['content-disposition'], /^attachment; filename="content.json"$/);
  const { aracariContent, charts, dashboards } = answer.json;
  assert.equal(aracariContent, 1);
  assert.equal(charts.length, 8);
  assert.equal(dashboards.length, 1);
  assert.deepEqual(charts[0].spec.table, { database: 'US flights', table: 'flights' });
  assert.doesNotMatch(answer.text, /tbl_|dbs_|published|version/);
  const keys = new Set(charts.map(({ key }) => key));
  assert.ok(dashboards[0].tiles.every(({ chart }) => keys.has(chart)));
});

test('applied where it comes from it changes nothing', async () => {
  const file = await exported();
  assert.deepEqual(
    new Set(changesOf(await apply(file))),
    new Set(['unchanged chart', 'unchanged dashboard']),
  );
});

test('applied under new keys it makes all anew, once', async () => {
  const file = renamed(await exported(`?dashboard=${server.dashboard}`), '_staging');
  const before = (await app.get(`${path}/charts`)).charts.length;
  const rehearsal = await apply(file, '?dryRun=1');
  assert.deepEqual(new Set(changesOf(rehearsal)), new Set(['created chart', 'created dashboard']));
  assert.equal((await app.get(`${path}/charts`)).charts.length, before);

  assert.deepEqual(changesOf(await apply(file)), changesOf(rehearsal));
  assert.equal((await app.get(`${path}/charts`)).charts.length, before + 8);
  assert.deepEqual(
    new Set(changesOf(await apply(file))),
    new Set(['unchanged chart', 'unchanged dashboard']),
  );

  const copy = (await app.get('/api/v1/dashboards')).dashboards.find(
    ({ id }) => id !== server.dashboard,
  );
  assert.equal(copy.published, false);
  assert.deepEqual(renamed(await exported(`?dashboard=${server.dashboard}`), '_staging'), {
    ...(await exported(`?dashboard=${copy.id}`)),
    charts: renamed(await exported(`?dashboard=${server.dashboard}`), '_staging').charts,
  });
  assert.equal((await post(`/api/v1/dashboards/${copy.id}/publish`)).status, 200);
  const token = await server.mint({ user: { attributes: { state: 'TX' } } });
  const theirs = await readCharts(server, server.dashboard, bearer(token));
  const ours = await readCharts(server, copy.id, bearer(token));
  const values = ({ charts }) => charts.map(({ columns }) => columns);
  assert.deepEqual(values(ours), values(theirs));

  file.dashboards[0].name = 'Departures, from the file';
  assert.deepEqual(changesOf(await apply(file)).at(-1), 'updated dashboard');
  const shown = await app.get(`/api/v1/dashboards/${copy.id}`);
  assert.equal(shown.name, 'Departures');
  const state = await app.get(`${path}/dashboards/${copy.id}`);
  assert.equal(state.name, 'Departures, from the file');
  assert.equal(state.hasDraft, true);
});

test('a file that is wrong in one place changes nothing at all', async () => {
  const file = renamed(await exported(`?dashboard=${server.dashboard}`), '_wrong');
  const before = (await app.get(`${path}/charts`)).charts.length;
  const refusals = [
    [(wrong) => (wrong.aracariContent = 2), 'aracariContent'],
    [(wrong) => (wrong.more = 1), 'more'],
    [(wrong) => (wrong.charts[3].spec.table.table = 'planes'), 'charts[3].spec.table'],
    [(wrong) => (wrong.charts[3].spec.table = 'tbl_1'), 'charts[3].spec.table'],
    [(wrong) => (wrong.charts[2].spec.metrics = ['gone']), 'charts[2].spec.table'],
    [(wrong) => (wrong.charts[1].key = wrong.charts[0].key), 'charts[1].key'],
    [(wrong) => (wrong.charts[1].sql = 'SELECT 1'), 'charts[1].sql'],
    [(wrong) => (wrong.dashboards[0].tiles[0].chart = 'cht_nobody'), 'dashboards[0].tiles.chart'],
    [
      (wrong) => (wrong.dashboards[0].theme = { accent: 'url(//evil)' }),
      'dashboards[0].theme.accent',
    ],
    [
      (wrong) => (wrong.dashboards[0].filters[0].dimension = 'gone'),
      'dashboards[0].draft.filters.dimension',
    ],
    [(wrong) => (wrong.dashboards[0].published = true), 'dashboards[0].published'],
  ];
  for (const [spoil, field] of refusals) {
    const wrong = structuredClone(file);
    spoil(wrong);
    const answer = await apply(wrong);
    assert.equal(answer.status, 400, answer.text);
    assert.equal(answer.json.field, field, answer.text);
  }
  assert.equal((await app.get(`${path}/charts`)).charts.length, before);
});

test('another organization neither gives nor changes what is ours', async () => {
  const theirs = await signIn(server, neighbour);
  const other = await theirs.get(`${path}/export`);
  assert.deepEqual(other, { aracariContent: 1, charts: [], dashboards: [] });
  const named = await theirs.send({
    method: 'GET',
    path: `${path}/export?dashboard=${server.dashboard}`,
  });
  assert.equal(named.status, 404);
  const file = await exported();
  const answer = await theirs.send({ method: 'POST', path: `${path}/apply`, body: file });
  assert.equal(answer.status, 400);
  assert.equal(answer.json.field, 'charts[0].spec.table');
  const text = { name: 'Taken over', key: server.dashboard, tiles: [] };
  const taken = await theirs.send({
    method: 'POST',
    path: `${path}/apply`,
    body: { aracariContent: 1, dashboards: [text] },
  });
  assert.deepEqual(changesOf(taken), ['created dashboard']);
  assert.equal((await app.get(`/api/v1/dashboards/${server.dashboard}`)).name, 'Departures');
});

test('the command line does the same', async () => {
  const words = ['--data-dir', server.dataDir, '--organization', 'Demo'];
  const out = await command(['content', 'export', '--dashboard', server.dashboard, ...words]);
  assert.equal(out.code, 0, out.stderr);
  const file = JSON.parse(out.stdout);
  assert.deepEqual(file, await exported(`?dashboard=${server.dashboard}`));
  file.dashboards[0].description = 'From the command line.';
  const run = (more) =>
    command(['content', 'apply', ...more, ...words], { input: JSON.stringify(file) });
  const rehearsal = await run(['--dry-run']);
  assert.match(rehearsal.stdout, /^updated {4}dashboard {2}Departures$/m);
  assert.equal((await app.get(`${path}/dashboards/${server.dashboard}`)).hasDraft, false);
  assert.equal((await run([])).code, 0);
  const state = await app.get(`${path}/dashboards/${server.dashboard}`);
  assert.equal(state.description, 'From the command line.');
  assert.equal(state.changedBy, 'Command line');
  const refused = await command(['content', 'apply', ...words], { input: '{"charts": 1}' });
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /charts|aracariContent/);
  assert.equal((await post(`${path}/dashboards/${server.dashboard}/discard`)).status, 200);
});

test('the organization’s theme is below that of each dashboard', async () => {
  const put = (theme) => app.send({ method: 'PUT', path: `${path}/theme`, body: { theme } });
  assert.deepEqual((await app.get(`${path}/theme`)).theme, {});
  const theme = { accent: '#336699', radius: 4, dark: { accent: '#99ccff', text: '#eeeeee' } };
  assert.deepEqual((await put(theme)).json, { theme });
  const state = await app.get(`${path}/dashboards/${server.dashboard}`);
  const draft = { ...state.draft, theme: { accent: '#aa0000', dark: { accent: '#ffaaaa' } } };
  await app.send({
    method: 'PUT',
    path: `${path}/dashboards/${server.dashboard}`,
    body: { version: state.version, name: state.name, description: '', draft },
  });
  await post(`/api/v1/dashboards/${server.dashboard}/publish`);
  const token = await server.mint({ user: { attributes: { state: 'TX' } } });
  const seen = await send(server, {
    path: `/api/v1/dashboards/${server.dashboard}`,
    headers: bearer(token),
  });
  assert.deepEqual(seen.json.theme, {
    accent: '#aa0000',
    radius: 4,
    dark: { accent: '#ffaaaa', text: '#eeeeee' },
  });
  const refused = await put({ accent: '#336699;}' });
  assert.equal(refused.status, 400);
  assert.equal(refused.json.field, 'theme.accent');
  assert.deepEqual((await put({})).json, { theme: {} });
});

logHoldsNoSecret();
