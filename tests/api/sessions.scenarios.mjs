// Where one is signed in, signing out elsewhere, and what a new password ends.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signIn } from './support/app.mjs';
import { createUser, demoServer, watchedServer } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check, scenario } from './support/scenario.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());

const maker = await createUser(server.dataDir, 'maker@demo.example', 'maker');
const list = async (app) => (await app.get('/api/v1/sessions')).sessions;
const current = async (app) => (await list(app)).find((session) => session.current);
const isSignedIn = async (app) => (await app.get('/api/v1/session')).state === 'signed_in';
const post = (app, path, body) => app.send({ method: 'POST', path, body });

test('the list shows one’s own sessions, each once, without secrets', async () => {
  const [first, second] = [await signIn(server, maker), await signIn(server, maker)];
  const answer = await first.send({ path: '/api/v1/sessions' });
  check(answer, { notExpected: [first.session, second.session, server.account.email] });
  const { sessions } = answer.json;
  assert.equal(sessions.length, 2);
  assert.equal(sessions.filter((session) => session.current).length, 1);
  assert.notEqual((await current(first)).id, (await current(second)).id);
  for (const session of sessions) {
    assert.deepEqual(Object.keys(session).sort(), [
      'createdAt',
      'current',
      'expiresAt',
      'id',
      'lastSeenAt',
      'remoteAddress',
      'userAgent',
    ]);
    assert.equal(Date.parse(session.expiresAt) - Date.parse(session.createdAt), 12 * 3_600_000);
  }
  assert.equal((await list(server.app)).length, 1, 'the admin sees none of them');
});

test('what the browser calls itself can not break the list', async () => {
  const answer = await send(server, {
    method: 'POST',
    path: '/api/v1/session',
    headers: { 'user-agent': `<script>alert(1)</script>\u00e9${'x'.repeat(3000)}` },
    body: maker,
  });
  keepSecret(answer.headers['set-cookie'][0].match(/=([^;]+)/)[1]);
  const app = await signIn(server, maker);
  const agents = (await list(app)).map(({ userAgent }) => userAgent);
  assert.ok(
    agents.every((agent) => agent.length <= 300 && /^[ -~]*$/.test(agent)),
    agents.join(),
  );
});

test('one session is ended, the others live', async () => {
  const [keeper, goer] = [await signIn(server, maker), await signIn(server, maker)];
  const { id } = await current(goer);
  assert.equal((await keeper.remove(`/api/v1/sessions/${id}`)).status, 204);
  assert.equal(await isSignedIn(goer), false);
  assert.equal(await isSignedIn(keeper), true);
  check(await goer.send({ path: '/api/v1/sessions' }), {
    status: 401,
    problem: { code: 'not_signed_in' },
  });
  check(await keeper.remove(`/api/v1/sessions/${id}`), {
    status: 404,
    problem: { code: 'not_found' },
  });
});

test('a session of somebody else is not there, not even for an admin', async () => {
  const app = await signIn(server, maker);
  const { id } = await current(app);
  check(await server.app.remove(`/api/v1/sessions/${id}`), {
    status: 404,
    problem: { code: 'not_found' },
  });
  assert.equal(await isSignedIn(app), true);
});

test('signing out all others ends exactly them, also after a restart', async () => {
  const keeper = await signIn(server, maker);
  const others = [await signIn(server, maker), await signIn(server, maker)];
  assert.equal((await post(keeper, '/api/v1/sessions/sign-out-others', {})).status, 204);
  assert.deepEqual(await Promise.all(others.map(isSignedIn)), [false, false]);
  assert.equal(await isSignedIn(keeper), true);
  assert.equal((await list(keeper)).length, 1);
  assert.equal(await isSignedIn(server.app), true, 'of another user');
  const second = await watchedServer({ dataDir: server.dataDir });
  const again = await send(second, {
    path: '/api/v1/sessions',
    headers: { cookie: others[0].cookie },
  });
  await second.stop();
  check(again, { status: 401, problem: { code: 'not_signed_in' } });
});

test('a new password ends the other sessions and the old password', async () => {
  const account = await createUser(server.dataDir, 'changer@demo.example', 'explorer');
  const [here, there] = [await signIn(server, account), await signIn(server, account)];
  const next = keepSecret('quite another password 2');
  const change = (currentPassword, newPassword) =>
    post(here, '/api/v1/password', { currentPassword, newPassword });
  check(await change('wrong password', next), {
    status: 401,
    problem: { code: 'wrong_credentials', field: 'currentPassword' },
    notExpected: [next],
  });
  for (const weak of ['short', 'aaaaaaaaaaaaaaaa', account.email]) {
    check(await change(account.password, weak), {
      status: 400,
      problem: { code: 'invalid_body', field: 'newPassword' },
    });
  }
  assert.equal(await isSignedIn(there), true, 'a refused change ends nothing');
  const changed = await change(account.password, next);
  check(changed, { status: 204, headers: { 'cache-control': 'no-store' } });
  assert.equal(await isSignedIn(here), true);
  assert.equal(await isSignedIn(there), false);
  check(await send(server, { method: 'POST', path: '/api/v1/session', body: account }), {
    status: 401,
    problem: { code: 'wrong_credentials' },
    headers: { 'set-cookie': null },
  });
  assert.equal(await isSignedIn(await signIn(server, { ...account, password: next })), true);
});

test('guesses are slowed down for one email and address, and others sign in meanwhile', async () => {
  const target = await createUser(server.dataDir, 'target@demo.example', 'explorer');
  let refused;
  for (let tries = 0; tries < 30 && refused?.status !== 429; tries += 1) {
    const body = { email: target.email, password: `guess ${tries}` };
    refused = await send(server, { method: 'POST', path: '/api/v1/session', body });
  }
  check(refused, { status: 429, problem: { code: 'too_many_requests' } });
  assert.ok(Number(refused.headers['retry-after']) >= 1);
  assert.equal(await isSignedIn(await signIn(server, maker)), true, 'another user from here');
});

for (const [method, path, body] of [
  ['GET', '/api/v1/sessions'],
  ['DELETE', '/api/v1/sessions/ses_x', {}],
  ['POST', '/api/v1/sessions/sign-out-others', {}],
  ['POST', '/api/v1/password', { currentPassword: 'a', newPassword: 'b' }],
]) {
  scenario(server, `${method} ${path} without a session`, {
    send: { method, path, body },
    status: 401,
    problem: { code: 'not_signed_in' },
  });
}

logHoldsNoSecret();
