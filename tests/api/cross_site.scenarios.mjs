// The app's routes from pages of other sites; and the list of Authorized Origins itself.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signIn } from './support/app.mjs';
import { demoServer, neighbour } from './support/demo_server.mjs';
import { check, scenario } from './support/scenario.mjs';
import { send } from './support/request.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer({ organizations: 'two' });
after(() => server.end());

const cookie = server.app.cookie;
const evil = 'https://evil.example';
const noCors = {
  'access-control-allow-origin': null,
  'access-control-allow-methods': null,
  'access-control-allow-credentials': null,
};

const changes = [
  ['POST', '/api/v1/setup', {}],
  ['POST', '/api/v1/session', { email: server.account.email, password: server.account.password }],
  ['DELETE', '/api/v1/session'],
  ['POST', '/api/v1/api-keys', { name: 'Stolen', environment: 'production' }],
  ['POST', '/api/v1/api-keys/key_x/revoke', {}],
  ['POST', '/api/v1/authorized-origins', { origin: evil, environment: 'production' }],
  ['DELETE', '/api/v1/authorized-origins/org_x'],
  ['POST', '/api/v1/token-attributes', { name: 'x', type: 'string' }],
  ['DELETE', '/api/v1/token-attributes/att_x'],
  ['POST', '/api/v1/tokens/introspect', { token: 'x' }],
  ['POST', '/api/v1/databases', { name: 'x', kind: 'duckdb', file: 'x.db' }],
  ['PUT', '/api/v1/tables/tbl_x', { version: 1, access: 'shared' }],
  ['POST', '/api/v1/tables/tbl_x/preview', {}],
  ['POST', `/api/v1/dashboards/${server.dashboard}/publish`, {}],
];

for (const [method, path, body] of changes) {
  for (const origin of [
    evil,
    'null',
    '',
    server.url.replace(/\d+$/, '1'),
    `${server.url}.evil.example`,
  ]) {
    scenario(server, `${method} ${path} from “${origin.replace(/:\d+/, ':PORT')}” is refused`, {
      send: { method, path, body, headers: { cookie, origin } },
      status: 403,
      problem: { code: 'cross_site' },
      headers: { ...noCors, 'set-cookie': null },
      notExpected: ['ara_', '"user"'],
    });
  }
  scenario(server, `${method} ${path}: no preflight for other sites`, {
    send: {
      method: 'OPTIONS',
      path,
      headers: { origin: evil, 'access-control-request-method': method },
    },
    status: 405,
    problem: { code: 'method_not_allowed' },
    headers: noCors,
  });
}

const dashboard = `/api/v1/dashboards/${server.dashboard}`;
for (const [method, path, body] of [
  ['GET', '/api/v1/dashboards'],
  ['GET', dashboard],
  ['POST', `${dashboard}/data`, {}],
  ['POST', `${dashboard}/explain`, {}],
]) {
  scenario(server, `${method} ${path.replace(server.dashboard, '{id}')}: no session for embeds`, {
    send: { method, path, body, headers: { cookie, origin: evil } },
    status: 403,
    problem: { code: 'cross_site' },
    headers: { 'access-control-allow-credentials': null },
    notExpected: ['Departures', 'dashboards"'],
  });
}

test('a page of the same host by another scheme is another site', async () => {
  const host = 'analytics.example.com';
  const { email, password } = server.account;
  const secure = await demoServer({ args: ['--public-url', `https://${host}`] });
  const enter = (at, account, origin, asked = host) =>
    send(at, {
      method: 'POST',
      path: '/api/v1/session',
      headers: { host: asked, origin },
      body: { email: account.email, password: account.password },
    });
  check(await enter(secure, secure.account, `http://${host}`), {
    status: 403,
    problem: { code: 'cross_site' },
    headers: { 'set-cookie': null },
  });
  assert.equal((await enter(secure, secure.account, `https://${host}`)).status, 200);
  await secure.end();
  const own = new URL(server.url).host;
  assert.equal((await enter(server, { email, password }, `http://${own}`, own)).status, 200);
  for (const scheme of ['ftp', 'chrome-extension', 'https+x', '']) {
    const answer = await enter(server, { email, password }, `${scheme}://${own}`, own);
    check(answer, { status: 403, problem: { code: 'cross_site' } });
  }
});

test('nothing of all that was done', async () => {
  const { apiKeys } = await server.app.get('/api/v1/api-keys');
  assert.ok(!apiKeys.some(({ name }) => name === 'Stolen'));
  assert.deepEqual((await server.app.get('/api/v1/authorized-origins')).authorizedOrigins, []);
  assert.equal((await server.app.get('/api/v1/session')).state, 'signed_in');
});

for (const path of [
  '/api/v1/session',
  '/api/v1/api-keys',
  '/api/v1/token-attributes',
  '/api/v1/authorized-origins',
]) {
  scenario(server, `GET ${path} can not be read by another site’s page`, {
    send: { path, headers: { cookie, origin: evil } },
    headers: noCors,
  });
}

scenario(server, 'a form of another site can not be taken for JSON', {
  send: {
    method: 'POST',
    path: '/api/v1/api-keys',
    headers: { cookie, 'content-type': 'text/plain' },
    body: '{"name":"Stolen","environment":"production"}',
  },
  status: 415,
  problem: { code: 'unsupported_media_type' },
  notExpected: ['ara_'],
});

test('our own page may do all of it', async () => {
  const body = { name: 'Own', environment: 'sandbox' };
  const answer = await send(server, {
    method: 'POST',
    path: '/api/v1/api-keys',
    headers: { cookie, origin: server.url },
    body,
  });
  keepSecret(answer.json.secret);
  check(answer, { status: 201, json: { apiKey: { name: 'Own' } }, headers: noCors });
});

test('an origin is kept in its normal form, and once: a production origin is none of the sandbox', async () => {
  const entry = await server.app.addOrigin('HTTPS://App.Example.com:443/', 'production');
  assert.equal(entry.origin, 'https://app.example.com');
  for (const environment of ['production', 'sandbox']) {
    const conflict = await server.app.send({
      method: 'POST',
      path: '/api/v1/authorized-origins',
      body: { origin: 'https://app.example.com', environment },
    });
    check(conflict, { status: 409, problem: { code: 'conflict', field: 'origin' } });
  }
  const { authorizedOrigins } = await server.app.get('/api/v1/authorized-origins');
  assert.deepEqual(
    authorizedOrigins.map(({ origin }) => origin),
    ['https://app.example.com'],
  );
});

for (const [body, field] of [
  ...[
    '*',
    'null',
    'app.example.com',
    'https://*.example',
    'https://app.*.example.com',
    'https://*app.example.com',
    'https://*.*.example.com',
    'https://a.example/path',
    'https://a.example?x',
    'https://user@a.example',
    'ftp://a.example',
    'https://',
    'https://a.example:0',
    'https://a.example:70000',
    'https://a.example:99999',
    'https://аpp.example',
    'javascript:alert(1)',
    'https://a b.example',
    `https://${'a'.repeat(400)}.example`,
  ].map((origin) => [{ origin, environment: 'production' }, 'origin']),
  [{ environment: 'production' }, 'origin'],
  [{ origin: 7, environment: 'production' }, 'origin'],
  [{ origin: 'https://a.example' }, 'environment'],
  [{ origin: 'https://a.example', environment: 'both' }, 'environment'],
  [{ origin: 'https://a.example', environment: 'sandbox', note: 'x' }, 'note'],
]) {
  scenario(server, `authorized origin ${JSON.stringify(body).slice(0, 60)} is refused`, {
    send: { method: 'POST', path: '/api/v1/authorized-origins', headers: { cookie }, body },
    status: 400,
    problem: { code: 'invalid_body', field },
  });
}

test('another organization’s entries can not be removed, and look like none', async () => {
  const app = await signIn(server, neighbour);
  const origin = await server.app.addOrigin('https://mine.example', 'sandbox');
  const attribute = (await server.app.get('/api/v1/token-attributes')).tokenAttributes[0];
  const [key] = (await server.app.get('/api/v1/api-keys')).apiKeys;
  const revoke = { method: 'POST', body: {} };
  for (const [request, mine, unknown] of [
    [
      { method: 'DELETE' },
      `/api/v1/authorized-origins/${origin.id}`,
      '/api/v1/authorized-origins/x',
    ],
    [
      { method: 'DELETE' },
      `/api/v1/token-attributes/${attribute.id}`,
      '/api/v1/token-attributes/x',
    ],
    [revoke, `/api/v1/api-keys/${key.id}/revoke`, '/api/v1/api-keys/x/revoke'],
  ]) {
    const answers = [];
    for (const path of [mine, unknown]) {
      const answer = await app.send({ ...request, path });
      check(answer, {
        status: 404,
        problem: { code: 'not_found' },
        notExpected: [key.name, 'mine'],
      });
      answers.push(answer.text.replace(answer.json.requestId, ''));
    }
    assert.equal(answers[0], answers[1]);
  }
  assert.deepEqual((await app.get('/api/v1/authorized-origins')).authorizedOrigins, []);
  assert.deepEqual((await app.get('/api/v1/token-attributes')).tokenAttributes, []);
  assert.ok((await app.get('/api/v1/api-keys')).apiKeys.every(({ name }) => name !== 'Own'));
  const { apiKeys } = await server.app.get('/api/v1/api-keys');
  assert.equal(apiKeys.find(({ id }) => id === key.id).revokedAt, null);
});

logHoldsNoSecret();
