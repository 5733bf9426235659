// Revocation of a token, an end user, content and an environment: from the page, by a key, by RFC
// 7009 and on the command line; on every route, after a restart, and during a stream.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { command } from '../harness/aracari.mjs';
import { bearer, demoServer, mint, readCharts, watchedServer } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check } from './support/scenario.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());

const { app, dashboard } = server;
const page = `/api/v1/dashboards/${dashboard}`;
const texas = (more = {}) => server.mint({ user: { attributes: { state: 'TX' }, ...more } });
const revoke = (body) => app.post('/api/v1/revocations', body);
/** Times are whole seconds: what is minted in the second of a revocation would be dead. */
const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1001 - (Date.now() % 1000)));
const backend = await app.createKey({
  environment: 'sandbox',
  scopes: ['mint', 'introspect', 'revoke'],
});
const byKey = (body, key = backend.secret) =>
  send(server, {
    method: 'POST',
    path: '/api/v1/revocations',
    headers: { 'x-api-key': key },
    body,
  });
const form = (path, token, key = backend.secret) =>
  send(server, {
    method: 'POST',
    path,
    headers: { 'x-api-key': key, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token }).toString(),
  });

async function refusedEverywhere(at, token, code = 'token_revoked') {
  const refusal = { status: 401, problem: { code }, notExpected: ['Departures'] };
  const headers = bearer(token);
  check(await send(at, { path: '/api/v1/dashboards', headers }), refusal);
  check(await send(at, { path: page, headers }), refusal);
  check(await send(at, { method: 'POST', path: `${page}/data`, headers, body: {} }), refusal);
  assert.equal((await form('/oauth2/introspect', token)).text, '{"active":false}');
}

test('one token ends, on every route and after a restart; its siblings live on', async () => {
  const token = await texas();
  const sibling = await texas();
  const { revocation } = await revoke({ kind: 'token', token, reason: 'laptop stolen' });
  assert.equal(revocation.kind, 'token');
  assert.equal(revocation.by, server.account.email);
  await refusedEverywhere(server, token);
  assert.equal((await app.explain(sibling)).active, true);
  const told = await app.explain(token);
  assert.equal(told.code, 'token_revoked');
  assert.match(told.verdict, /^The token was revoked .* ago by /);
  assert.deepEqual(
    told.revocations.map(({ id }) => id),
    [revocation.id],
  );
  const second = await watchedServer({ dataDir: server.dataDir });
  try {
    await refusedEverywhere(second, token);
  } finally {
    await second.stop();
  }
});

test('one end user ends; another does not, and a token minted afterwards works', async () => {
  const token = await texas({ distinctId: 'mallory' });
  const other = await texas({ distinctId: 'alice' });
  await revoke({ kind: 'end_user', environment: 'sandbox', subject: 'mallory' });
  await nextSecond();
  const fresh = await texas({ distinctId: 'mallory' });
  await refusedEverywhere(server, token);
  assert.equal((await app.explain(other)).active, true);
  assert.equal((await app.explain(fresh)).active, true);
});

test('a dashboard or chart goes out of reach of tokens that were minted before', async () => {
  const token = await texas();
  const before = await readCharts(server, dashboard, bearer(token));
  const [{ chart }] = before.charts;
  await revoke({ kind: 'chart', environment: 'sandbox', subject: chart });
  const { charts } = await readCharts(server, dashboard, bearer(token));
  assert.equal(charts.length, before.charts.length - 1);
  assert.ok(charts.every((line) => line.chart !== chart));
  await revoke({ kind: 'dashboard', environment: 'sandbox', subject: dashboard });
  const headers = bearer(token);
  check(await send(server, { path: page, headers }), {
    status: 404,
    problem: { code: 'not_found' },
  });
  assert.deepEqual((await send(server, { path: '/api/v1/dashboards', headers })).json, {
    dashboards: [],
  });
  const told = await app.explain(token);
  assert.equal(told.active, true);
  assert.deepEqual(told.reaches.dashboards, []);
  assert.equal(told.revocations.length, 2);
  await nextSecond();
  const fresh = await readCharts(server, dashboard, bearer(await texas()));
  assert.equal(fresh.charts.length, before.charts.length);
});

test('an environment ends whole, the other does not', async () => {
  const sandbox = await texas();
  const live = await server.mint({}, server.keys.production);
  await revoke({ kind: 'environment', environment: 'sandbox' });
  await refusedEverywhere(server, sandbox);
  assert.equal((await app.explain(live)).active, true);
  await nextSecond();
});

test('RFC 7009: 200 for ours, for unknown and for foreign tokens alike', async () => {
  const token = await texas();
  const live = await server.mint({}, server.keys.production);
  for (const text of [token, live, 'nonsense', `${token}x`, '']) {
    const answer = await form('/oauth2/revoke', text);
    assert.equal(answer.status, 200);
    assert.equal(answer.text, '{}');
  }
  await refusedEverywhere(server, token);
  assert.equal((await app.explain(live)).active, true, 'of the other environment');
  check(await form('/oauth2/revoke', token, server.keys.sandbox), {
    status: 403,
    problem: { code: 'scope_missing', field: 'x-api-key' },
  });
});

test('a key revokes in its own environment only', async () => {
  const token = await texas({ distinctId: 'by-key' });
  check(await byKey({ kind: 'end_user', environment: 'production', subject: 'by-key' }), {
    status: 403,
    problem: { code: 'key_limit', field: 'environment' },
  });
  assert.equal((await app.explain(token)).active, true);
  const answer = await byKey({ kind: 'end_user', environment: 'sandbox', subject: 'by-key' });
  assert.equal(answer.status, 201, answer.text);
  await refusedEverywhere(server, token);
});

test('bad bodies revoke nothing and name their field', async () => {
  const { total } = await app.get('/api/v1/revocations');
  const bodies = [
    [{ kind: 'everything', environment: 'sandbox' }, 'kind', 400],
    [{ kind: 'end_user', subject: 'u' }, 'environment', 400],
    [{ kind: 'end_user', environment: 'sandbox' }, 'subject', 400],
    [{ kind: 'environment', environment: 'sandbox', subject: 'x' }, 'subject', 400],
    [{ kind: 'token', token: 'nonsense' }, 'token', 400],
    [{ kind: 'end_user', token: 'x', environment: 'sandbox' }, 'token', 400],
    [{ kind: 'dashboard', environment: 'sandbox', subject: 'dsh_none' }, 'subject', 404],
    [{ kind: 'end_user', environment: 'sandbox', subject: 'u'.repeat(257) }, 'subject', 400],
    [{ kind: 'end_user', environment: 'sandbox', subject: 'u', more: 1 }, 'more', 400],
  ];
  for (const [body, field, status] of bodies) {
    const answer = await app.send({ method: 'POST', path: '/api/v1/revocations', body });
    check(answer, {
      status,
      problem: { code: status === 404 ? 'not_found' : 'invalid_body', field },
    });
  }
  assert.equal((await app.get('/api/v1/revocations')).total, total);
});

test('the command line revokes, and the running server knows within a second', async () => {
  const token = await texas();
  const other = await texas({ distinctId: 'cli' });
  const words = ['tokens', 'revoke', '--data-dir', server.dataDir];
  assert.equal((await command(words, { input: `${token}\n` })).code, 0);
  const user = await command([...words, '--environment', 'sandbox', '--end-user', 'cli']);
  assert.equal(user.code, 0, user.stderr);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await refusedEverywhere(server, token);
  await refusedEverywhere(server, other);
});

test('a stream that is open when its token is revoked ends without more rows', async () => {
  const token = await texas();
  const socket = connect(server.port, '127.0.0.1');
  let answer = '';
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.on('error', () => {});
  socket.write(
    `POST ${page}/data HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n` +
      `authorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n`,
  );
  socket.on('data', (bytes) => (answer += bytes));
  await new Promise((resolve) => setTimeout(resolve, 50));
  await revoke({ kind: 'token', token });
  socket.write('{}');
  await closed;
  assert.doesNotMatch(answer, /"columns"/);
  assert.match(answer, /token_revoked/);
});

test('lists the newest first, with who and why', async () => {
  await revoke({ kind: 'end_user', environment: 'production', subject: 'last', reason: 'left' });
  const { revocations, total } = await app.get('/api/v1/revocations');
  assert.equal(revocations.length, total);
  const last = revocations.find(({ subject }) => subject === 'last');
  assert.equal(last.reason, 'left');
  assert.equal(last.by, server.account.email);
  assert.ok(Date.parse(last.until) > Date.now());
  const times = revocations.map(({ revokedAt }) => revokedAt);
  assert.deepEqual(times, [...times].sort().reverse());
});

test('sandbox tokens have a rate of their own', async () => {
  const slow = await watchedServer({
    dataDir: server.dataDir,
    env: { ARACARI_SANDBOX_REQUESTS_PER_MINUTE: '3' },
  });
  try {
    const headers = bearer(await texas());
    const list = () => send(slow, { path: '/api/v1/dashboards', headers });
    for (let asked = 0; asked < 3; asked += 1) assert.equal((await list()).status, 200);
    const refused = await list();
    check(refused, { status: 429, problem: { code: 'too_many_requests' } });
    assert.ok(Number(refused.headers['retry-after']) >= 1);
    const live = bearer(await mint(server, {}, server.keys.production));
    for (let asked = 0; asked < 5; asked += 1) {
      assert.equal((await send(slow, { path: '/api/v1/dashboards', headers: live })).status, 200);
    }
  } finally {
    await slow.stop();
  }
});

logHoldsNoSecret();
