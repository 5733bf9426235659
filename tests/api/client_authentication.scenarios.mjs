// How a client of /oauth2 proves who it is: an API key in x-api-key, or as the password of HTTP Basic
// (RFC 6749 section 2.3.1).

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { demoServer } from './support/demo_server.mjs';
import { send } from './support/request.mjs';
import { check } from './support/scenario.mjs';
import { keepSecret, logHoldsNoSecret } from './support/secrets.mjs';

const server = await demoServer();
after(() => server.end());

const key = await server.app.createKey({
  environment: 'sandbox',
  scopes: ['introspect', 'revoke'],
});
const token = await server.mint();
const basic = (user, password) =>
  `Basic ${keepSecret(Buffer.from(`${user}:${password}`).toString('base64'))}`;
const ask = (path, headers) =>
  send(server, {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: `token=${token}`,
  });
const paths = ['/oauth2/introspect', '/oauth2/revoke'];

test('the key is the password of HTTP Basic, whoever the user is', async () => {
  for (const user of ['', key.id, 'anybody']) {
    const answer = await ask('/oauth2/introspect', { authorization: basic(user, key.secret) });
    assert.equal(answer.json.active, true);
    assert.match(answer.headers.ratelimit, /^"key"/);
  }
  const lower = basic('', key.secret).replace('Basic', 'basic');
  assert.equal((await ask('/oauth2/introspect', { authorization: lower })).json.active, true);
});

test('whatever is wrong is refused alike, and the answer names both ways', async () => {
  const wrong = [
    {},
    { authorization: 'Basic' },
    { authorization: 'Basic ' },
    { authorization: 'Basic !!!' },
    { authorization: `Basic ${key.secret}` },
    { authorization: basic(key.secret, '') },
    { authorization: basic('', `${key.secret}x`) },
    { authorization: basic('', `${key.secret.slice(0, -1)}`) },
    { authorization: `Bearer ${key.secret}` },
    { authorization: `Bearer ${token}` },
  ];
  for (const path of paths) {
    for (const headers of wrong) {
      const answer = await ask(path, headers);
      check(answer, { status: 401, notExpected: ['active', key.secret] });
      assert.match(answer.headers['www-authenticate'], /ApiKey realm="aracari".*Basic realm=/);
    }
  }
});

test('a browser is not asked for a password, and sends none for other sites', async () => {
  const browser = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  for (const path of paths) {
    const asked = await ask(path, browser);
    check(asked, { status: 401, headers: { 'www-authenticate': 'ApiKey realm="aracari"' } });
    const sent = { ...browser, authorization: basic('', key.secret) };
    check(await ask(path, sent), {
      status: 403,
      problem: { code: 'cross_site' },
      notExpected: ['active', 'Basic'],
    });
  }
  const own = { 'x-api-key': key.secret, ...browser };
  assert.equal((await ask('/oauth2/introspect', own)).json.active, true, 'no browser adds this');
});

test('both ways at once are refused', async () => {
  for (const path of paths) {
    const headers = { authorization: basic('', key.secret), 'x-api-key': key.secret };
    check(await ask(path, headers), {
      status: 400,
      problem: { code: 'invalid_body', field: 'x-api-key' },
      notExpected: ['active'],
    });
  }
});

test('a key without the scope is told so', async () => {
  const authorization = basic('', server.keys.sandbox);
  check(await ask('/oauth2/revoke', { authorization }), {
    status: 403,
    problem: { code: 'scope_missing', field: 'x-api-key' },
  });
});

test('other routes take no HTTP Basic', async () => {
  const headers = { authorization: basic('', server.keys.sandbox) };
  const body = { user: { distinctId: 'user-1' } };
  const answer = await send(server, {
    method: 'POST',
    path: '/embed/generate-token',
    headers,
    body,
  });
  check(answer, { status: 401, problem: { code: 'api_key_missing', field: 'x-api-key' } });
  assert.doesNotMatch(answer.headers['www-authenticate'], /Basic/, 'no dialog of the browser');
});

test('Basic revokes, too', async () => {
  const answer = await ask('/oauth2/revoke', { authorization: basic('any', key.secret) });
  assert.equal(answer.text, '{}');
  const told = await ask('/oauth2/introspect', { authorization: basic('any', key.secret) });
  assert.equal(told.text, '{"active":false}');
});

logHoldsNoSecret();
