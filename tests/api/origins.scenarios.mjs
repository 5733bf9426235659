// On which web origins a token works, and what a page of another origin can read.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { bearer, demoServer } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check, scenario } from './support/scenario.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());

await server.app.addOrigin('https://app.example.com', 'production');
await server.app.addOrigin('https://test.example.com', 'sandbox');
await server.app.addOrigin('https://both.example.com:8443', 'production');
await server.app.addOrigin('https://*.part.example.com', 'sandbox');
await server.app.addOrigin('https://live.part.example.com', 'production');
await server.app.addOrigin('http://localhost:4321', 'production');

const path = `/api/v1/dashboards/${server.dashboard}`;
const user = { attributes: { state: 'TX' } };
const tokens = {
  sandbox: await server.mint({ user }),
  production: await server.mint({ user }, server.keys.production),
};
const bytes = (text) => Buffer.from(text).toString('latin1');

const reads = [
  { path: '/api/v1/dashboards' },
  { path },
  { method: 'POST', path: `${path}/data`, body: {} },
];

const from = (request, token, origin) => ({
  ...request,
  headers: { ...bearer(token), ...(origin === undefined ? {} : { origin }) },
});

/** Works, and the page of `origin` may read it; never with cookies, never for all origins. */
async function assertOpen(token, origin) {
  for (const request of reads) {
    check(await send(server, from(request, token, origin)), {
      headers: {
        'access-control-allow-origin': origin ?? null,
        'access-control-allow-credentials': null,
        vary: 'Origin',
      },
    });
  }
}

/** Refused with the origin's name, readable by that page, and without any of the data. */
async function assertRefused(token, origin) {
  for (const request of reads) {
    const answer = await send(server, from(request, token, origin));
    check(answer, {
      status: 403,
      problem: { code: 'origin_not_authorized' },
      notExpected: ['Departures', '"values"', '"scope"', '"tiles"'],
      headers: {
        'access-control-allow-origin': origin ?? null,
        'access-control-allow-credentials': null,
        vary: 'Origin',
      },
    });
    assert.equal(typeof answer.json.origin, origin ? 'string' : 'undefined');
  }
}

const own = server.url;
for (const [origin, sandbox, production] of [
  [undefined, true, true],
  [own, true, true],
  [own.replace('127.0.0.1', 'localhost'), true, true],
  ['http://localhost', true, false],
  ['http://localhost:3000', true, false],
  ['http://LOCALHOST:3000', true, false],
  ['https://localhost:3000', false, false],
  ['http://127.0.0.1:3000', false, false],
  ['http://[::1]:3000', false, false],
  ['http://localhost.evil.example:3000', false, false],
  ['http://localhost:3000.evil.example', false, false],
  ['http://localhost:3000@evil.example', false, false],
  ['http://localhost@evil.example', false, false],
  ['http://localhost:', false, false],
  ['http://localhost:99999', false, false],
  ['http://localhost:03000', false, false],
  ['http://localhost:3000/', true, false],
  ['http://sub.localhost:3000', false, false],
  ['http://localhost.:3000', false, false],
  ['https://app.example.com', false, true],
  ['HTTPS://App.Example.COM:443', false, true],
  ['https://test.example.com', true, false],
  ['https://both.example.com:8443', false, true],
  ['https://live.part.example.com', false, true],
  ['https://other.part.example.com', true, false],
  ['http://localhost:4321', false, true],
  ['https://both.example.com', false, false],
  ['https://both.example.com:84430', false, false],
  ['http://app.example.com', false, false],
  ['http://app.example.com:443', false, false],
  ['https://app.example.com:80', false, false],
  ['https://app.example.com:8443', false, false],
  ['https://app.example.com.', false, false],
  ['https://app.example.com.evil.example', false, false],
  ['https://evilapp.example.com', false, false],
  ['https://sub.app.example.com', false, false],
  ['https://example.com', false, false],
  ['https://app-example.com', false, false],
  ['https://user@app.example.com', false, false],
  ['https://app.example.com@evil.example', false, false],
  ['https://app.example.com#.evil.example', false, false],
  ['https://app.example.com?.evil.example', false, false],
  ['https://app.example.com/../evil', false, false],
  ['https://app.example.com\\.evil.example', false, false],
  ['https://app.example.com%2eevil.example', false, false],
  ['https://app%2eexample%2ecom', false, false],
  ['https://app.example.com https://evil.example', false, false],
  ['https://app.example.com, https://evil.example', false, false],
  ['https://аpp.example.com', false, false],
  ['https://xn--pp-6kc.example.com', false, false],
  ['null', false, false],
  ['', false, false],
  ['*', false, false],
  ['https://', false, false],
  ['//app.example.com', false, false],
  ['app.example.com', false, false],
  ['file://', false, false],
  ['chrome-extension://abcdefgh', false, false],
  ['data:text/html,x', false, false],
  [`https://${'a'.repeat(2000)}.example`, false, false],
]) {
  const shown = origin === undefined ? 'no origin' : `“${origin.slice(0, 60)}”`;
  const sent = origin === undefined ? undefined : bytes(origin);
  test(`${shown}: sandbox ${sandbox ? 'yes' : 'no'}, production ${production ? 'yes' : 'no'}`, async () => {
    await (sandbox ? assertOpen : assertRefused)(tokens.sandbox, sent);
    await (production ? assertOpen : assertRefused)(tokens.production, sent);
  });
}

test('a refusal names the origin and where to allow it', async () => {
  const origin = 'https://elsewhere.example';
  const answer = await send(server, from({ path }, tokens.production, origin));
  assert.equal(answer.json.origin, origin);
  for (const words of [origin, 'production', 'Settings', 'Embed', 'Authorized Origins']) {
    assert.ok(answer.json.detail.includes(words), `${words} in ${answer.json.detail}`);
  }
});

test('no origin is listed for both environments, nor below a public suffix', async () => {
  const add = (origin, environment) =>
    server.app.send({
      method: 'POST',
      path: '/api/v1/authorized-origins',
      body: { origin, environment },
    });
  const conflict = { status: 409, problem: { code: 'conflict', field: 'origin' } };
  const invalid = { status: 400, problem: { code: 'invalid_body', field: 'origin' } };
  const answer = await add('https://both.example.com:8443', 'sandbox');
  check(answer, { ...conflict, expected: ['https://both.example.com:8443', 'production'] });
  check(await add('https://test.example.com', 'production'), conflict);
  check(await add('https://*.example.com', 'production'), {
    ...conflict,
    expected: ['https://test.example.com'],
  });
  for (const suffix of ['com', 'co.uk', 'github.io', 'CO.UK:8443']) {
    check(await add(`https://*.${suffix}`, 'production'), invalid);
    check(await add(`https://*.${suffix}`, 'sandbox'), invalid);
  }
});

test('a page of another origin may read when to come again', async () => {
  const answer = await send(server, from({ path }, tokens.production, 'https://app.example.com'));
  const exposed = answer.headers['access-control-expose-headers'].split(', ');
  for (const name of ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy']) {
    assert.ok(exposed.includes(name), `${name} in ${exposed}`);
  }
});

test('an origin that is removed is refused at once', async () => {
  const entry = await server.app.addOrigin('https://short.example.com', 'production');
  await assertOpen(tokens.production, 'https://short.example.com');
  assert.equal((await server.app.remove(`/api/v1/authorized-origins/${entry.id}`)).status, 204);
  await assertRefused(tokens.production, 'https://short.example.com');
});

test('the origins of a token narrow, and never widen', async () => {
  const origins = ['https://app.example.com', 'https://unlisted.example.com'];
  const narrow = await server.mint({ user, origins }, server.keys.production);
  await assertOpen(narrow, 'https://app.example.com');
  await assertRefused(narrow, 'https://both.example.com:8443');
  await assertRefused(narrow, 'https://unlisted.example.com');
  await assertRefused(narrow, undefined);
  const local = await server.mint({ user, origins: ['http://localhost:3000'] });
  await assertOpen(local, 'http://localhost:3000');
  await assertRefused(local, 'http://localhost:3001');
  const unbound = await server.mint({ user, origins: [] }, server.keys.production);
  await assertOpen(unbound, undefined);
});

test('a bad token’s refusal is readable by the page too', async () => {
  const origin = 'https://elsewhere.example';
  check(await send(server, from({ path }, 'x.y.z', origin)), {
    status: 401,
    problem: { code: 'token_malformed' },
    headers: { 'access-control-allow-origin': origin, vary: 'Origin' },
  });
});

for (const [name, request] of [
  ['list', reads[0]],
  ['description', reads[1]],
  ['rows', reads[2]],
]) {
  scenario(server, `another site’s page gets nothing by the session cookie: ${name}`, {
    send: {
      ...request,
      headers: { cookie: server.app.cookie, origin: 'https://app.example.com' },
    },
    status: 403,
    problem: { code: 'cross_site' },
    notExpected: ['Departures', '"values"'],
    headers: { 'access-control-allow-credentials': null },
  });
  scenario(server, `a preflight for the ${name} is answered without a token`, {
    send: {
      method: 'OPTIONS',
      path: request.path,
      headers: {
        origin: 'https://elsewhere.example',
        'access-control-request-method': request.method ?? 'GET',
        'access-control-request-headers': 'authorization,content-type',
      },
    },
    status: 204,
    headers: {
      'access-control-allow-origin': 'https://elsewhere.example',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-allow-credentials': null,
      vary: 'Origin',
    },
  });
}

scenario(server, 'the embed script may be loaded from everywhere, without cookies', {
  send: { path: '/embed/embed.js', headers: { origin: 'https://elsewhere.example' } },
  headers: {
    'access-control-allow-origin': '*',
    'access-control-allow-credentials': null,
    'set-cookie': null,
  },
  echoes: true,
});

logHoldsNoSecret();
