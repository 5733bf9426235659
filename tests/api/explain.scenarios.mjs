// Explain: why a dashboard's charts show the rows they show, and who is told. And publishing.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { command } from '../harness/aracari.mjs';
import { signIn } from './support/app.mjs';
import { changed } from './support/databases.mjs';
import { bearer, createUser, demoServer, neighbour } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check } from './support/scenario.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer({ organizations: 'two' });
after(() => server.end());
const { app, dashboard } = server;
const path = `/api/v1/dashboards/${dashboard}/explain`;
const tokenOf = (state, key) => server.mint({ user: { attributes: { state } } }, key);
const explain = (headers, body = {}) => send(server, { method: 'POST', path, headers, body });
const asMaker = (body = {}) => app.send({ method: 'POST', path, body });

function linesOf(answer) {
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.headers['content-type'], 'application/x-ndjson');
  const lines = answer.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(lines.at(-1), { end: true, charts: lines.length - 1 });
  return lines.slice(0, -1);
}

function assertTexas(lines) {
  assert.equal(lines.length, 8);
  for (const line of lines) {
    assert.match(line.sql, /WHERE \(CAST\("origin_state" AS VARCHAR\) = \$\d\)/);
    assert.ok(line.arguments.includes('TX'));
    const [table] = line.tables;
    assert.equal(table.label, 'Flights');
    assert.equal(table.access, 'restricted');
    assert.equal(table.rules[0].applies, true);
    assert.deepEqual(table.conditions, [
      {
        rule: table.rules[0].name,
        column: 'origin_state',
        operator: 'isEqualTo',
        attribute: 'state',
        values: ['TX'],
      },
    ]);
    assert.ok(table.rowsBefore > 2_900_000);
    assert.ok(table.rowsAfter > 0 && table.rowsAfter < table.rowsBefore / 5);
    assert.ok(['hit', 'miss', 'shared'].includes(line.cache));
    for (const part of ['guard', 'queue', 'engine', 'encode']) {
      assert.ok(line.milliseconds[part] >= 0, part);
    }
  }
}

test('a maker explains with a token, of either environment', async () => {
  assertTexas(linesOf(await asMaker({ token: await tokenOf('TX') })));
  assertTexas(linesOf(await asMaker({ token: await tokenOf('TX', server.keys.production) })));
});

test('a sandbox token explains itself; the second time from the cache', async () => {
  const token = await tokenOf('TX');
  assertTexas(linesOf(await explain(bearer(token))));
  const again = linesOf(await explain(bearer(token)));
  for (const line of again) assert.equal(line.cache, 'hit');
});

test('a maker without a token sees all rows, because of the role', async () => {
  for (const { tables } of linesOf(await asMaker())) {
    assert.equal(tables[0].rowsAfter, tables[0].rowsBefore);
    assert.deepEqual(tables[0].conditions, []);
  }
});

test('a refusal is a line of its own', async () => {
  const token = await server.mint({});
  for (const { refused, title, sql } of linesOf(await explain(bearer(token)))) {
    assert.equal(refused.code, 'attribute_missing');
    assert.ok(refused.message.includes('state'));
    assert.ok(title);
    assert.equal(sql, undefined);
  }
});

const notTold = ['origin_state', 'Flights from', 'flights', '"sql"'];

test('production tokens, explorers and nobody are told nothing', async () => {
  check(await explain(bearer(await tokenOf('TX', server.keys.production))), {
    status: 403,
    problem: { code: 'forbidden' },
    notExpected: notTold,
  });
  const account = await createUser(server.dataDir, 'reader@demo.example', 'explorer', 'Demo');
  const reader = await signIn(server, account);
  check(await reader.send({ method: 'POST', path, body: {} }), {
    status: 403,
    problem: { code: 'forbidden' },
    notExpected: notTold,
  });
  check(await explain({}), {
    status: 401,
    problem: { code: 'token_missing' },
    notExpected: notTold,
  });
});

test('a token explains nobody but itself', async () => {
  const other = await tokenOf('CA');
  check(await explain(bearer(await tokenOf('TX')), { token: other }), {
    status: 403,
    problem: { code: 'forbidden' },
    notExpected: notTold,
  });
});

test('another organization finds neither the dashboard nor the token', async () => {
  const theirs = await signIn(server, neighbour);
  check(await theirs.send({ method: 'POST', path, body: {} }), {
    status: 404,
    problem: { code: 'not_found' },
    notExpected: notTold,
  });
  check(await theirs.send({ method: 'POST', path, body: { token: await tokenOf('TX') } }), {
    status: 401,
    problem: { code: 'token_unknown_key' },
    notExpected: notTold,
  });
  for (const action of ['coverage', 'publish', 'unpublish']) {
    const method = action === 'coverage' ? 'GET' : 'POST';
    const body = method === 'POST' ? {} : undefined;
    const address = `/api/v1/dashboards/${dashboard}/${action}`;
    check(await theirs.send({ method, path: address, body }), {
      status: 404,
      problem: { code: 'not_found' },
      notExpected: notTold,
    });
  }
});

test('the rows of a viewer come without any of it', async () => {
  const answer = await send(server, {
    method: 'POST',
    path: `/api/v1/dashboards/${dashboard}/data`,
    headers: bearer(await tokenOf('TX')),
    body: {},
  });
  check(answer, { notExpected: ['rowsBefore', '"sql"', 'Flights from', 'hiddenColumns'] });
});

// Publishing

const publish = (verb) =>
  app.send({ method: 'POST', path: `/api/v1/dashboards/${dashboard}/${verb}`, body: {} });
const flightsTable = async () => {
  const { databases } = await app.get('/api/v1/databases');
  const { tables } = await app.get(`/api/v1/databases/${databases[0].id}/tables`);
  return tables.find(({ name }) => name === 'flights');
};
const mintNamed = () =>
  send(server, {
    method: 'POST',
    path: '/embed/generate-token',
    headers: { 'x-api-key': server.keys.sandbox },
    body: { user: { distinctId: 'user-1' }, resources: { dashboards: [dashboard] } },
  });
const checkAll = async () => {
  const outcome = await command(['check', '--data-dir', server.dataDir, '--format', 'json']);
  return { code: outcome.code, report: JSON.parse(outcome.stdout) };
};

test('coverage names each table and what a viewer sees of it', async () => {
  const coverage = await app.get(`/api/v1/dashboards/${dashboard}/coverage`);
  assert.equal(coverage.decided, true);
  assert.equal(coverage.tables.length, 1);
  const [table] = coverage.tables;
  assert.equal(table.label, 'Flights');
  assert.equal(table.seen, 'rows by rules');
  assert.equal(table.undecided, false);
  assert.deepEqual(table.columns, { visible: 9, masked: 0, hidden: 0 });
  const { code, report } = await checkAll();
  assert.equal(code, 0);
  assert.equal(report.decided, true);
  assert.deepEqual(
    report.dashboards.map(({ organization, name, published }) => [organization, name, published]),
    [['Demo', 'Departures', true]],
  );
});

test('an unpublished dashboard is there for makers only', async () => {
  assert.equal((await publish('unpublish')).status, 200);
  const token = await tokenOf('TX');
  const unknown = { status: 404, problem: { code: 'not_found' }, notExpected: ['Departures'] };
  const address = `/api/v1/dashboards/${dashboard}`;
  check(await send(server, { path: address, headers: bearer(token) }), unknown);
  const body = {};
  check(
    await send(server, { method: 'POST', path: `${address}/data`, headers: bearer(token), body }),
    unknown,
  );
  check(await explain(bearer(token)), unknown);
  check(await asMaker({ token }), unknown);
  const listed = await send(server, { path: '/api/v1/dashboards', headers: bearer(token) });
  assert.deepEqual(listed.json.dashboards, []);
  assert.deepEqual((await app.explain(token)).reaches.dashboards, []);
  assert.equal((await app.get(address)).published, false);
  assert.equal((await publish('publish')).json.published, true);
  const again = await send(server, { path: address, headers: bearer(token) });
  assert.equal(again.status, 200);
  assert.ok(!('published' in again.json));
});

test('while a table is undecided nothing is published, and the check fails', async () => {
  const flights = await flightsTable();
  const { rules } = await app.get(`/api/v1/tables/${flights.id}`);
  await changed(app, flights.id, { rules: [] });
  assert.equal((await checkAll()).code, 1);
  await publish('unpublish');
  check(await publish('publish'), {
    status: 409,
    problem: { code: 'coverage_undecided' },
    expected: ['Flights'],
  });
  check(await mintNamed(), {
    status: 409,
    problem: { code: 'coverage_undecided', field: 'resources.dashboards' },
    notExpected: ['eyJ', 'Flights', 'flights'],
  });
  const coverage = await app.get(`/api/v1/dashboards/${dashboard}/coverage`);
  assert.equal(coverage.decided, false);
  assert.equal(coverage.tables[0].seen, 'none');
  assert.ok(coverage.tables[0].reason);
  assert.equal((await checkAll()).code, 0, 'a draft may be undecided');
  await changed(app, flights.id, { rules: rules.map(({ id, ...rule }) => rule) });
  assert.equal((await publish('publish')).status, 200);
  check(await mintNamed(), { status: 200, expected: ['eyJ'] });
});

test('publishing is in the audit log', async () => {
  const { events } = await app.get('/api/v1/audit?limit=200');
  const actions = events.map(({ action }) => action);
  assert.ok(actions.includes('dashboard.published'));
  assert.ok(actions.includes('dashboard.unpublished'));
});

logHoldsNoSecret();
