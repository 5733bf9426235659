// The page for an <iframe>: who may frame it, and on whose page a token then works.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { bearer, demoServer } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check, scenario } from './support/scenario.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());

await server.app.addOrigin('https://app.example.com', 'production');
await server.app.addOrigin('https://*.customer.example', 'production');
const { id: testOrigin } = await server.app.addOrigin('https://test.example.com', 'sandbox');

const frame = `/embed/frame/dashboards/${server.dashboard}`;
const data = `/api/v1/dashboards/${server.dashboard}`;
const user = { attributes: { state: 'TX' } };
const tokens = {
  sandbox: await server.mint({ user }),
  production: await server.mint({ user }, server.keys.production),
  bound: await server.mint({ user, origins: ['https://app.example.com'] }, server.keys.production),
};

const policyOf = ({ headers }) =>
  Object.fromEntries(
    headers['content-security-policy'].split('; ').map((directive) => {
      const [name, ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );

/** An answer that loads our own scripts and nothing else, and keeps nothing. */
function assertStrict(answer) {
  check(answer, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'set-cookie': null,
      'x-frame-options': null,
      'access-control-allow-origin': null,
    },
    notExpected: ['unsafe', 'Departures', server.dashboard],
  });
  const { 'frame-ancestors': ancestors, ...policy } = policyOf(answer);
  assert.deepEqual(policy, {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'"],
    'form-action': ["'none'"],
    'base-uri': ["'none'"],
  });
  return ancestors;
}

test('the authorized origins and localhost may frame a dashboard', async () => {
  const ancestors = assertStrict(await send(server, { path: frame }));
  assert.deepEqual(
    new Set(ancestors),
    new Set([
      'http://localhost:*',
      'https://app.example.com',
      'https://*.customer.example',
      'https://test.example.com',
    ]),
  );
});

test('a change of the origins applies at once', async () => {
  await server.app.remove(`/api/v1/authorized-origins/${testOrigin}`);
  const ancestors = assertStrict(await send(server, { path: frame }));
  assert.ok(!ancestors.includes('https://test.example.com'), ancestors.join(' '));
  await server.app.addOrigin('https://test.example.com', 'sandbox');
  const again = assertStrict(await send(server, { path: frame }));
  assert.ok(again.includes('https://test.example.com'), again.join(' '));
});

test('a dashboard that does not exist is the same page, which nobody may frame', async () => {
  const real = await send(server, { path: frame });
  for (const id of [
    'nothing',
    `${server.dashboard}0`,
    '%22%3E%3Cscript%3E',
    '%0d%0ax-evil:1',
    '..%2f',
  ]) {
    const answer = await send(server, { path: `/embed/frame/dashboards/${id}` });
    if (answer.status === 400 || answer.status === 404) continue;
    assert.deepEqual(assertStrict(answer), ["'none'"], id);
    assert.equal(answer.text, real.text, 'nothing of the address is in the page');
    assert.equal(answer.headers['x-evil'], undefined);
  }
});

test('its scripts are there', async () => {
  const { text } = await send(server, { path: frame });
  const scripts = [...text.matchAll(/src="([^"]+)"/g)].map(([, path]) => path);
  assert.deepEqual(scripts, ['/embed/embed.js', '/embed/frame.js']);
  for (const path of scripts) check(await send(server, { path }), { echoes: true });
});

test('a token in the address is not looked at', async () => {
  const plain = await send(server, { path: frame });
  const answer = await send(server, { path: `${frame}?token=${tokens.sandbox}` });
  assert.equal(answer.text, plain.text);
});

const reads = [
  { path: '/api/v1/dashboards' },
  { path: data },
  { method: 'POST', path: `${data}/data`, body: {} },
];

/** As the frame asks: GET without an Origin, POST with our own. */
const framed = (request, token, by) => ({
  ...request,
  headers: {
    ...bearer(token),
    'aracari-framed-by': by,
    ...(request.method === 'POST' ? { origin: server.url } : {}),
  },
});

for (const [by, allowed] of [
  ['https://app.example.com', ['production', 'bound']],
  ['https://eu.customer.example', ['production']],
  ['https://a.b.customer.example', []],
  ['https://customer.example', []],
  ['https://test.example.com', ['sandbox']],
  ['http://localhost:5173', ['sandbox']],
  ['http://app.example.com', []],
  ['https://app.example.com:8443', []],
  ['https://app.example.com.evil.example', []],
  ['https://evil-example.com', []],
  ['null', []],
  ['', []],
]) {
  test(`framed by “${by}” works with: ${allowed.join(', ') || 'no token'}`, async () => {
    for (const [name, token] of Object.entries(tokens)) {
      for (const request of reads) {
        const answer = await send(server, framed(request, token, by));
        if (allowed.includes(name)) check(answer, {});
        else
          check(answer, {
            status: 403,
            problem: { code: 'origin_not_authorized' },
            notExpected: ['Departures'],
          });
      }
    }
  });
}

test('who frames is asked for as well as, never instead of, the sender', async () => {
  for (const request of reads) {
    const wanted = framed(request, tokens.production, 'https://app.example.com');
    wanted.headers.origin = 'https://evil.example';
    check(await send(server, wanted), {
      status: 403,
      problem: { code: 'origin_not_authorized' },
      notExpected: ['Departures'],
    });
  }
});

scenario(server, 'pages of other origins may not say who frames', {
  send: {
    method: 'OPTIONS',
    path: data,
    headers: {
      origin: 'https://app.example.com',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization, aracari-framed-by',
    },
  },
  status: 204,
  headers: { 'access-control-allow-headers': 'authorization, content-type' },
});

scenario(server, 'the frame takes no other method', {
  send: { method: 'POST', path: frame, body: {} },
  status: 405,
  problem: { code: 'method_not_allowed' },
});

logHoldsNoSecret();
