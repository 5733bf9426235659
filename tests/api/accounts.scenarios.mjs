// Sign in and out, sessions, and what each role may do in the app.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sessionOf, signedIn, signIn } from './support/app.mjs';
import { createUser, demoServer, watchedServer } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check, scenario } from './support/scenario.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());

const { email, password } = server.account;
const signInRequest = (body) => ({ method: 'POST', path: '/api/v1/session', body });

test('sign in gives a cookie that scripts and other sites do not get', async () => {
  const answer = await send(server, signInRequest({ email, password }));
  check(answer, {
    json: {
      state: 'signed_in',
      user: { email, role: 'admin', initials: 'AD' },
      organization: { name: 'Demo' },
    },
    notExpected: [password],
    headers: { 'cache-control': 'no-store' },
  });
  const session = keepSecret(sessionOf(answer));
  assert.match(session, /^[A-Za-z0-9]{43}$/);
  assert.equal(answer.headers['set-cookie'].length, 1);
  const attributes = answer.headers['set-cookie'][0].split('; ').slice(1).sort();
  assert.deepEqual(attributes, ['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Strict']);
  assert.ok(!answer.text.includes(session));
});

test('behind https the cookie is Secure', async () => {
  const secure = await demoServer({ args: ['--public-url', 'https://analytics.example.com'] });
  const answer = await send(secure, signInRequest(secure.account));
  keepSecret(sessionOf(answer));
  assert.match(answer.headers['set-cookie'][0], /; Secure/);
  await secure.end();
});

test('a wrong password and an unknown email give the same answer', async () => {
  const bodies = [
    { email, password: `${password}x` },
    { email: 'nobody@example.com', password },
    { email: `${email}'--`, password },
    { email, password: 'x' },
  ];
  const texts = [];
  for (const body of bodies) {
    const answer = await send(server, signInRequest(body));
    check(answer, {
      status: 401,
      problem: { code: 'wrong_credentials' },
      headers: { 'set-cookie': null },
      notExpected: ['nobody', '"user"'],
    });
    texts.push(answer.text.replace(answer.json.requestId, ''));
  }
  for (const text of texts) assert.equal(text, texts[0]);
});

for (const [body, code, field] of [
  [{ email }, 'invalid_body', 'password'],
  [{ password }, 'invalid_body', 'email'],
  [{ email: [email], password }, 'invalid_body', 'email'],
  [{ email, password: null }, 'invalid_body', 'password'],
  [{ email, password, remember: true }, 'invalid_body', 'remember'],
  ['{"email":"a","email":"b","password":"c"}', 'invalid_json', 'email'],
  ['email=a', 'invalid_json', undefined],
]) {
  scenario(
    server,
    `sign in with ${JSON.stringify(Object.keys(body)).slice(0, 60)} names ${field}`,
    {
      send: signInRequest(body),
      status: 400,
      problem: { code, field },
      headers: { 'set-cookie': null },
      notExpected: [password],
    },
  );
}

test('sign out ends the session on the server, not only the cookie', async () => {
  const app = await signIn(server, server.account);
  const answer = await app.remove('/api/v1/session');
  assert.equal(answer.status, 204);
  assert.match(answer.headers['set-cookie'][0], /^aracari_session=; .*Max-Age=0/);
  assert.equal((await app.get('/api/v1/session')).state, 'signed_out');
  check(await app.send({ path: '/api/v1/api-keys' }), {
    status: 401,
    problem: { code: 'not_signed_in' },
  });
  assert.equal((await server.app.get('/api/v1/session')).state, 'signed_in', 'others live on');
  assert.equal((await send(server, { method: 'DELETE', path: '/api/v1/session' })).status, 204);
});

for (const [name, session] of [
  ['empty', ''],
  ['made up', 'a'.repeat(43)],
  ['with a quote', "' OR 1=1 --"],
  ['of 8,000 characters', 'a'.repeat(8000)],
  ['of another case', server.app.session.toUpperCase()],
]) {
  test(`a session ${name} is nobody`, async () => {
    const nobody = signedIn(server, session);
    assert.deepEqual(await nobody.get('/api/v1/session'), { state: 'signed_out' });
    check(await nobody.send({ path: '/api/v1/api-keys' }), {
      status: 401,
      problem: { code: 'not_signed_in' },
    });
  });
}

test('a session survives a restart', async () => {
  const second = await watchedServer({ dataDir: server.dataDir });
  const again = await signedIn(second, server.app.session).get('/api/v1/session');
  await second.stop();
  assert.equal(again.state, 'signed_in');
  assert.equal(again.user.email, email);
});

// Roles. `yes`: the least role that may.
const users = {
  nobody: { send: (request) => send(server, request) },
  explorer: await signIn(
    server,
    await createUser(server.dataDir, 'explorer@demo.example', 'explorer'),
  ),
  maker: await signIn(server, await createUser(server.dataDir, 'maker@demo.example', 'maker')),
  admin: server.app,
};
const ranks = Object.keys(users);

let count = 0;
const unique = () => `x${(count += 1)}`;
for (const [method, path, least, body] of [
  ['GET', '/api/v1/dashboards', 'explorer'],
  ['GET', `/api/v1/dashboards/${server.dashboard}`, 'explorer'],
  ['GET', '/api/v1/api-keys', 'maker'],
  ['POST', '/api/v1/api-keys', 'maker', () => ({ name: unique(), environment: 'sandbox' })],
  ['POST', '/api/v1/api-keys/key_unknown/revoke', 'maker', () => ({})],
  ['GET', '/api/v1/authorized-origins', 'maker'],
  [
    'POST',
    '/api/v1/authorized-origins',
    'admin',
    () => ({ origin: `https://${unique()}.example`, environment: 'sandbox' }),
  ],
  ['DELETE', '/api/v1/authorized-origins/org_unknown', 'admin'],
  ['GET', '/api/v1/token-attributes', 'maker'],
  ['POST', '/api/v1/token-attributes', 'admin', () => ({ name: unique(), type: 'string' })],
  ['DELETE', '/api/v1/token-attributes/att_unknown', 'admin'],
  ['POST', '/api/v1/tokens/introspect', 'maker', () => ({ token: 'x' })],
  ['GET', '/api/v1/databases', 'maker'],
  ['GET', '/api/v1/database-files', 'maker'],
  ['PUT', '/api/v1/databases/dbs_unknown', 'maker', () => ({ name: 'x', freshnessSeconds: 1 })],
  ['DELETE', '/api/v1/databases/dbs_unknown', 'maker'],
  ['POST', '/api/v1/databases/dbs_unknown/test', 'maker', () => ({})],
  ['POST', '/api/v1/databases/dbs_unknown/refresh', 'maker', () => ({})],
  ['POST', '/api/v1/databases/dbs_unknown/purge', 'maker', () => ({})],
  ['GET', '/api/v1/databases/dbs_unknown/tables', 'maker'],
  [
    'POST',
    '/api/v1/databases/dbs_unknown/tables',
    'maker',
    () => ({ name: 'x', label: 'x', statement: 'x' }),
  ],
  ['GET', '/api/v1/tables/tbl_unknown', 'maker'],
  ['PUT', '/api/v1/tables/tbl_unknown', 'maker', () => ({ version: 1 })],
  ['DELETE', '/api/v1/tables/tbl_unknown', 'maker'],
  ['POST', '/api/v1/tables/tbl_unknown/preview', 'maker', () => ({})],
  ['GET', '/api/v1/tables/tbl_unknown/versions', 'maker'],
  ['GET', '/api/v1/tables/tbl_unknown/versions/1', 'maker'],
  ['POST', '/api/v1/tables/tbl_unknown/versions/1/restore', 'maker', () => ({ version: 1 })],
]) {
  for (const role of ranks) {
    const allowed = ranks.indexOf(role) >= ranks.indexOf(least);
    test(`${role} ${allowed ? 'may' : 'may not'} ${method} ${path.replace(server.dashboard, '{id}')}`, async () => {
      const answer = await users[role].send({ method, path, body: body?.() });
      keepSecret(answer.json?.secret);
      if (allowed) {
        const wanted = path.includes('unknown') ? [404] : [200, 201];
        assert.ok(wanted.includes(answer.status), `${answer.status} ${answer.text}`);
        return;
      }
      const unsigned = path.includes('dashboards') ? 'token_missing' : 'not_signed_in';
      check(answer, {
        status: role === 'nobody' ? 401 : 403,
        problem: { code: role === 'nobody' ? unsigned : 'forbidden' },
        notExpected: ['ara_', 'apiKey', 'tokenAttribute', 'authorizedOrigin', 'Departures'],
      });
    });
  }
}

logHoldsNoSecret();
