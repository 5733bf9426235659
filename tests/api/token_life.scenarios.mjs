// A token's life: introspection of a good one, how it may be carried, and its end with its key.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { command } from '../harness/aracari.mjs';
import { signedIn, signIn } from './support/app.mjs';
import { bearer, demoServer, mint, neighbour, watchedServer } from './support/demo_server.mjs';
import { parts } from './support/jwt.mjs';
import { send } from './support/request.mjs';
import { check, scenario } from './support/scenario.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer({ organizations: 'two' });
after(() => server.end());

const token = await server.mint({ user: { attributes: { state: 'TX' } }, expiresIn: '2h' });
const claims = parts(token).claims;
const data = `/api/v1/dashboards/${server.dashboard}`;
const form = 'application/x-www-form-urlencoded';

const introspection = (body, headers = { 'x-api-key': server.keys.sandbox }) => ({
  method: 'POST',
  path: '/oauth2/introspect',
  headers: { 'content-type': form, ...headers },
  body,
});

const isActive = async (some) => (await send(server, introspection(`token=${some}`))).json.active;

test('introspection gives every claim of an active token (RFC 7662)', async () => {
  const answer = await send(server, introspection(`token=${token}&token_type_hint=access_token`));
  check(answer, { headers: { 'cache-control': 'no-store', 'content-type': 'application/json' } });
  assert.deepEqual(answer.json, { active: true, token_type: 'Bearer', ...claims });
});

test('a key introspects the tokens of its own environment only', async () => {
  const headers = { 'x-api-key': server.keys.production };
  const answer = await send(server, introspection(`token=${token}`, headers));
  assert.equal(answer.text, '{"active":false}');
});

test('another organization learns nothing of a token', async () => {
  const app = await signIn(server, neighbour);
  const key = await app.createKey({ environment: 'sandbox' });
  const headers = { 'x-api-key': key.secret };
  const answer = await send(server, introspection(`token=${token}`, headers));
  assert.equal(answer.text, '{"active":false}');
  const told = await app.explain(token);
  assert.deepEqual(
    [told.active, told.code, told.claims, told.apiKey],
    [false, 'token_unknown_key', null, null],
  );
  const elsewhere = await app.explain(token.replace(/\.[^.]{20}/, '.eyJhbGciOiJFZERTQSI'));
  assert.deepEqual(Object.keys(elsewhere), Object.keys(told));
});

for (const [name, body, field] of [
  ['no token', 'hint=1', 'token'],
  ['an empty body', Buffer.alloc(0), 'token'],
  ['the token twice', `token=${token}&token=${token}`, 'token'],
  ['a broken escape', 'token=%zz', undefined],
]) {
  scenario(server, `introspection of a form with ${name}`, {
    send: introspection(body),
    status: 400,
    problem: { code: 'invalid_body', field },
    notExpected: ['"active"'],
  });
}

scenario(server, 'introspection takes a form, not JSON', {
  send: { ...introspection({ token }), headers: { 'x-api-key': server.keys.sandbox } },
  status: 415,
  problem: { code: 'unsupported_media_type' },
  notExpected: ['"active"'],
});

for (const [name, headers, code] of [
  ['no key', {}, 'api_key_missing'],
  ['a session', { cookie: server.app.cookie }, 'api_key_missing'],
  ['the token itself', bearer(token), 'api_key_missing'],
  ['a wrong key', { 'x-api-key': 'ara_sandbox_x' }, 'api_key_invalid'],
]) {
  scenario(server, `introspection by a caller with ${name}`, {
    send: introspection(`token=${token}`, headers),
    status: 401,
    problem: { code, field: 'x-api-key' },
    notExpected: ['"active"'],
  });
}

test('introspection needs the scope introspect', async () => {
  const minter = await server.app.createKey({ environment: 'sandbox', scopes: ['mint'] });
  check(await send(server, introspection(`token=${token}`, { 'x-api-key': minter.secret })), {
    status: 403,
    problem: { code: 'scope_missing', field: 'x-api-key' },
    notExpected: ['"active"'],
  });
});

test('the explaining form says who minted it and how long it lives', async () => {
  const told = await server.app.explain(token);
  assert.equal(told.active, true);
  assert.equal(told.code, null);
  assert.match(told.verdict, /^Active, 1 h 59 min left|^Active, 2 h left/);
  assert.deepEqual(told.claims, claims);
  assert.equal(told.apiKey.environment, 'sandbox');
  assert.equal(told.apiKey.lastFour, server.keys.sandbox.slice(-4));
  assert.ok(told.secondsLeft > 7100 && told.secondsLeft <= 7200);
  assert.equal(Date.parse(told.expiresAt) / 1000, claims.exp);
});

// How a token may be carried.
for (const [name, request, code] of [
  ['in the query as token', { path: `${data}?token=${token}` }, 'token_missing'],
  ['in the query as access_token', { path: `${data}?access_token=${token}` }, 'token_missing'],
  ['as a cookie', { path: data, headers: { cookie: `token=${token}` } }, 'token_missing'],
  [
    'as the session cookie',
    { path: data, headers: { cookie: `aracari_session=${token}` } },
    'not_signed_in',
  ],
  ['as x-api-key', { path: data, headers: { 'x-api-key': token } }, 'token_missing'],
  ['as Basic', { path: data, headers: { authorization: `Basic ${token}` } }, 'token_missing'],
  ['with nothing before it', { path: data, headers: { authorization: token } }, 'token_missing'],
  ['as an empty bearer', { path: data, headers: { authorization: 'Bearer ' } }, 'token_missing'],
]) {
  scenario(server, `a token ${name} does not work`, {
    send: request,
    status: 401,
    problem: { code },
    notExpected: ['Departures'],
  });
}

scenario(server, 'the scheme Bearer is the same in other letters (RFC 9110)', {
  send: { path: data, headers: { authorization: `bearer ${token}` } },
  json: { name: 'Departures' },
});

scenario(server, 'a bad token beside a good session is refused', {
  send: { path: data, headers: { cookie: server.app.cookie, authorization: 'Bearer x.y.z' } },
  status: 401,
  problem: { code: 'token_malformed' },
  notExpected: ['Departures'],
});

scenario(server, 'two Authorization headers are refused', {
  send: {
    path: data,
    headers: [
      ['authorization', `Bearer ${token}`],
      ['authorization', `Bearer ${token}`],
    ],
  },
  status: 400,
  problem: { code: 'invalid_body' },
  notExpected: ['Departures'],
});

test('an API key and an embed token do not open the app’s routes', async () => {
  for (const headers of [bearer(token), { 'x-api-key': server.keys.sandbox }]) {
    for (const path of [
      '/api/v1/api-keys',
      '/api/v1/authorized-origins',
      '/api/v1/token-attributes',
    ]) {
      check(await send(server, { path, headers }), {
        status: 401,
        problem: { code: 'not_signed_in' },
      });
    }
  }
});

test('the command line tells active (0) from not active (3)', async () => {
  const words = ['tokens', 'introspect', '--data-dir', server.dataDir, '--organization', 'Demo'];
  const good = await command(words, { input: `${token}\n` });
  assert.equal(good.code, 0, good.stderr);
  assert.equal(JSON.parse(good.stdout).claims.sub, 'user-1');
  const bad = await command(words, { input: `${token.slice(0, -30)}\n` });
  assert.equal(bad.code, 3);
  assert.equal(JSON.parse(bad.stdout).active, false);
  const foreign = await command([...words.slice(0, -1), neighbour.organization], {
    input: `${token}\n`,
  });
  assert.equal(foreign.code, 3);
  assert.equal(JSON.parse(foreign.stdout).claims, null);
  const empty = await command(words, { input: '' });
  assert.equal(empty.code, 3);
});

test('the last use of a key is shown', async () => {
  const { apiKeys } = await server.app.get('/api/v1/api-keys');
  const unused = await server.app.createKey({ environment: 'sandbox', name: 'Unused' });
  assert.equal(unused.lastUsedAt, null);
  const listed = async () =>
    (await server.app.get('/api/v1/api-keys')).apiKeys.find(({ id }) => id === unused.id)
      .lastUsedAt;
  assert.ok(apiKeys.length > 0);
  await mint(server, {}, unused.secret);
  for (let waited = 0; (await listed()) === null && waited < 8000; waited += 250) {
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  assert.ok(Math.abs(Date.parse(await listed()) - Date.now()) < 15_000);
});

test('revoking a key ends its tokens at once on every route, and after a restart', async () => {
  const key = await server.app.createKey({ environment: 'sandbox', name: 'Backend' });
  const doomed = await mint(server, { user: { attributes: { state: 'TX' } } }, key.secret);
  assert.equal((await send(server, { path: data, headers: bearer(doomed) })).status, 200);
  const { apiKey } = await server.app.revokeKey(key.id);
  assert.ok(Math.abs(Date.parse(apiKey.revokedAt) - Date.now()) < 5000);
  const refusal = {
    status: 401,
    problem: { code: 'token_key_revoked' },
    notExpected: ['Departures'],
  };
  const refusedEverywhere = async (at) => {
    const headers = bearer(doomed);
    check(await send(at, { path: '/api/v1/dashboards', headers }), refusal);
    check(await send(at, { path: data, headers }), refusal);
    check(await send(at, { method: 'POST', path: `${data}/data`, headers, body: {} }), refusal);
    const machine = await send(at, introspection(`token=${doomed}`));
    assert.equal(machine.text, '{"active":false}');
  };
  await refusedEverywhere(server);
  const told = await server.app.explain(doomed);
  assert.match(told.verdict, /“Backend”.* was revoked \d+ s ago/);
  assert.equal(told.apiKey.revokedAt, apiKey.revokedAt);
  assert.equal(await isActive(token), true, 'tokens of other keys live on');
  await server.app.revokeKey(key.id);

  const second = await watchedServer({ dataDir: server.dataDir });
  try {
    await refusedEverywhere(second);
    const again = await signedIn(second, server.app.session).explain(doomed);
    assert.equal(again.apiKey.revokedAt, apiKey.revokedAt, 'revoking twice keeps the first time');
  } finally {
    await second.stop();
  }
});

test('a revocation by another process counts within a second', async () => {
  const second = await watchedServer({ dataDir: server.dataDir });
  try {
    const key = await server.app.createKey({ environment: 'sandbox', name: 'Shared' });
    const doomed = keepSecret(await mint(second, {}, key.secret));
    assert.equal(await isActive(doomed), true);
    await signedIn(second, server.app.session).revokeKey(key.id);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.equal(await isActive(doomed), false);
  } finally {
    await second.stop();
  }
});

test('tokens end with the expiry of their key', async () => {
  const expiresAt = new Date(Date.now() + 2000).toISOString().replace(/\.\d+/, '');
  const key = await server.app.createKey({ environment: 'sandbox', expiresAt });
  const doomed = await mint(server, {}, key.secret);
  await new Promise((resolve) => setTimeout(resolve, Date.parse(expiresAt) - Date.now() + 50));
  check(await send(server, { path: data, headers: bearer(doomed) }), {
    status: 401,
    problem: { code: 'token_key_revoked' },
    notExpected: ['Departures'],
  });
});

logHoldsNoSecret();
