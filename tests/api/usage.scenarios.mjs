// Usage: views of production by dashboard, end user and day, and how charts did; nothing of the sandbox, of makers, or of
// another organization.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signIn } from './support/app.mjs';
import { bearer, demoServer, neighbour, readCharts } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer({ organizations: 'two' });
after(() => server.end());
const { app, dashboard } = server;
const attributes = { state: 'TX' };
const mint = (distinctId, key = server.keys.production) =>
  server.mint({ user: { distinctId, attributes } }, key);
const look = async (token) => {
  const answer = await send(server, {
    path: `/api/v1/dashboards/${dashboard}`,
    headers: bearer(token),
  });
  assert.equal(answer.status, 200, answer.text);
};
const usage = (query = '') => app.get(`/api/v1/usage${query}`);

/** Counts are written every few seconds. */
async function written(views) {
  for (let round = 0; round < 100; round += 1) {
    const now = await usage();
    if (now.days.reduce((sum, day) => sum + day.views, 0) >= views) return now;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`There are not ${views} views.`);
}

test('a view is one end user at one dashboard, however often it is looked at', async () => {
  assert.deepEqual((await usage()).days, []);
  const ada = await mint('ada');
  await look(ada);
  await look(ada);
  await look(await mint('ada'));
  const bob = await mint('=HYPERLINK("x")');
  await look(bob);
  await readCharts(server, dashboard, bearer(bob));
  await look(await mint('nobody', server.keys.sandbox));
  await app.get(`/api/v1/dashboards/${dashboard}`);

  const now = await written(2);
  assert.equal(now.days.length, 1);
  assert.deepEqual({ ...now.days[0], day: '' }, { day: '', views: 2, endUsers: 2 });
  assert.deepEqual(now.dashboards, [{ id: dashboard, name: 'Departures', views: 2, endUsers: 2 }]);
  assert.deepEqual(
    now.endUsers.map(({ distinctId, views, dashboards }) => [distinctId, views, dashboards]),
    [
      ['=HYPERLINK("x")', 1, 1],
      ['ada', 1, 1],
    ],
  );
  assert.equal(now.charts.length, 8);
  for (const chart of now.charts) {
    assert.equal(chart.runs, 1);
    assert.equal(chart.failures, 0);
    assert.ok(chart.averageMilliseconds <= chart.slowestMilliseconds);
  }
});

test('the file holds the same, and nothing that a spreadsheet runs', async () => {
  const file = await app.send({ method: 'GET', path: '/api/v1/usage/export?days=7' });
  assert.equal(file.status, 200);
  assert.match(file.headers['content-type'], /^text\/csv/);
  const [head, ...lines] = file.text.trim().split('\r\n');
  assert.equal(head, 'day,dashboardId,dashboard,endUser,views');
  assert.equal(lines.length, 2);
  assert.match(lines[0], new RegExp(`^\\d{4}-\\d\\d-\\d\\d,${dashboard},Departures,"'=HYPERLINK`));
  assert.match(lines[1], /,ada,1$/);
});

test('days are checked, and another organization has figures of its own', async () => {
  for (const days of ['0', '401', 'x', '-1', '1.5']) {
    const answer = await app.send({ method: 'GET', path: `/api/v1/usage?days=${days}` });
    assert.equal(answer.status, 400, days);
    assert.equal(answer.json.field, 'days');
  }
  const theirs = await signIn(server, neighbour);
  const empty = await theirs.get('/api/v1/usage');
  assert.deepEqual([empty.days, empty.dashboards, empty.endUsers, empty.charts], [[], [], [], []]);
  const file = await theirs.send({ method: 'GET', path: '/api/v1/usage/export' });
  assert.equal(file.text, 'day,dashboardId,dashboard,endUser,views\r\n');
});

logHoldsNoSecret();
