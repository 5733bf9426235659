// Addresses, methods and headers: what does not depend on who asks.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { connect } from 'node:net';
import { bearer, demoServer } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check, scenario } from './support/scenario.mjs';
import { logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());

const { cookie } = server.app;
const dashboard = `/api/v1/dashboards/${server.dashboard}`;
const token = await server.mint({ user: { attributes: { state: 'VT' } } });

for (const [method, path, body] of [
  ['GET', '/api/v1/nothing'],
  ['GET', '/api/v2/dashboards'],
  ['GET', '/api/v1/dashboards/'],
  ['GET', '/api/v1/dashboards/a/b/c'],
  ['GET', '/missing.js'],
  ['GET', '/embed/missing'],
  ['GET', '/assets/missing.js'],
  ['GET', '/.env'],
  ['GET', '/.git/config'],
  ['GET', '/master.key'],
  ['GET', '/data/aracari.db'],
  ['POST', '/api/v1/nothing', {}],
  ['POST', '/nowhere', {}],
  ['DELETE', '/api/v1/nothing'],
]) {
  scenario(server, `${method} ${path}${body ? ' with a body' : ''} does not exist`, {
    send: { method, path, body, headers: { cookie } },
    status: 404,
    problem: { code: 'not_found' },
    echoes: true,
  });
}

for (const [method, path, allowed, body] of [
  ['DELETE', '/api/v1/dashboards', 'GET'],
  ['PUT', '/api/v1/session', 'GET, POST, DELETE', {}],
  ['PATCH', '/api/v1/api-keys', 'GET, POST', {}],
  ['GET', '/embed/generate-token', 'POST'],
  ['GET', '/oauth2/introspect', 'POST'],
  ['GET', '/api/v1/setup', 'POST'],
  ['GET', `${dashboard}/data`, 'POST'],
  ['POST', '/.well-known/jwks.json', 'GET', {}],
  ['POST', dashboard, 'GET', {}],
  ['TRACE', '/api/v1/session', 'GET, POST, DELETE'],
]) {
  scenario(
    server,
    `${method} ${path.replace(server.dashboard, '{id}')} is not a method of this address`,
    {
      send: { method, path, body, headers: { cookie } },
      status: 405,
      problem: { code: 'method_not_allowed' },
      headers: { allow: allowed },
    },
  );
}

for (const path of [
  '/',
  '/healthz',
  '/.well-known/jwks.json',
  '/api/v1/session',
  '/embed/embed.js',
  dashboard,
]) {
  test(`HEAD ${path.replace(server.dashboard, '{id}')} is GET without the body`, async () => {
    const get = await send(server, { path, headers: { cookie } });
    const head = await send(server, { method: 'HEAD', path, headers: { cookie } });
    assert.equal(head.status, get.status);
    assert.equal(head.text, '');
    for (const name of ['content-type', 'content-length', 'cache-control', 'etag']) {
      assert.equal(head.headers[name], get.headers[name], name);
    }
  });
}

for (const path of ['/', '/settings/embed', '/dashboards/anything', '/index.html']) {
  scenario(server, `GET ${path} is the app, which runs no inline script`, {
    send: { path },
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      server: null,
      'x-powered-by': null,
      'set-cookie': null,
      'access-control-allow-origin': null,
    },
    expected: [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ],
    notExpected: [
      'unsafe-inline',
      'unsafe-eval',
      /<script(?![^>]*\bsrc=)/,
      /<style/,
      / on\w+="/,
      ' style="',
    ],
    echoes: true,
  });
}

for (const [path, headers, cached = 'no-store'] of [
  ['/healthz', {}],
  ['/api/v1/session', { cookie }],
  ['/.well-known/jwks.json', {}, 'public, max-age=300'],
  ['/api/v1/nothing', {}],
  [dashboard, bearer(token)],
]) {
  test(`GET ${path.replace(server.dashboard, '{id}')} has the headers of every answer`, async () => {
    const answer = await send(server, { path, headers });
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.equal(answer.headers['cache-control'], cached);
    assert.match(answer.headers['x-request-id'], /^\w{8,}$/);
    for (const name of ['server', 'x-powered-by'])
      assert.equal(answer.headers[name], undefined, name);
  });
}

scenario(server, 'the public keys are Ed25519 and hold nothing private', {
  send: { path: '/.well-known/jwks.json' },
  expected: ['"kty":"OKP"', '"crv":"Ed25519"'],
  notExpected: ['"d":', 'Demo', 'org_', 'sealed'],
});

scenario(server, 'health tells only that it is well', {
  send: { path: '/healthz' },
  json: { status: 'ok' },
});

for (const path of [
  '/assets/../../etc/passwd',
  '/assets/%2e%2e/%2e%2e/etc/passwd',
  '/assets/..%2f..%2fetc%2fpasswd',
  '/embed/..\\..\\etc\\passwd',
  '/embed/%00embed.js',
  '/embed/embed.js%00.html',
  '/%c0%ae%c0%ae/etc/passwd',
]) {
  test(`GET ${path} gives no file`, async () => {
    const answer = await send(server, { path });
    assert.ok([400, 404].includes(answer.status), String(answer.status));
    assert.doesNotMatch(answer.text, /root:|<html/);
    assert.equal(answer.json.code, answer.status === 400 ? 'invalid_body' : 'not_found');
  });
}

/** What comes back for raw bytes. */
function raw(text) {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (bytes) => (answer += bytes));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

const host = 'Host: a\r\n';
for (const [name, text] of [
  ['no HTTP at all', 'hello\r\n\r\n'],
  ['a TLS hello', '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03\r\n\r\n'],
  [
    'a body framed twice',
    `POST /api/v1/session HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  [
    'two lengths',
    `POST /api/v1/session HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`,
  ],
  ['a negative length', `POST /api/v1/session HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`],
  ['two hosts', `GET / HTTP/1.1\r\n${host}${host}\r\n`],
  ['a NUL in a header', `GET / HTTP/1.1\r\n${host}X: a\0b\r\n\r\n`],
  ['20 KiB of headers', `GET / HTTP/1.1\r\n${host}X: ${'a'.repeat(20_000)}\r\n\r\n`],
]) {
  test(`a request of ${name} is refused and the connection closed`, async () => {
    const answer = await raw(text);
    assert.match(answer, /^HTTP\/1\.1 400 /);
    assert.match(answer, /"code":"invalid_body"/);
    assert.equal((await send(server, { path: '/healthz' })).status, 200);
  });
}

test('what another site puts into the path or query is not in an error page', async () => {
  const answer = await send(server, {
    path: '/api/v1/%3Cscript%3Ealert(1)%3C/script%3E?x=%3Cimg%3E',
  });
  check(answer, { status: 404, problem: { code: 'not_found' }, notExpected: ['<script', '<img'] });
});

logHoldsNoSecret();
